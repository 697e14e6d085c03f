#!/usr/bin/env bash
# Tries the Windows packages under Wine: commands, a long path, the installer; the window with Japanese typed and pasted,
# saving, a busy file, two openers, a crash, and the PDF written from it.
#   packaging/try-windows.sh   LINUX=program also compares what both write, byte for byte; SHOTS=folder keeps the pictures
set -euo pipefail
[ -z "${TRACE:-}" ] || set -x
cd "$(dirname "$0")/.."
target=$(realpath -m "${CARGO_TARGET_DIR:-target}")
shots=${SHOTS:-$target/packages}
zip=$(ls -t "$target"/packages/hyoukasho-*-windows-x64.zip | head -1)
installer=${zip%.zip}.exe
samples=$PWD/samples
work=$(mktemp -d) display='' window=''
export WINEPREFIX=$work/wine WINEDEBUG=-all WINEDLLOVERRIDES="mscoree,mshtml=" LANG=C.UTF-8

say() { printf '%s\n' "$*"; }
stop() { say "FAILED: $*"; import -window root "$shots/windows-failed.png" 2>/dev/null || true; exit 1; }

tidy_up() {
    [ -z "$window" ] || kill "$window" 2>/dev/null || true
    wineserver -k 2>/dev/null || true
    [ -z "$display" ] || kill "$display" 2>/dev/null || true
    rm -rf "$work"
}
trap tidy_up EXIT

need=()
for pair in wine:wine x86_64-w64-mingw32-gcc:gcc-mingw-w64-x86-64-win32 Xvfb:xvfb import:imagemagick xdotool:xdotool xclip:xclip; do
    command -v "${pair%%:*}" >/dev/null || need+=("${pair##*:}")
