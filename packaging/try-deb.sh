#!/usr/bin/env bash
# Installs the package in an empty Debian, runs a command of it, opens its window and takes a picture, removes it again.
#   packaging/try-deb.sh       SHOTS=folder keeps the picture; needs root, and the packages of Debian
#   HERE=1 packaging/try-deb.sh    installs it on this computer instead, where it must not be yet: sooner, and says less
#                                  of what the package needs
set -euo pipefail
[ -z "${TRACE:-}" ] || set -x
cd "$(dirname "$0")/.."
target=$(realpath -m "${CARGO_TARGET_DIR:-target}")
shots=${SHOTS:-$target/packages}
package=$(ls -t "$target"/packages/hyoukasho_*_amd64.deb | head -1)
root=$(mktemp -d) display='' window=''

tidy_up() {
    for process in $window $display; do kill "$process" 2>/dev/null || true; done
    umount "$root/proc" 2>/dev/null || true
    rm -rf --one-file-system "$root"
}
trap tidy_up EXIT
stop() { echo "FAILED: $*"; exit 1; }

here=${HERE:-}
[ -z "$here" ] || ! dpkg -s hyoukasho >/dev/null 2>&1 || stop "hyoukasho is installed on this computer"

need=()
for pair in debootstrap:debootstrap Xvfb:xvfb import:imagemagick xdotool:xdotool; do
    [ -z "$here" ] || [ "$pair" != debootstrap:debootstrap ] || continue
    command -v "${pair%%:*}" >/dev/null || need+=("${pair##*:}")
done
[ ${#need[@]} = 0 ] || apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "${need[@]}" >/dev/null

# The system it is tried in, and where there the files of the trial lie.
if [ -n "$here" ]; then
    system='' at=$root/tmp
    mkdir "$at"
    inside() { env -i HOME="$root" PATH=/usr/bin:/bin:/usr/sbin:/sbin LANG=C.UTF-8 "$@"; }
else
    system=$root at=/tmp
    debootstrap --variant=minbase bookworm "$root" >"$root.log" 2>&1 || { tail -5 "$root.log"; exit 1; }
    rm -f "$root.log"
    mount -t proc proc "$root/proc"
    inside() { chroot "$root" /usr/bin/env -i HOME=/root PATH=/usr/bin:/bin:/usr/sbin:/sbin LANG=C.UTF-8 "$@"; }
fi
cp "$package" "$root/tmp/"
cp samples/aomine-juminzei.ron "$root/tmp/sample.ron"
cp samples/aomine-jumin.hyouka "$root/tmp/sample.hyouka"
# What is installed before: what a desk has that knows file types, and reads manuals.
inside apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends shared-mime-info desktop-file-utils xdg-utils man-db libglib2.0-bin \
    >"$root/tmp/apt" 2>&1 || { tail -5 "$root/tmp/apt"; exit 1; }
inside apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "$at/$(basename "$package")" >"$root/tmp/apt" 2>&1 ||
    { tail -5 "$root/tmp/apt"; exit 1; }

inside hyoukasho export "$at/sample.ron" "$at/sample.pdf" --date 2026-04-01
head -c 5 "$root/tmp/sample.pdf" | grep -q '%PDF-' || stop "no PDF"
echo "the command writes a PDF of $(stat -c %s "$root/tmp/sample.pdf") bytes"

kind=$(inside gio info -a standard::content-type "$at/sample.hyouka" | sed -n 's/.*content-type: //p')
[ "$kind" = application/x-hyoukasho ] || stop "the type of a .hyouka is $kind"
mv "$root/tmp/sample.hyouka" "$root/tmp/without-an-ending"
kind=$(inside gio info -a standard::content-type "$at/without-an-ending" | sed -n 's/.*content-type: //p')
[ "$kind" = application/x-hyoukasho ] || stop "the type of a document without an ending is $kind"
opens=$(inside xdg-mime query default application/x-hyoukasho)
[ "$opens" = hyoukasho.desktop ] || stop "a .hyouka is opened by $opens"
inside man -L ja_JP.UTF-8 -P cat hyoukasho 2>/dev/null | grep -q export || stop "no manual page"
echo "the file type is known, and opened by the program; there is a manual page"

exec 3< <(exec Xvfb -displayfd 1 -screen 0 1366x768x24 -nolisten tcp 2>/dev/null)
display=$!
read -r -t 20 number <&3
inside DISPLAY=":$number" hyoukasho "$at/sample.ron" 2>"$root/tmp/window" &
window=$!
export DISPLAY=:$number
for _ in $(seq 60); do
    sleep 0.5
    kill -0 "$window" 2>/dev/null || { cat "$root/tmp/window"; exit 1; }
    [ -z "$(xdotool search --onlyvisible --class hyoukasho 2>/dev/null)" ] || break
done
sleep 5
import -window root "$shots/deb.png"
[ "$(convert "$shots/deb.png" -unique-colors -format %w info:)" -gt 50 ] || stop "the window is empty: $shots/deb.png"
echo "the window is open: $shots/deb.png"
kill "$window"
wait "$window" 2>/dev/null || true
window=''

inside apt-get remove -y hyoukasho >"$root/tmp/apt" 2>&1 || { tail -5 "$root/tmp/apt"; exit 1; }
left=$(find "$system/usr" -name '*hyoukasho*')
[ -z "$left" ] || stop "left behind: $left"
echo "it is removed without a trace outside the home"
