#!/usr/bin/env bash
# Places that are not like the developer's: a program on a stick (portable), long Japanese paths, folders and media that
# take nothing, a disk that fills up while somebody types. Each is said in Japanese, and nothing that was typed is lost.
# As root it also lays a small disk and a read-only one; otherwise it says that these two are left out.
#   scripts/torture/places.sh [RESULT]              HYOUKASHO=path uses that program (see desk.sh)
cd "$(dirname "$0")/../.."
result=$(realpath -m "${1:-target/torture/places.json}")
# shellcheck source=scripts/torture/result.sh
source scripts/torture/result.sh
prepare() {
    mkdir "$work/full" "$work/readonly"
    mount -t tmpfs -o size=1m,mode=777 tmpfs "$work/full" 2>/dev/null || return 0
    mount -t tmpfs -o size=1m,mode=777 tmpfs "$work/readonly"
    cp samples/aomine-kaigo-draft.ron "$work/readonly/評価書.ron"
    mount -o remount,ro "$work/readonly"
}
tidy_up() {
    umount "$work/full" "$work/readonly" 2>/dev/null || true
}
# shellcheck source=scripts/desk.sh
source scripts/desk.sh "$result"

CELL=評価書名
# saved TEXT FILE: the file says so.
saved() {
    rm -f "$DESK/out.json"
    "$program" export "$2" "$DESK/out.json" >/dev/null 2>&1 || return 1
    /usr/bin/python3 -c 'import json, sys
print(json.load(open(sys.argv[1], encoding="utf-8"))["answers"].get("cover.name") or "")' "$DESK/out.json" | grep -qxF "$1"
}
# type_into FILE TEXT: opens a window on it and replaces the text of the cell.
type_into() {
    open_window "$1"
    wait_for 40 "the window does not name its cells" fields place $CELL
    click $CELL
    key ctrl+a
    press "$2"
}
# refused WORDS COMMAND...: the command fails, says so, and says where.
refused() {
    local words=$1 code=0
    shift
    "$@" >"$DESK/out" 2>&1 || code=$?
    [ $code = 2 ] || stop "exit code $code of ${*:2:2}: $(cat "$DESK/out")"
    grep -qF "$words" "$DESK/out" || stop "instead of 「$words」: $(cat "$DESK/out")"
}
copy_says() {
    local copy
    while read -r copy; do saved "$1" "$copy" && return; done < <(find "$DESK/.local/share" -name '今の内容.ron')
    return 1
}
sample=$DESK/samples/aomine-kaigo-draft.ron
start_display
start_bus
n_places=0

say "beside the program (portable)"
stick=$DESK/"USB メモリー"
mkdir -p "$stick/documents"
cp "$program" "$stick/hyoukasho"
: >"$stick/portable"
cp "$sample" "$stick/documents/a.ron"
usual=$program
program=$stick/hyoukasho
type_into "$stick/documents/a.ron" "on the stick"
wait_for 10 "not saved" saved "on the stick" "$stick/documents/a.ron"
key ctrl+t
wait_for 20 "定型文 do not stand beside the program" fields says "$stick/data/定型文.ron"
# shellcheck disable=SC2046
xdotool mousemove --sync $(fields place 今の欄の記載を加える…) click 1
wait_for 20 "no 定型文 can be written" fields place 決定
press "phrase"
shot portable
# shellcheck disable=SC2046
xdotool mousemove --sync $(fields place 題名) click 1
press "phrase"
# shellcheck disable=SC2046
xdotool mousemove --sync $(fields place 決定) click 1
has_phrase() { grep -q phrase "$stick/data/定型文.ron"; }
wait_for 10 "the 定型文 are not written beside the program" has_phrase
close_window
[ -s "$stick/data/settings.txt" ] || stop "no settings beside the program"
find "$stick/data" -name '今の内容.ron' | grep -q . || stop "no copies beside the program"
left=$(find "$DESK/.config" "$DESK/.local" -iname '*hyoukasho*')
[ -z "$left" ] || stop "a portable program leaves in the user's folders: $left"
program=$usual
n_places=$((n_places + 1))

say "long paths in Japanese, with spaces"
folder=$DESK/documents
while [ ${#folder} -lt 280 ]; do folder="$folder/特定個人情報　保護評価 (令和8年度) 住民税"; done
mkdir -p "$folder"
document="$folder/評価書　$(printf '長%.0s' $(seq 70)).ron"
cp "$sample" "$document"
type_into "$document" "in a long path"
wait_for 10 "not saved in a path of ${#document} characters" saved "in a long path" "$document"
close_window
"$program" export "$document" "$folder/印刷 用.pdf" >/dev/null 2>&1 || stop "no PDF in a long path"
say "  ${#document} characters, $(printf %s "$document" | wc -c) bytes"
refused "ファイル名が長すぎる" "$program" new --form youshiki3 "$folder/$(printf '長%.0s' $(seq 90)).ron"
n_places=$((n_places + 2))

say "a folder that takes nothing"
mkdir "$DESK/documents/closed"
cp "$sample" "$DESK/documents/closed/評価書.ron"
chmod 444 "$DESK/documents/closed/評価書.ron"
chmod 555 "$DESK/documents/closed"
type_into "$DESK/documents/closed/評価書.ron" "into a closed folder"
wait_for 15 "the window does not say that it may not write" fields says "権限がない"
shot closed
wait_for 10 "the copy does not have what was typed" copy_says "into a closed folder"
press " and on"
wait_for 10 "the window does not take the keys" ends_so $CELL "and on"
sleep 2
kill -9 "$app"
wait "$app" 2>/dev/null || true
copy_says "into a closed folder and on" || stop "two seconds after typing the copy does not have it"
cmp -s "$sample" "$DESK/documents/closed/評価書.ron" || stop "a file that may not be written was written"
refused "権限がない" "$program" export "$sample" "$DESK/documents/closed/a.pdf"
chmod 755 "$DESK/documents/closed"
n_places=$((n_places + 2))

if ! mountpoint -q "$DESK/full"; then
    say "left out: a full disk and a read-only one need root and mount"
    printf '{"places": %s, "disks": 0}\n' "$n_places" >"$result"
    exit
fi

say "a disk that is read-only"
type_into "$DESK/readonly/評価書.ron" "onto a read-only disk"
wait_for 15 "the window does not say that the disk takes nothing" fields says "書き込めないディスク"
wait_for 10 "the copy does not have what was typed" copy_says "onto a read-only disk"
shot readonly
close_window
refused "書き込めないディスク" "$program" export "$sample" "$DESK/readonly/a.pdf"

say "a disk that fills up"
document=$DESK/full/評価書.ron
cp "$sample" "$document"
type_into "$document" "while there is room"
wait_for 10 "not saved" saved "while there is room" "$document"
head -c 2M /dev/zero >"$DESK/full/ballast" 2>/dev/null || true
press " and when there is none"
wait_for 15 "the window does not say that the disk is full" fields says "空きがありません"
shot full
wait_for 10 "the copy does not have what was typed" copy_says "while there is room and when there is none"
saved "while there is room" "$document" || stop "the old file is not as it was"
refused "空きがありません" "$program" export "$sample" "$DESK/full/a.pdf"
[ ! -e "$DESK/full/a.pdf" ] || stop "half a PDF stays"
rm "$DESK/full/ballast"
wait_for 20 "not saved once there is room again" saved "while there is room and when there is none" "$document"
close_window
printf '{"places": %s, "disks": 2}\n' "$n_places" >"$result"
say "  $n_places places and two disks"
