#!/usr/bin/env bash
# What the window costs, as a table: size, first picture, idle, keys, memory. Software OpenGL, a desk of its own.
# Of the program as it is shipped: profile dist.
#   scripts/measure-window.sh      HYOUKASHO=path measures that program (see desk.sh)
# What our own part of a frame costs: cargo test --release --locked --test window frames -- --ignored --nocapture
cd "$(dirname "$0")/.."
PROFILE=dist
# shellcheck source=scripts/desk.sh
source scripts/desk.sh

SECONDS_IDLE=10
N_KEYS=100
N_STARTS=5

row() { printf '| %s | %s |\n' "$1" "$2"; }
millis() { date +%s%3N; }
# Of it, what the system can take back at any time: the program itself and the libraries that draw.
resident() {
    awk '/^VmRSS/ { all = $2 } /^RssFile/ { file = $2 } END { printf "%.0f MB, %.0f of them from files", all / 1024, file / 1024 }' \
        "/proc/$app/status"
}
peak() { awk '/^VmHWM/ { printf "%.0f MB", $2 / 1024 }' "/proc/$app/status"; }
# Processor time of all threads so far, in hundredths of a second.
ticks() { awk '{ print $14 + $15 }' "/proc/$app/stat"; }
# How often the thread of the window woke: a frame cannot be painted asleep.
wakes() { awk '/^voluntary/ { print $2 }' "/proc/$app/task/$app/status"; }
# The ground of our panels, F6F7F9, is on the screen.
is_painted() { xwd -silent -root 2>/dev/null | LC_ALL=C grep -qaP '(\xf9\xf7\xf6.?){64}'; }

first_picture() {
    local start
    start=$(millis)
    "$program" "$@" >"$DESK/said" 2>&1 &
    app=$!
    until is_painted; do
        [ $(($(millis) - start)) -lt 20000 ] || stop "nothing was painted in 20 s"
    done
    took=$(($(millis) - start))
}

first_pictures() {
    local all=()
    for _ in $(seq $N_STARTS); do
        first_picture "$@"
        all+=("$took")
        close_window
        while is_painted; do :; done
    done
    mapfile -t all < <(printf '%s\n' "${all[@]}" | sort -n)
    echo "median ${all[$((N_STARTS / 2))]} ms, slowest ${all[-1]} ms of $N_STARTS"
}

idle() {
    local before_ticks before_wakes
    sleep 4
    before_ticks=$(ticks)
    before_wakes=$(wakes)
    sleep $SECONDS_IDLE
    echo "$(($(wakes) - before_wakes)) wake-ups, $((($(ticks) - before_ticks) * 10)) ms of processor in $SECONDS_IDLE s"
}

# Picture by software included: on a desk with a graphics card this is much less.
keys() {
    local before
    before=$(ticks)
    for _ in $(seq $N_KEYS); do xdotool key a; sleep 0.05; done
    sleep 1
    echo "$((($(ticks) - before) * 10 / N_KEYS)) ms of processor a key, software painting included"
}

start_display
start_bus
cp samples/aomine-juminzei.ron "$DESK/documents/a.ron"
cp samples/aomine-juminzei.ron "$DESK/documents/b.ron"
cp samples/aomine-kaigo-draft.ron "$DESK/documents/c.ron"

row what value
row --- ---
row "program" "$(stat -c %s "$program") bytes"
row "first picture, start screen" "$(first_pictures)"
row "first picture, on the sample" "$(first_pictures "$DESK/documents/a.ron")"

open_window "$DESK/documents/a.ron"
sleep 3
row "memory, one document" "$(resident)"
row "idle" "$(idle)"
click 特記事項
row "idle, cursor in a cell" "$(idle)"
key ctrl+a
row "a key into a short cell" "$(keys)"
anything="ほかの評価書を開く（下書き .ron・.hyouka、Excel、PDF、Word、JSON）"
for name in b c; do
    key ctrl+o
    wait_for 10 "Ctrl+O does not lead to the start screen" fields place 開く
    click "$anything"
    key ctrl+a
    press "$DESK/documents/$name.ron"
    wait_for 10 "the path is not in the cell" ends_so "$anything" "/$name.ron"
    key Tab Tab Return
    wait_for 10 "$name.ron does not open" fields place 特記事項
done
row "memory, after three documents" "$(resident), at most $(peak)"
close_window
