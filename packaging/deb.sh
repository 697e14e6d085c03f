#!/usr/bin/env bash
# Builds the Debian package of the program as it is shipped: target/packages/hyoukasho_VERSION_amd64.deb
#   PROGRAM=file packs that program instead of building one: to try the package
set -euo pipefail
[ -z "${TRACE:-}" ] || set -x
cd "$(dirname "$0")/.."
target=$(realpath -m "${CARGO_TARGET_DIR:-target}")
tools=$target/tools
pages=target/pages # Where Cargo.toml looks.

# `command -v` with several names is content with one of them.
type dpkg-shlibdeps lintian man >/dev/null 2>&1 ||
    apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends dpkg-dev lintian man-db >/dev/null
export PATH=$tools/bin:$PATH
command -v cargo-deb >/dev/null || cargo install --quiet --locked --root "$tools" cargo-deb --version 3.8.0

program=${PROGRAM:-}
if [ -z "$program" ]; then
    cargo build --profile dist --locked --features second-renderer
    program=$target/dist/hyoukasho
fi

# What goes in beside the program. All of it depends on the sources alone: the same commit gives the same package.
rm -rf "$pages"
mkdir -p "$pages" "$target/packages"
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}
export SOURCE_DATE_EPOCH
install -m 755 "$program" "$pages/hyoukasho"
# A program that was built for this is stripped already (`strip` in Cargo.toml); one made for trials may not be.
[ -z "${PROGRAM:-}" ] || strip "$pages/hyoukasho"
"$pages/hyoukasho" shell-pages "$pages" 2>/dev/null
cp assets/notices.txt "$pages/notices.txt"
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
maintainer=$(sed -n 's/^maintainer = "\(.*\)"/\1/p' Cargo.toml)
cat >"$pages/changelog" <<END
hyoukasho ($version) unstable; urgency=medium

  * What users notice: /usr/share/doc/hyoukasho/NEWS.md.gz

 -- $maintainer  $(date -R -u -d "@$SOURCE_DATE_EPOCH")
END
gzip -9n <CHANGELOG.md >"$pages/NEWS.md.gz"
gzip -9n "$pages/hyoukasho.1" "$pages/changelog"
mkdir "$pages/english"
gzip -9n <packaging/debian/hyoukasho.1 >"$pages/english/hyoukasho.1.gz"

if command -v appstreamcli >/dev/null; then
    appstreamcli validate --no-net packaging/debian/hyoukasho.metainfo.xml
fi
cargo deb --no-build --no-strip --output "$target/packages"
package=$target/packages/hyoukasho_${version}_amd64.deb
# Only what Cargo.toml names is packed, and nothing of it comes from what the tests or the trials need.
shims=$(dpkg-deb --contents "$package" | grep -iE 'random\.c|bcryptprimitives|hold\.|/tests?/|\.snap|fuzz' || true)
[ -z "$shims" ] || { printf 'these are for trials:\n%s\n' "$shims" >&2; exit 1; }
lintian --tag-display-limit 0 --fail-on error,warning "$package"
sha256sum "$package"
