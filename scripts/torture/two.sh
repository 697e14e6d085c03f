#!/usr/bin/env bash
# Two on one document: a second window is told who has it, the command line as well, and what somebody wrote into the
# file behind the window's back is never overwritten.
#   scripts/torture/two.sh [RESULT]              HYOUKASHO=path uses that program (see desk.sh)
cd "$(dirname "$0")/../.."
result=$(realpath -m "${1:-target/torture/two.json}")
# shellcheck source=scripts/torture/result.sh
source scripts/torture/result.sh
# shellcheck source=scripts/desk.sh
source scripts/desk.sh "$result"

document=$DESK/documents/共有.ron
saved() {
    rm -f "$DESK/out.json"
    "$program" export "${2:-$document}" "$DESK/out.json" >/dev/null 2>&1 || return 1
    /usr/bin/python3 -c 'import json, sys
print(json.load(open(sys.argv[1], encoding="utf-8"))["answers"].get("cover.name") or "")' "$DESK/out.json" | grep -qxF "$1"
}

start_display
start_bus
"$program" new --form youshiki3 "$document" >/dev/null
open_window "$document"
first=$app
export WINDOW_PID=$first
wait_for 30 "the window does not name its cells" fields place 評価書名
click 評価書名
press "first"
wait_for 10 "the first window does not save" saved first

say "a second window"
sum=$(cksum <"$document")
open_window "$document"
second=$app
WINDOW_PID=$second wait_for 40 "the second window does not say who has the document" fields says "開いています"
WINDOW_PID=$second shot two-windows
[ "$(cksum <"$document")" = "$sum" ] && saved first || stop "the second window changed the document"
kill "$second"
wait "$second" 2>/dev/null || true
[ "$(cksum <"$document")" = "$sum" ] || stop "the second window wrote the document at its end"

say "the command line"
cp "$document" "$DESK/documents/other.ron"
"$program" export "$document" "$DESK/other.json" >/dev/null 2>&1 || stop "reading is refused"
for command in "new --form youshiki3 $document" "import $DESK/other.json $document"; do
    code=0
    # shellcheck disable=SC2086
    "$program" $command >"$DESK/out" 2>&1 || code=$?
    [ $code = 2 ] || stop "exit code $code of: $command: $(cat "$DESK/out")"
    grep -q "開いています" "$DESK/out" || stop "the command line does not say who has it: $(cat "$DESK/out")"
    [ "$(cksum <"$document")" = "$sum" ] || stop "the command line wrote over a document in use"
done

say "somebody writes behind the window's back"
"$program" new --form youshiki2 "$DESK/documents/theirs.ron" >/dev/null
cp "$DESK/documents/theirs.ron" "$document"
xdotool windowactivate --sync "$window" 2>/dev/null || true
export WINDOW_PID=$first
click 評価書名
press " and more"
mine() { compgen -G "$DESK/documents/共有（私の変更 *）.ron" >/dev/null; }
wait_for 15 "nothing was written beside the document of somebody else" mine
wait_for 10 "what was typed is not beside it" saved "first and more" "$DESK/documents/"共有（私の変更*.ron
cmp -s "$document" "$DESK/documents/theirs.ron" || stop "the document of somebody else was overwritten"
wait_for 20 "the window does not say so" fields says "何も上書きせず"
shot two-changed
app=$first
close_window
say "  the owner was shown by window and command line, nothing was overwritten"
printf '{"second_window": 1, "command_line": 2, "behind_the_back": 1, "overwritten": 0}\n' >"$result"
