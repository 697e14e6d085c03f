#!/usr/bin/env bash
# Builds the Windows package of the program as it is shipped: target/packages/hyoukasho-VERSION-windows-x64.zip
# Debian's compiler and its sources of the standard library are of one version, which makes a Windows program possible
# without any other toolchain. Its results stand apart, in target/windows.
set -euo pipefail
[ -z "${TRACE:-}" ] || set -x
cd "$(dirname "$0")/.."
target=$(realpath -m "${CARGO_TARGET_DIR:-target}")
triple=x86_64-pc-windows-gnu

if ! { [ -e /usr/lib/rustlib/src/rust/library/std/Cargo.toml ] && [ -x /usr/bin/cargo ] && [ -x /usr/bin/rustc ] &&
    command -v x86_64-w64-mingw32-gcc x86_64-w64-mingw32-strip >/dev/null; }; then
    apt-get update -q
    DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends \
        rustc-web cargo-web rust-web-src gcc-mingw-w64-x86-64-win32 binutils-mingw-w64-x86-64
fi

(
    unset RUSTUP_TOOLCHAIN
    # Debian's before any other.
    export PATH=/usr/bin:/bin RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR=$target/windows
    export CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER=x86_64-w64-mingw32-gcc
    cargo build --profile dist --locked --features second-renderer --bin hyoukasho \
        -Z build-std=std,panic_abort --target "$triple"
)

version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
name=hyoukasho-$version-windows-x64
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
folder=$work/$name
mkdir "$folder"
x86_64-w64-mingw32-strip "$target/windows/$triple/dist/hyoukasho.exe" -o "$folder/hyoukasho.exe"
# Windows' own editor wants its line ends, and a mark that the text is UTF-8.
for text in LICENSE-MIT LICENSE-APACHE fonts/OFL-BIZUDGothic.txt fonts/OFL-NotoSansJP.txt; do
    sed 's/$/\r/' "$text" >"$folder/$(basename "$text" .txt).txt"
done
{ printf '\xef\xbb\xbf' && sed 's/$/\r/' packaging/read-me.txt; } >"$folder/はじめにお読みください.txt"

mkdir -p "$target/packages"
rm -f "$target/packages/$name.zip"
(cd "$work" && PYTHONUTF8=1 python3 -m zipfile -c "$target/packages/$name.zip" "$name")
ls -l "$target/packages/$name.zip"
