# A desk of its own for one run of the window: display, window manager, Japanese input, accessibility, empty home.
# To be sourced by a script of the window as its first act. Outside, it prepares the desk, runs the script again
# inside and ends with its exit code; inside, it offers the words below. No real setting is touched, the display is a
# free one, and the processes started are ended by their number. As root it goes on as `nobody`: mozc refuses root.
# HYOUKASHO=path uses that program instead of building one; SHOTS=folder keeps the screenshots. A script may define
# `prepare` and `tidy_up` before: they run outside, as its user, when the desk is laid and before it is taken away.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive

PACKAGES=(xvfb openbox xdotool x11-utils x11-apps scrot dbus libglib2.0-bin fcitx5 fcitx5-mozc poppler-utils procps
    at-spi2-core gir1.2-atspi-2.0 python3-gi libgl1 libgl1-mesa-dri libx11-xcb1 libxcursor1 libxi6 libxkbcommon-x11-0)

say() { printf '%s\n' "$*"; }
stop() { say "  FAILED: $*"; exit 1; }

install_packages() {
    local missing=() package
    for package in "${PACKAGES[@]}"; do
        dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
    done
    [ ${#missing[@]} != 0 ] || return 0
    say "installing ${missing[*]}"
    local install=(apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "${missing[@]}")
    if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
        { "${install[@]}" || { apt-get update && "${install[@]}"; }; } >"$work/apt" 2>&1 && return 0
        tail -3 "$work/apt"
    fi
    stop "could not be installed: apt-get install ${missing[*]}"
}

# Ends every process whose home is the folder of this run.
end_all() {
    local signal environ found
    for signal in TERM TERM KILL; do
        found=no
        for environ in /proc/[0-9]*/environ; do
            { tr '\0' '\n' <"$environ" | grep -qx "HOME=$work"; } 2>/dev/null || continue
            kill -s "$signal" "${environ//[!0-9]/}" 2>/dev/null && found=yes
        done
        [ $found = yes ] || return 0
        sleep 0.3
    done
}

outside() {
    local code=0 as=() script
    script=${0##*scripts/}
    work=$(mktemp -d)
    trap 'end_all; if declare -F tidy_up >/dev/null; then tidy_up; fi; rm -rf "$work"' EXIT
    install_packages
    if [ -z "${HYOUKASHO:-}" ]; then
        local profile=${PROFILE:-release} features=()
        # What is shipped has both renderers.
        [ "$profile" != dist ] || features=(--features second-renderer)
        cargo build --profile "$profile" "${features[@]}" --locked --quiet
        HYOUKASHO=${CARGO_TARGET_DIR:-target}/$profile/hyoukasho
    fi
    mkdir -p "$work"/{shots,documents,.config/mozc,.config/fcitx5/conf,.local/share,.cache,run,.tmp}
    cp "$HYOUKASHO" "$work/hyoukasho"
    cp -r scripts samples "$work"
    chmod 700 "$work" "$work/run"
    if [ "$(id -u)" = 0 ]; then
        as=(setpriv --reuid=nobody --regid=nogroup --clear-groups)
        chown -R nobody:nogroup "$work"
    fi
    if declare -F prepare >/dev/null; then prepare; fi
    cd "$work"
    "${as[@]}" env -i PATH=/usr/bin:/bin:/usr/sbin DESK="$work" HOME="$work" TMPDIR="$work/.tmp" \
        LANG=C.UTF-8 LC_ALL=C.UTF-8 PYTHONUTF8=1 PYTHONDONTWRITEBYTECODE=1 \
        XDG_RUNTIME_DIR="$work/run" XDG_CONFIG_HOME="$work/.config" XDG_DATA_HOME="$work/.local/share" \
        XDG_CACHE_HOME="$work/.cache" XMODIFIERS=@im=fcitx LIBGL_ALWAYS_SOFTWARE=1 NO_AT_BRIDGE=0 \
        bash "$work/scripts/$script" "$@" || code=$?
    cd - >/dev/null
    if [ -n "${SHOTS:-}" ]; then
        mkdir -p "$SHOTS"
        cp "$work"/shots/* "$SHOTS" 2>/dev/null || true
    fi
    exit "$code"
}
[ -n "${DESK:-}" ] || outside "$@"

# ------------------------------------------------------------ inside
program=$DESK/hyoukasho

# wait_for SECONDS WHAT COMMAND...: until the command succeeds; says what did not happen, and shows the window.
wait_for() {
    local end=$((SECONDS + $1)) what=$2
    shift 2
    until "$@" >/dev/null 2>&1; do
        if [ $SECONDS -ge $end ]; then
            shot failed
            tail -n 3 "$DESK"/said "$DESK"/fcitx.log 2>/dev/null || true
            stop "$what"
        fi
        sleep 0.1
    done
}

shot() { scrot -o "$DESK/shots/$1.png" 2>/dev/null || true; }

has_manager() { xprop -root _NET_SUPPORTING_WM_CHECK | grep -q 'window id'; }

# One desk takes its display at a time: of two servers that look for a free number at once, both may find the same.
# Without -noreset the server starts anew when its first client leaves, and turns away who comes just then.
start_display() {
    local number
    exec 9</tmp
    flock -w 60 9 || stop "another desk does not get its display"
    exec 3< <(exec Xvfb -displayfd 1 -screen 0 1366x768x24 -nolisten tcp -noreset 2>"$DESK/said" 9<&-)
    read -r -t 30 number <&3 || stop "Xvfb did not start: $(tail -3 "$DESK/said")"
    exec 9<&-
    export DISPLAY=:$number
    openbox --sm-disable >"$DESK/openbox.log" 2>&1 &
    wait_for 20 "the window manager did not start" has_manager
}

start_bus() {
    read -r DBUS_SESSION_BUS_ADDRESS < <(dbus-daemon --session --fork --print-address=1)
    export DBUS_SESSION_BUS_ADDRESS
    # Without this a program says nothing to screen readers.
    gdbus call --session --dest org.a11y.Bus --object-path /org/a11y/bus \
        --method org.freedesktop.DBus.Properties.Set org.a11y.Status IsEnabled '<true>' >"$DESK/a11y.log" 2>&1 ||
        stop "accessibility did not start: $(tail -3 "$DESK/a11y.log")"
}

owns() { gdbus call --session --dest org.freedesktop.DBus --object-path / --method org.freedesktop.DBus.NameHasOwner "$1" | grep -q true; }

start_japanese() {
    cat >"$XDG_CONFIG_HOME/fcitx5/profile" <<'PROFILE'
[Groups/0]
Name=Default
Default Layout=us
DefaultIM=mozc

[Groups/0/Items/0]
Name=keyboard-us
Layout=

[Groups/0/Items/1]
Name=mozc
Layout=

[GroupOrder]
0=Default
PROFILE
    printf '[Behavior]\nActiveByDefault=True\nShareInputState=All\nPreeditEnabledByDefault=True\n' \
        >"$XDG_CONFIG_HOME/fcitx5/config"
    # Otherwise fcitx5 draws the text being composed in a window of its own, and drops it when the focus moves.
    echo 'UseOnTheSpot=True' >"$XDG_CONFIG_HOME/fcitx5/conf/xim.conf"
    fcitx5 -D >"$DESK/fcitx.log" 2>&1 &
    wait_for 30 "fcitx5 did not start" owns org.fcitx.Fcitx5
}

is_mozc() { fcitx5-remote -s mozc && fcitx5-remote -o && [ "$(fcitx5-remote -n)" = mozc ] && [ "$(fcitx5-remote)" = 2 ]; }
japanese_on() { wait_for 20 "fcitx5 did not turn to mozc" is_mozc; }
is_direct() { fcitx5-remote -c && [ "$(fcitx5-remote)" != 2 ]; }
japanese_off() { wait_for 20 "fcitx5 did not turn mozc off" is_direct; }

has_window() { window=$(xprop -root _NET_CLIENT_LIST | grep -o '0x[0-9a-f]*' | head -1) && [ -n "$window" ]; }

# open_window [DRAFT]: starts the program; its number is in $app, its window in $window.
open_window() {
    "$program" "$@" >"$DESK/said" 2>&1 &
    app=$!
    wait_for 30 "no window came up" has_window
    window=$(xprop -root _NET_CLIENT_LIST | grep -o '0x[0-9a-f]*' | head -1)
    xdotool windowactivate --sync "$window"
}

close_window() {
    kill "$app" 2>/dev/null || true
    wait "$app" 2>/dev/null || true
}

# The window as a screen reader knows it: `fields names`, `fields text NAME`, `fields place NAME`, `fields focused`.
fields() { timeout 20 /usr/bin/python3 "$DESK/scripts/window_fields.py" "$@" 2>>"$DESK/fields.log"; }

key() { xdotool key --delay 50 "$@"; }
press() { xdotool type --delay 40 "$1"; }

# ends_so NAME TEXT: the cell on the screen ends so, composed text included.
ends_so() { local text; text=$(fields text "$1") && [ "${text%"$2"}" != "$text" ]; }

is_focused() { [ "$(fields focused)" = "$1" ]; }
# place_of NAME: where the cell of that printed name is; the tree of a window that draws itself anew is read again.
place_of() { local try; for try in 1 2 3 4 5; do fields place "$1" && return 0; sleep 1; done; return 1; }

# click NAME: with the mouse into the cell of that printed name.
click() {
    local place
    place=$(place_of "$1") || stop "there is no cell 「$1」 in the window: $(fields names | tr '\n' ' ')"
    # shellcheck disable=SC2086
    xdotool mousemove --sync $place click 1
    wait_for 10 "「$1」 did not take the focus" is_focused "$1"
}
