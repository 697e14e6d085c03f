#!/usr/bin/env bash
# The window as an author uses it: Japanese input into real cells, saving by itself, a crash, the PDF by keyboard.
# What was typed is read back from the saved draft and from the PDF, never from pixels.
#   scripts/window.sh         SHOTS=folder keeps screenshots, HYOUKASHO=path uses that program (see desk.sh)
cd "$(dirname "$0")/.."
# shellcheck source=scripts/desk.sh
source scripts/desk.sh

NOTES=特記事項
NUMBER=評価書番号
NAME=評価書名
draft=$DESK/documents/window.ron

# saved ID: what stands in the draft on the disk, with visible line ends.
saved() {
    rm -f "$DESK/out.json"
    "$program" export "$draft" "$DESK/out.json" >/dev/null 2>&1 || return 1
    /usr/bin/python3 -c 'import json, sys
text = json.load(open(sys.argv[1], encoding="utf-8"))["answers"].get(sys.argv[2]) or ""
print(text.replace("\n", "↵"))' "$DESK/out.json" "$1"
}
# expect WHAT ID TEXT: the text is on the disk soon.
expect() {
    local end=$((SECONDS + 8)) found=
    while [ $SECONDS -lt $end ]; do
        found=$(saved "$2" || true)
        [ "$found" != "$3" ] || { say "  $1: 「$3」"; return; }
        sleep 0.2
    done
    shot failed
    stop "$1: 「$found」 instead of 「$3」"
}
# shows NAME TEXT: the cell on the screen ends so, composed text included.
shows() {
    local end=$((SECONDS + 10))
    until ends_so "$1" "$2"; do
        if [ $SECONDS -ge $end ]; then
            shot failed
            stop "「$1」 shows 「$(fields text "$1")」, which does not end in 「$2」"
        fi
        sleep 0.1
    done
}

started=$SECONDS
say "the desk"
start_display
start_bus
start_japanese
"$program" new --form youshiki3 "$draft" >/dev/null 2>&1
open_window "$draft"
wait_for 20 "the window does not name its cells" fields place "$NOTES"
shot 1-opened
fields names >"$DESK/shots/names.txt"

say "Japanese input"
click "$NOTES"
japanese_on
press zeikinn
shows "$NOTES" ぜいきん
shot 2-composing
key space
shows "$NOTES" 税金
key Return
expect "the Enter that commits is no line break" cover.notes 税金
key Return
expect "the next Enter is one" cover.notes 税金↵
press tesuto
shows "$NOTES" てすと
key BackSpace
shows "$NOTES" てす
key Return
expect "backspace edits what is composed" cover.notes 税金↵てす
press atarashii
shows "$NOTES" あたらしい
key Escape
shows "$NOTES" てす
expect "Escape takes back what is composed" cover.notes 税金↵てす
press mikakutei
shows "$NOTES" みかくてい
shot 3-before-click
click "$NUMBER"
expect "a click elsewhere loses nothing" cover.notes 税金↵てすみかくてい
# On a busy machine what is composed first after such a click may be shown late: only the commit counts here.
press ka
key Return
expect "and leaks nothing" cover.number か
expect "the first cell is as it was" cover.notes 税金↵てすみかくてい
click "$NAME"
press juuminzei
shows "$NAME" じゅうみんぜい
key space
shows "$NAME" 住民税
key Return
japanese_off
press " ABC 12"
shot 4-typed
expect "the name" cover.name "住民税 ABC 12"

say "a crash"
click "$NOTES"
key ctrl+End
press " before the crash"
wait_for 10 "the window does not take the keys" ends_so "$NOTES" "before the crash"
# The promise: what is two seconds old is safe.
sleep 2
kill -9 "$app"
wait "$app" 2>/dev/null || true
expect "what was typed two seconds before is on the disk" cover.notes "税金↵てすみかくてい before the crash"
open_window "$draft"
wait_for 20 "the window does not show it after the restart" ends_so "$NOTES" "before the crash"
shot 5-restarted

say "PDF by keyboard"
key ctrl+p
wait_for 10 "Ctrl+P opens nothing" fields place 書き出す
for _ in $(seq 30); do
    is_focused 書き出す && break
    key Tab
    sleep 0.1
done
is_focused 書き出す || stop "Tab does not reach 書き出す"
shot 6-export
key Return
pdf() { compgen -G "$DESK/documents/*.pdf" >/dev/null; }
wait_for 30 "no PDF was written" pdf
pdftotext -raw -enc UTF-8 "$DESK"/documents/*.pdf "$DESK/text"
for text in "before the crash" みかくてい "住民税 ABC 12"; do
    grep -qF "$text" "$DESK/text" || stop "the PDF does not say 「$text」"
done
wait_for 10 "the window does not say that the PDF is written" fields place 閉じる
shot 7-exported
close_window
say "all well after $((SECONDS - started)) s"
