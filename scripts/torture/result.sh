# To be sourced before desk.sh by a script that leaves a result: makes the file, writable from the desk.
if [ -z "${DESK:-}" ]; then
    mkdir -p "$(dirname "$result")"
    : >"$result"
    chmod 666 "$result"
fi
