#!/usr/bin/env bash
# Builds the Windows packages of the program as it is shipped, in target/packages:
#   hyoukasho-VERSION-windows-x64.zip    to be unpacked anywhere; keeps everything beside itself (`portable`)
#   hyoukasho-VERSION-windows-x64.exe    installs for one user, without the rights of an administrator; /S asks nothing
# Debian's compiler and its sources of the standard library are of one version, which makes a Windows program possible
# without any other toolchain. Its results stand apart, in target/windows.
#   PROFILE=release builds sooner and larger, PROGRAM=file.exe packs that program instead of building one: to try them
set -euo pipefail
[ -z "${TRACE:-}" ] || set -x
cd "$(dirname "$0")/.."
target=$(realpath -m "${CARGO_TARGET_DIR:-target}")
triple=x86_64-pc-windows-gnu
profile=${PROFILE:-dist}

if ! { [ -e /usr/lib/rustlib/src/rust/library/std/Cargo.toml ] && [ -x /usr/bin/cargo ] && [ -x /usr/bin/rustc ] &&
    type x86_64-w64-mingw32-gcc x86_64-w64-mingw32-nm x86_64-w64-mingw32-windres makensis >/dev/null 2>&1; }; then
    apt-get update -q
    DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends \
        rustc-web cargo-web rust-web-src gcc-mingw-w64-x86-64-win32 binutils-mingw-w64-x86-64 nsis
fi

build() (
    unset RUSTUP_TOOLCHAIN
    # Debian's before any other.
    export PATH=/usr/bin:/bin RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR=$target/windows
    # One crate (printpdf) is also built as a DLL, which nobody uses: it would export more names than a DLL can. The name of
    # a linker tells the compiler of what kind it is.
    mkdir -p "$target/windows"
    local linker=$target/windows/without-exports-gcc
    printf '#!/bin/sh\nexec x86_64-w64-mingw32-gcc "$@" -Wl,--exclude-all-symbols\n' >"$linker"
    chmod +x "$linker"
    export CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER=$linker
    cargo build --profile "$profile" --locked --features second-renderer --bin hyoukasho \
        -Z build-std=std,panic_abort --target "$triple"
)
[ -n "${PROGRAM:-}" ] || build
program=${PROGRAM:-$target/windows/$triple/$profile/hyoukasho.exe}

version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
name=hyoukasho-$version-windows-x64
# Packed things bear the day of the commit: the same commit gives the same package.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}
export SOURCE_DATE_EPOCH
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
folder=$work/$name
mkdir "$folder"

# One program, twice: the window opens without a console, and a command waits and answers in the console that it was
# started in. Windows decides that by one number in the file; `hyoukasho` at a prompt finds the .com first.
# It was stripped when it was linked (`strip` in Cargo.toml); one that was not is no program of ours to ship.
if [ "$profile" = dist ] && [ -z "${PROGRAM:-}" ]; then
    [ -z "$(x86_64-w64-mingw32-nm "$program" 2>/dev/null)" ] || { echo "$program has symbols" >&2; exit 1; }
fi
cp "$program" "$folder/hyoukasho.com"
python3 - "$folder/hyoukasho.com" "$folder/hyoukasho.exe" <<'PY'
import struct, sys
program = bytearray(open(sys.argv[1], "rb").read())
head = struct.unpack_from("<I", program, 0x3C)[0]
assert program[head : head + 4] == b"PE\0\0"
subsystem = head + 24 + 68
assert struct.unpack_from("<H", program, subsystem)[0] == 3, "not a console program"
struct.pack_into("<H", program, subsystem, 2)
open(sys.argv[2], "wb").write(program)
PY

# Windows' own editor wants its line ends, and a mark that the text is UTF-8.
for text in LICENSE-MIT LICENSE-APACHE; do
    sed 's/$/\r/' "$text" >"$folder/$text.txt"
done
{ printf '\xef\xbb\xbf' && sed 's/$/\r/' assets/notices.txt; } >"$folder/ライセンス.txt"
{ printf '\xef\xbb\xbf' && sed 's/$/\r/' packaging/read-me.txt; } >"$folder/はじめにお読みください.txt"
mkdir -p "$target/packages"

# What is packed, by name: nothing that only a trial needs.
packed=$(cd "$folder" && printf '%s\n' *)
meant=$(printf '%s\n' LICENSE-APACHE.txt LICENSE-MIT.txt hyoukasho.com hyoukasho.exe はじめにお読みください.txt ライセンス.txt)
[ "$(sort <<<"$packed")" = "$(sort <<<"$meant")" ] || { printf 'not what is to be packed:\n%s\n' "$packed" >&2; exit 1; }

# The installer: what it puts down, the uninstaller takes away again, by name.
for file in "$folder"/*; do
    printf 'Delete "$INSTDIR\\%s"\n' "$(basename "$file")"
done >"$work/list.nsh"
makensis -V2 -INPUTCHARSET UTF8 -DVERSION="$version" -DFOLDER="$folder" -DLIST="$work/list.nsh" \
    -DICON="$PWD/assets/icon/hyoukasho.ico" -DOUT="$target/packages/$name.exe" packaging/windows/installer.nsi

: >"$folder/portable"
rm -f "$target/packages/$name.zip"
find "$work/$name" -exec touch -d "@$SOURCE_DATE_EPOCH" {} +
(cd "$work" && TZ=UTC PYTHONUTF8=1 python3 -m zipfile -c "$target/packages/$name.zip" "$name")
(cd "$target/packages" && sha256sum "$name.zip" "$name.exe")
