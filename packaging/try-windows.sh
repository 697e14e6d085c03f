#!/usr/bin/env bash
# Unpacks the Windows package, runs a command of it under Wine, opens its window and takes a picture.
#   packaging/try-windows.sh   SHOTS=folder keeps the picture
set -euo pipefail
[ -z "${TRACE:-}" ] || set -x
cd "$(dirname "$0")/.."
target=$(realpath -m "${CARGO_TARGET_DIR:-target}")
shots=${SHOTS:-$target/packages}
package=$(ls -t "$target"/packages/hyoukasho-*-windows-x64.zip | head -1)
work=$(mktemp -d) display='' window=''
export WINEPREFIX=$work/wine WINEDEBUG=-all WINEDLLOVERRIDES="mscoree,mshtml=" LANG=C.UTF-8

tidy_up() {
    [ -z "$window" ] || kill "$window" 2>/dev/null || true
    wineserver -k 2>/dev/null || true
    [ -z "$display" ] || kill "$display" 2>/dev/null || true
    rm -rf "$work"
}
trap tidy_up EXIT

need=()
for pair in wine:wine x86_64-w64-mingw32-gcc:gcc-mingw-w64-x86-64-win32 Xvfb:xvfb import:imagemagick xdotool:xdotool; do
    command -v "${pair%%:*}" >/dev/null || need+=("${pair##*:}")
done
[ ${#need[@]} = 0 ] || apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "${need[@]}" >/dev/null

python3 -m zipfile -e "$package" "$work"
folder=$(echo "$work"/hyoukasho-*)
# What every Windows since 10 has and Wine 8 has not: where the standard library takes its random numbers from.
cat >"$work/random.c" <<'C'
#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE p, SIZE_T n) {
    while (n) { ULONG k = n > 65536 ? 65536 : (ULONG)n; if (!SystemFunction036(p, k)) return FALSE; p += k; n -= k; }
    return TRUE;
}
C
x86_64-w64-mingw32-gcc -O2 -shared -o "$folder/bcryptprimitives.dll" "$work/random.c" -ladvapi32

exec 3< <(exec Xvfb -displayfd 1 -screen 0 1366x768x24 -nolisten tcp 2>/dev/null)
display=$!
read -r -t 20 number <&3
export DISPLAY=:$number
timeout 180 wine wineboot -i >/dev/null 2>&1 || true
cp samples/aomine-juminzei.ron "$folder/sample.ron"
(cd "$folder" && timeout 120 wine hyoukasho.exe export sample.ron sample.pdf --date 2026-04-01)
head -c 5 "$folder/sample.pdf" | grep -q '%PDF-'
echo "the command writes a PDF of $(stat -c %s "$folder/sample.pdf") bytes: md5 $(md5sum <"$folder/sample.pdf" | cut -c1-32)"

(cd "$folder" && exec wine hyoukasho.exe sample.ron) &
window=$!
for _ in $(seq 60); do
    sleep 0.5
    kill -0 "$window" 2>/dev/null || { echo "the window has closed"; exit 1; }
    [ -z "$(xdotool search --onlyvisible --class hyoukasho 2>/dev/null)" ] || break
done
sleep 8
import -window root "$shots/windows.png"
[ "$(convert "$shots/windows.png" -unique-colors -format %w info:)" -gt 50 ] || { echo "the window is empty: $shots/windows.png"; exit 1; }
echo "the window is open: $shots/windows.png"
