#!/usr/bin/env bash
# A scanner that opens every new file at once and holds it: what is typed in the real window is on the disk in time.
# On Linux an open file may be renamed and replaced, so this shows that nothing else goes wrong (no temporary file is
# taken for a document, none is left, no message); what Windows answers then (errors 5 and 32) is in tests/program/files/save.rs.
#   scripts/torture/scanner.sh TEXTS [RESULT]              HYOUKASHO=path uses that program (see desk.sh)
cd "$(dirname "$0")/../.."
texts=${1:-8} result=$(realpath -m "${2:-target/torture/scanner.json}")
# shellcheck source=scripts/torture/result.sh
source scripts/torture/result.sh
# shellcheck source=scripts/desk.sh
source scripts/desk.sh "$texts" "$result"

document=$DESK/documents/検査.ron
saved() {
    rm -f "$DESK/out.json"
    "$program" export "$document" "$DESK/out.json" >/dev/null 2>&1 || return 1
    /usr/bin/python3 -c 'import json, sys
print(json.load(open(sys.argv[1], encoding="utf-8"))["answers"].get("cover.name") or "")' "$DESK/out.json" | grep -qxF "$1"
}
start_display
start_bus
cp samples/aomine-juminzei.ron "$document"
mkdir -p "$DESK/.local/share/hyoukasho" "$DESK/.config/hyoukasho"
/usr/bin/python3 scripts/torture/scanner.py "$DESK/documents" "$DESK/held-1" &
scanners=$!
/usr/bin/python3 scripts/torture/scanner.py "$DESK/.local/share" "$DESK/held-2" &
scanners="$scanners $!"
open_window "$document"
wait_for 40 "the window does not name its cells" fields place 評価書名
click 評価書名
for number in $(seq "$texts"); do
    key ctrl+a
    press "text $number under the eyes of a scanner"
    wait_for 10 "text $number is not on the disk" saved "text $number under the eyes of a scanner"
done
if fields says できませんでした; then shot failed; stop "the window complains"; fi
close_window
# shellcheck disable=SC2086
kill $scanners
held=$(($(cat "$DESK/held-1") + $(cat "$DESK/held-2")))
[ "$held" -ge "$texts" ] || stop "the scanner saw only $held files"
left=$(find "$DESK/documents" "$DESK/.local/share" -name '*.tmp')
[ -z "$left" ] || stop "temporary files are left: $left"
say "  $texts texts, the scanner held $held files"
printf '{"texts": %s, "held": %s, "lost": 0}\n' "$texts" "$held" >"$result"
