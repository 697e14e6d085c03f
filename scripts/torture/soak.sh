#!/usr/bin/env bash
# Hours of editing in the real window: is the memory flat, and is every text on the disk that was typed?
#   scripts/torture/soak.sh MINUTES LOG      a line a minute goes to LOG; HYOUKASHO=path uses that program (see desk.sh)
# The log says how it ended; scripts/torture/report.py reads it, also while it is still being written.
cd "$(dirname "$0")/../.."
minutes=${1:-120} log=$(realpath -m "${2:-target/torture/soak.log}")
if [ -z "${DESK:-}" ]; then
    mkdir -p "$(dirname "$log")"
    : >"$log"
    chmod 666 "$log"
fi
# shellcheck source=scripts/desk.sh
source scripts/desk.sh "$minutes" "$log"
start_display
start_bus
cp samples/aomine-juminzei.ron "$DESK/documents/soak.ron"
export WINDOW_PROGRAM=$program
exec /usr/bin/python3 scripts/torture/soak.py "$minutes" "$log"
