#!/usr/bin/env bash
# Draws assets/icon/hyoukasho.svg in the sizes of window, packages and Windows. The results are kept with the sources,
# so that nothing but this needs the tools.
set -euo pipefail
[ -z "${TRACE:-}" ] || set -x
cd "$(dirname "$0")/../assets/icon"
command -v rsvg-convert icotool >/dev/null ||
    apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends librsvg2-bin icoutils >/dev/null
for side in 16 24 32 48 64 128 256; do
    rsvg-convert --width $side --height $side hyoukasho.svg --output $side.png
done
icotool --create --output hyoukasho.ico {16,24,32,48}.png --raw 256.png
