#!/usr/bin/env bash
# Draws assets/icon.svg in the sizes of window, packages and Windows, and assets/icon/document.svg in those that lists of
# files show. The results are kept with the sources,
# so that nothing but this needs the tools.
set -euo pipefail
[ -z "${TRACE:-}" ] || set -x
cd "$(dirname "$0")/../assets/icon"
type rsvg-convert icotool >/dev/null 2>&1 ||
    apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends librsvg2-bin icoutils >/dev/null
for side in 16 24 32 48 64 128 256; do
    rsvg-convert --width $side --height $side ../icon.svg --output $side.png
done
for side in 16 32 48; do
    rsvg-convert --width $side --height $side document.svg --output document-$side.png
done
icotool --create --output hyoukasho.ico {16,24,32,48}.png --raw 256.png
