#!/usr/bin/env bash
# No network: every command and the window under strace. One socket that is not of this computer fails the test.
# Sockets of the Unix kind are those of the display and of the desktop, and are counted.
#   scripts/torture/network.sh [RESULT]              HYOUKASHO=path uses that program (see desk.sh)
cd "$(dirname "$0")/../.."
result=$(realpath -m "${1:-target/torture/network.json}")
if [ -z "${DESK:-}" ]; then
    mkdir -p "$(dirname "$result")"
    : >"$result"
    chmod 666 "$result"
    if ! command -v strace >/dev/null; then
        { apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends strace || { apt-get update && apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends strace; }; } \
            >/dev/null 2>&1 || { echo "  FAILED: please install strace"; exit 1; }
    fi
fi
# shellcheck source=scripts/desk.sh
source scripts/desk.sh "$result"

n_commands=0 n_buses=0
traced() {
    strace -f -e trace=network -o "$DESK/trace-$n_commands" "$@" >"$DESK/said" 2>&1 || [ $? = 1 ] ||
        stop "under strace: ${*##*/}: $(tail -3 "$DESK/said")"
    n_commands=$((n_commands + 1))
}
strace -o "$DESK/trace" true 2>"$DESK/said" || stop "strace may not trace here: $(cat "$DESK/said")"
# The trap must spring: a program that opens such a socket is caught.
strace -f -e trace=network -o "$DESK/trap" /usr/bin/python3 -c 'import socket; socket.socket(socket.AF_INET)'
is_clean() { ! grep -hE 'AF_INET|AF_INET6|AF_NETLINK|AF_PACKET|AF_BLUETOOTH|AF_VSOCK' "$@"; }
! is_clean "$DESK/trap" >/dev/null || stop "strace does not show a socket that was opened"

say "the command line under strace"
folder=$DESK/documents
cp samples/aomine-juminzei.ron "$folder/a.ron"
cp samples/aomine-kaigo-draft.ron "$folder/b.ron"
traced "$program" new --form youshiki4 "$folder/new.ron"
traced "$program" check "$folder/b.ron"
traced "$program" export "$folder/a.ron" "$folder/a.pdf"
traced "$program" export "$folder/a.ron" "$folder/a.json"
traced "$program" import "$folder/a.json" "$folder/back.ron"
traced "$program" diff "$folder/a.ron" "$folder/back.ron"
traced "$program" form youshiki3 --json
traced "$program" renew "$folder/a.ron" "$folder/renewed.ron"
traced "$program" convert "$folder/a.ron" "$folder/converted.ron"
traced "$program" convert "$folder/a.ron" "$folder/basic.ron" --to youshiki2
[ -z "${BOOK:-}" ] || traced "$program" fill "$folder/a.ron" "$BOOK" "$folder/filled.xlsx"
traced "$program" shared "$folder/basic.ron" "$folder/a.ron"
traced "$program" list "$folder"
traced "$program" plan "$folder" "$folder/plan.csv"
traced "$program" --help

say "the window under strace"
start_display
start_bus
strace -f -e trace=network -o "$DESK/trace-window" "$program" "$folder/a.ron" >"$DESK/said" 2>&1 &
app=$!
wait_for 60 "no window came up" has_window
window=$(xprop -root _NET_CLIENT_LIST | grep -o '0x[0-9a-f]*' | head -1)
xdotool windowactivate --sync "$window"
wait_for 40 "the window does not name its cells" fields place 特記事項
click 特記事項
press "no network "
sleep 2
key F9
sleep 2
key F9 ctrl+p
wait_for 20 "Ctrl+P opens nothing" fields place 書き出す
for _ in $(seq 40); do
    is_focused 書き出す && break
    key Tab
    sleep 0.1
done
key Return
wait_for 60 "the window does not say that the PDF is written" fields place 閉じる
shot exported
key Escape
sleep 0.5
key ctrl+o
sleep 2
# The chooser of the desktop: asked for by way of the session bus.
if place=$(fields place 参照… 2>/dev/null); then
    # shellcheck disable=SC2086
    xdotool mousemove --sync $place click 1
    sleep 2
fi
shot start
key ctrl+q
for _ in $(seq 100); do
    kill -0 "$app" 2>/dev/null || break
    sleep 0.1
done
if kill -0 "$app" 2>/dev/null; then shot failed; stop "Ctrl+Q does not end the window"; fi
wait "$app" || stop "the window ended with $?: $(tail -3 "$DESK/said")"

say "the window where the bus of the desktop is on another computer"
for address in "tcp:host=127.0.0.1,port=9" "unixexec:path=/usr/bin/touch,argv1=$DESK/started"; do
    DBUS_SESSION_BUS_ADDRESS=$address AT_SPI_BUS_ADDRESS=$address \
        strace -f -e trace=network -o "$DESK/trace-bus-$n_buses" "$program" "$folder/a.ron" >"$DESK/said" 2>&1 &
    app=$!
    wait_for 60 "no window came up" has_window
    window=$(xprop -root _NET_CLIENT_LIST | grep -o '0x[0-9a-f]*' | head -1)
    xdotool windowactivate --sync "$window"
    sleep 3
    key ctrl+q
    wait "$app" || stop "the window ended with $?: $(tail -3 "$DESK/said")"
    [ ! -e "$DESK/started" ] || stop "the address of the bus started a program"
    n_buses=$((n_buses + 1))
done

is_clean "$DESK"/trace-* || stop "the program opened a socket to a network"
n_unix=$(cat "$DESK"/trace-* | grep -c 'socket(AF_UNIX' || true)
n_other=$(cat "$DESK"/trace-* | grep 'socket(' | grep -vc AF_UNIX || true)
[ "$n_other" = 0 ] || stop "sockets of an unknown kind: $(cat "$DESK"/trace-* | grep 'socket(' | grep -v AF_UNIX | head -3)"
printf '{"commands": %s, "window": 1, "strange_buses": %s, "unix_sockets": %s, "network_sockets": 0}\n' "$n_commands" "$n_buses" "$n_unix" >"$result"
say "  $n_commands commands and the window: no socket to a network, $n_unix of this computer"
