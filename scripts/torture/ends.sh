#!/usr/bin/env bash
# Ends that nobody announces, in the middle of typing: signals, and a display that is gone. The last key is in the file.
#   scripts/torture/ends.sh [RESULT]              HYOUKASHO=path uses that program (see desk.sh)
cd "$(dirname "$0")/../.."
result=$(realpath -m "${1:-target/torture/ends.json}")
# shellcheck source=scripts/torture/result.sh
source scripts/torture/result.sh
# shellcheck source=scripts/desk.sh
source scripts/desk.sh "$result"

document=$DESK/documents/終わり.ron
saved() {
    rm -f "$DESK/out.json"
    "$program" export "$document" "$DESK/out.json" >/dev/null 2>&1 || return 1
    /usr/bin/python3 -c 'import json, sys
print(json.load(open(sys.argv[1], encoding="utf-8"))["answers"].get("cover.name") or "")' "$DESK/out.json" | grep -qxF "$1"
}
ended() { ! kill -0 "$app" 2>/dev/null; }
# begin TEXT: types it into a cell of a new window.
begin() {
    open_window "$document"
    export WINDOW_PID=$app
    wait_for 60 "the window does not name its cells" fields place 評価書名
    if fields says 開いています; then stop "the document is taken to be open elsewhere"; fi
    click 評価書名
    key ctrl+a
    press "$1"
    # The last key is with the program, and not yet saved: that takes half a second of rest.
    sleep 0.25
}
# end_of WHAT TEXT: the program has ended, and the document has everything.
end_of() {
    wait_for 20 "the program does not end: $1" ended
    wait "$app" 2>/dev/null || true
    saved "$2" || stop "$1: the document says $(cat "$DESK/out.json")"
    ! compgen -G "$DESK/documents/.~*" >/dev/null || stop "$1: the document is still marked as open"
}

start_display
start_bus
# The display of this desk is known before anything is typed: looking for it takes a while.
display=$(grep -lsx Xvfb /proc/[0-9]*/comm | while IFS=/ read -r _ _ number _; do
    { tr '\0' '\n' <"/proc/$number/environ" | grep -qx "HOME=$DESK"; } 2>/dev/null && echo "$number"
done || true)
[ -n "$display" ] || stop "the display of this desk is not found"
"$program" new --form youshiki3 "$document" >/dev/null
signals=(TERM HUP INT QUIT USR1 ALRM XCPU)
for signal in "${signals[@]}"; do
    begin "typed before $signal"
    kill -s "$signal" "$app"
    end_of "$signal" "typed before $signal"
done
say "a display that is gone"
begin "typed before the display was gone"
# shellcheck disable=SC2086
kill -9 $display
end_of "display" "typed before the display was gone"
say "  ${#signals[@]} signals and a display that was gone: nothing lost"
printf '{"signals": %s, "displays": 1, "lost": 0}\n' "${#signals[@]}" >"$result"