done
[ ${#need[@]} = 0 ] || apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "${need[@]}" >/dev/null

exec 3< <(exec Xvfb -displayfd 1 -screen 0 1366x768x24 -nolisten tcp 2>/dev/null)
display=$!
read -r -t 20 number <&3
export DISPLAY=:$number
timeout 180 wine wineboot -i >/dev/null 2>&1 || true
# Wine's libraries are looked for before those beside a program: the missing one stands among them.
x86_64-w64-mingw32-gcc -O2 -shared -o "$WINEPREFIX/drive_c/windows/system32/bcryptprimitives.dll" \
    packaging/windows/random.c -ladvapi32

x86_64-w64-mingw32-gcc -O2 -municode packaging/windows/hold.c -o "$work/hold.exe"

# written WORDS: whether the document on the disk says so, within half a minute.
written() {
    local _
    for _ in $(seq 30); do
        sleep 1
        (cd "$work" && timeout 60 wine "$program" export "Z:$document" typed.json --force) >/dev/null 2>&1 || continue
        ! grep -q "$1" "$work/typed.json" || return 0
    done
    return 1
}

# opened PROGRAM...: starts the window on a document, and waits until it has painted something.
opened() {
    "$@" >/dev/null 2>&1 &
    window=$!
    local _
    for _ in $(seq 120); do
        sleep 0.5
        [ -z "$(xdotool search --onlyvisible --class hyoukasho 2>/dev/null)" ] || break
    done
    xdotool search --onlyvisible --class hyoukasho >/dev/null 2>&1 || stop "no window"
    sleep 8
}
shot() {
    import -window root "$shots/windows-$1.png"
    [ "$(convert "$shots/windows-$1.png" -unique-colors -format %w info:)" -gt 50 ] || stop "the window is empty: $1"
}
# The window's processes end at once, as when the power fails.
crash() {
    wineserver -k || true
    wait "$window" 2>/dev/null || true
    window=''
    sleep 1
}

say "the zip"
PYTHONUTF8=1 python3 -m zipfile -e "$zip" "$work"
folder=$(echo "$work"/hyoukasho-*)
program=$folder/hyoukasho.com
[ -e "$folder/portable" ] || stop "the zip is not portable"

say "commands"
for sample in aomine-juminzei.ron aomine-kaigo-draft.ron aomine-kenkou.ron aomine-jumin-kiso.ron aomine-jumin.hyouka; do
    cp "$samples/$sample" "$work/"
    for kind in pdf json; do
        out=${sample%.*}.$kind
        (cd "$work" && timeout 300 wine "$program" export "$sample" "windows-$out" --date 2026-04-01 --force) \
            >/dev/null 2>&1 || true
        [ -s "$work/windows-$out" ] || stop "$out was not written"
        if [ -n "${LINUX:-}" ] && [ "$kind" = pdf -o "$sample" != aomine-jumin.hyouka ]; then
            (cd "$work" && "$LINUX" export "$sample" "linux-$out" --date 2026-04-01 --force) >/dev/null 2>&1 || true
            cmp "$work/windows-$out" "$work/linux-$out" || stop "$out differs from what Linux writes"
            say "  $out: the same bytes as on Linux"
        fi
    done
done
code=0
(cd "$work" && wine "$program" check aomine-kaigo-draft.ron >check.txt 2>/dev/null) || code=$?
[ $code = 1 ] || stop "the check of an unfinished draft ends with $code"
say "  check ends with $code, $(wc -l <"$work/check.txt") lines"

say "a path of more than 260 characters"
deep=$work
for _ in 1 2 3 4 5 6; do deep=$deep/特定個人情報保護評価書の置き場所として使う長い名前のフォルダー（令和八年度の見直し・市民税課）; done
mkdir -p "$deep"
[ ${#deep} -gt 260 ] || stop "the path has ${#deep} characters"
(cd "$work" && timeout 300 wine "$program" export aomine-kenkou.ron "Z:$deep/評価書.pdf" --date 2026-04-01) >/dev/null 2>&1 || true
cmp "$deep/評価書.pdf" "$work/windows-aomine-kenkou.pdf" || stop "the PDF at the end of a long path"
say "  ${#deep} characters"

say "the installer"
code=0
timeout 300 wine "$installer" /S || code=$?
[ $code = 0 ] || stop "the installer ends with $code"
home=$(echo "$WINEPREFIX"/drive_c/users/*/AppData/Local/Programs/hyoukasho)
[ -s "$home/hyoukasho.exe" ] && [ -s "$home/hyoukasho.com" ] && [ ! -e "$home/portable" ] || stop "nothing was installed"
registered() { wine reg query "$1" >/dev/null 2>&1; }
registered 'HKCU\Software\Classes\.hyouka' || stop "the file type is not registered"
registered 'HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\hyoukasho' || stop "it is not in the list of programs"

# Wine 8 looks for file types of the whole computer only: what Windows would start is read from the registry.
opens=$(wine reg query 'HKCU\Software\Classes\Hyoukasho.Document\shell\open\command' /ve 2>/dev/null | tr -d '\r' | sed -n 's/.*REG_SZ *//p')
[[ "$opens" = *'\Programs\hyoukasho\hyoukasho.exe" "%1"' ]] || stop "a double click would start: $opens"

say "typing, Japanese, a busy file, two openers, the PDF, a crash"
document=$WINEPREFIX/drive_c/users/評価書.hyouka
cp "$samples/aomine-jumin.hyouka" "$document"
opened wine "$home/hyoukasho.exe" "Z:$document"
shot 1-opened
xdotool mousemove 650 213 click 1 # 評価書番号
sleep 1
xdotool key End
xdotool type --delay 60 "wine 4711"
sleep 4
shot 2-typed
written "wine 4711" || stop "what was typed is not in the document"
say "  what was typed is saved by itself"
xdotool type --delay 60 "青嶺市"
sleep 2
printf '髙﨑の評価' | xclip -selection clipboard
xdotool key ctrl+v
shot 3-japanese
written "wine 4711青嶺市髙﨑の評価" || stop "Japanese, typed and pasted, is not in the document"
say "  Japanese is typed and pasted"
wine "$work/hold.exe" "Z:$document" 20 &
held=$!
sleep 3
xdotool type --delay 60 "busy"
sleep 5
shot 4-busy
wait "$held" || stop "the document could not be kept open"
written "髙﨑の評価busy" || stop "what was typed while the file was busy is not in the document"
say "  a busy file is written once it is free"
code=0
(cd "$work" && timeout 60 wine "$program" import "$samples/aomine-jumin-kiso.json" "Z:$document" --force) >/dev/null 2>&1 || code=$?
[ $code = 2 ] || stop "a second opener may write: $code"
written "髙﨑の評価busy" || stop "a second opener wrote"
say "  a second opener is refused"
xdotool key ctrl+p
sleep 4
shot 5-pdf
xdotool key Return
for _ in $(seq 60); do
    sleep 1
    pdf=$(find "$WINEPREFIX/drive_c/users" -maxdepth 1 -name '*.pdf' | head -1)
    [ -z "$pdf" ] || break
done
head -c 5 "$pdf" 2>/dev/null | grep -q '%PDF-' || stop "no PDF from the window"
say "  the window writes a PDF: $(basename "$pdf")"
crash
opened wine "$home/hyoukasho.exe" "Z:$document"
shot 6-again
say "  it opens again"

say "removal"
timeout 120 wine "$home/Uninstall-hyoukasho.exe" /S || true
[ -e "$home/hyoukasho.exe" ] || stop "the program was removed while it was running"
crash
timeout 120 wine "$home/Uninstall-hyoukasho.exe" /S || true
for _ in $(seq 30); do [ -e "$home/hyoukasho.exe" ] || break; sleep 1; done
[ ! -e "$home" ] || stop "left behind: $(ls "$home")"
registered 'HKCU\Software\Classes\Hyoukasho.Document' && stop "the file type stays registered"
[ -s "$document" ] || stop "the document is gone"
find "$WINEPREFIX/drive_c/users" -path '*hyoukasho*' -type f | grep -q . || stop "the backups are gone"
say "  the program is gone, the document and its backups stay"
