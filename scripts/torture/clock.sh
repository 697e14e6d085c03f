#!/usr/bin/env bash
# A clock that is set back by 400 days, between two sessions and in the middle of one: everything typed is on the disk,
# no version is lost, nobody is shut out.
#   scripts/torture/clock.sh [RESULT]              HYOUKASHO=path uses that program (see desk.sh)
cd "$(dirname "$0")/../.."
result=$(realpath -m "${1:-target/torture/clock.json}")
# shellcheck source=scripts/torture/result.sh
source scripts/torture/result.sh
if [ -z "${DESK:-}" ] && ! compgen -G "/usr/lib/*/faketime/libfaketimeMT.so.1" >/dev/null; then
    { apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends libfaketime || { apt-get update && apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends libfaketime; }; } \
        >/dev/null 2>&1 || { echo "  FAILED: please install libfaketime"; exit 1; }
fi
# shellcheck source=scripts/desk.sh
source scripts/desk.sh "$result"

document=$DESK/documents/時計.ron
clock=$DESK/clock
library=$(compgen -G "/usr/lib/*/faketime/libfaketimeMT.so.1")
saved() {
    rm -f "$DESK/out.json"
    "$program" export "$document" "$DESK/out.json" >/dev/null 2>&1 || return 1
    /usr/bin/python3 -c 'import json, sys
print(json.load(open(sys.argv[1], encoding="utf-8"))["answers"].get("cover.name") or "")' "$DESK/out.json" | grep -qxF "$1"
}
versions() { find "$DESK/.local/share" -name '20*.ron' | sort; }
# The clock of the program only: what is written here is how far it differs.
open_with_clock() {
    LD_PRELOAD=$library FAKETIME_TIMESTAMP_FILE=$clock FAKETIME_CACHE_DURATION=1 FAKETIME_DONT_FAKE_MONOTONIC=1 \
        FAKETIME_DONT_RESET=1 "$program" "$document" >"$DESK/said" 2>&1 &
    app=$!
    wait_for 60 "no window came up" has_window
    wait_for 40 "the window does not name its cells" fields place 評価書名
    if fields says 開いています; then stop "the document is taken to be open elsewhere"; fi
    click 評価書名
    key ctrl+a
}
# type TEXT: and it is on the disk soon.
type_and_wait() {
    press "$1"
    wait_for 10 "「$1」 is not on the disk" saved "$1"
}

start_display
start_bus
"$program" new --form youshiki3 "$document" >/dev/null
echo "+0" >"$clock"
open_with_clock
type_and_wait "today"
close_window
today=$(versions)
say "400 days back between two sessions"
echo "-400d" >"$clock"
open_with_clock
type_and_wait "long ago"
close_window
[ -z "$(comm -23 <(echo "$today") <(versions))" ] || stop "versions are gone"
versions | grep -q "/$(date -d '400 days ago' +%Y)-" || stop "no version has the date of the clock set back"
say "and in the middle of one"
echo "+0" >"$clock"
open_with_clock
type_and_wait "before the jump"
echo "-400d" >"$clock"
sleep 2
key ctrl+a
type_and_wait "after the jump"
echo "+400d" >"$clock"
sleep 2
key ctrl+a
type_and_wait "after the jump ahead"
before=$(versions)
close_window
echo "+0" >"$clock"
open_with_clock
type_and_wait "today again"
kill -9 "$app"
wait "$app" 2>/dev/null || true
[ -z "$(comm -23 <(echo "$before") <(versions))" ] || stop "versions are gone"
saved "today again" || stop "the document does not say what was typed last"
say "  five clocks, $(versions | wc -l) versions, none lost"
printf '{"clocks": 5, "versions": %s, "lost": 0}\n' "$(versions | wc -l)" >"$result"
