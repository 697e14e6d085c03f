#!/usr/bin/env bash
# Builds the Debian package of the program as it is shipped: target/packages/hyoukasho_VERSION_amd64.deb
set -euo pipefail
[ -z "${TRACE:-}" ] || set -x
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-target}
tools=$target/tools

command -v dpkg-shlibdeps >/dev/null ||
    apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends dpkg-dev >/dev/null
[ -x "$tools/bin/cargo-deb" ] || cargo install --quiet --locked --root "$tools" cargo-deb --version 3.8.0
mkdir -p "$target/packages"
PATH="$tools/bin:$PATH" cargo deb --profile dist --no-strip --output "$target/packages" -- --locked --features second-renderer
