#!/usr/bin/env bash
# kill -9 at random moments while somebody types in the real window: how many seconds of typing are lost, and does the
# file open every time?
#   scripts/torture/kill.sh ROUNDS SEED RESULT       HYOUKASHO=path uses that program (see desk.sh)
# Several may run at once, each on a desk of its own, with another seed.
cd "$(dirname "$0")/../.."
rounds=${1:-20} seed=${2:-1} result=$(realpath -m "${3:-target/torture/kill-$seed.json}")
if [ -z "${DESK:-}" ]; then
    mkdir -p "$(dirname "$result")"
    : >"$result"
    chmod 666 "$result"
fi
# shellcheck source=scripts/desk.sh
source scripts/desk.sh "$rounds" "$seed" "$result"
start_display
start_bus
cp samples/aomine-juminzei.ron "$DESK/documents/kill.ron"
export WINDOW_PROGRAM=$program
exec /usr/bin/python3 scripts/torture/kill.py "$rounds" "$seed" "$result"
