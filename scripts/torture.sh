#!/usr/bin/env bash
# Everything that could cost a clerk a character, on purpose: kill, full disk, damage, two windows, a clock set back,
# hours of typing, a look for sockets.
#   scripts/torture.sh short     some minutes: what .ci/run does (the tests of `cargo test` are not repeated)
#   scripts/torture.sh long      about an hour, and as long as the soak: 1,000 kills, two fuzzers, and docs/torture.md
#   scripts/torture.sh report    docs/torture.md once more from the results that are in target/torture
# The long form tries what is shipped (profile dist), the short one what is quick to build.
# Each test also runs alone: scripts/torture/NAME.sh. HYOUKASHO=path uses that program instead of building one;
# KILLS, FUZZ_SECONDS, SCHEDULES and SOAK_MINUTES change the long form, SOAK_LOG takes a soak that runs or ran elsewhere.
set -euo pipefail
cd "$(dirname "$0")/.."
export PYTHONUTF8=1 PYTHONDONTWRITEBYTECODE=1
results=$(realpath -m "${CARGO_TARGET_DIR:-target}/torture")
mkdir -p "$results"
KILLS=${KILLS:-1020} FUZZ_SECONDS=${FUZZ_SECONDS:-600} SOAK_MINUTES=${SOAK_MINUTES:-120} SCHEDULES=${SCHEDULES:-100000}
# Desks on which kills go on side by side.
N_DESKS=${N_DESKS:-3}
n_failed=0

# run NAME COMMAND...: its words come out when it has ended, so that several can run at once.
run() {
    local name=$1 code=0 start=$SECONDS
    shift
    "$@" >"$results/$name.out" 2>&1 || code=$?
    printf -- '-- %s (%s s)\n' "$name" $((SECONDS - start))
    cat "$results/$name.out"
    return $code
}
# together LINE...: each line, a name and a command, at once; counts what failed.
together() {
    local jobs=() job
    for job in "$@"; do
        # shellcheck disable=SC2086
        run $job &
        jobs+=($!)
    done
    for job in "${jobs[@]}"; do
        wait "$job" || n_failed=$((n_failed + 1))
    done
}
# program FOLDER PROFILE CARGO_OPTIONS...: the program that is tried; the folder of the results is told which one it is.
program() {
    local folder=$1 profile=$2 commit
    shift 2
    mkdir -p "$folder"
    commit=$(git rev-parse --short=10 HEAD 2>/dev/null || echo unknown)
    [ -z "$(git status --porcelain --untracked-files=no 2>/dev/null)" ] || commit="$commit with changes"
    if [ -n "${HYOUKASHO:-}" ]; then
        profile="the one given as HYOUKASHO" commit="that of its build"
        set --
    else
        cargo build --profile "$profile" --locked --quiet "$@"
        HYOUKASHO=${CARGO_TARGET_DIR:-target}/$profile/hyoukasho
    fi
    HYOUKASHO=$(realpath "$HYOUKASHO")
    export HYOUKASHO
    python3 -c 'import json, sys
json.dump(dict(zip(("profile", "commit"), sys.argv[2:])), open(sys.argv[1], "w"))' "$folder/build.json" "$profile${*:+ $*}" "$commit"
}
# The figures that the tests of `cargo test` print; the model of two who save plays more schedules than there.
tests() {
    local said=$results/tests.out
    HYOUKASHO_MODEL_SCHEDULES=$SCHEDULES cargo test --locked --test program -- files:: torture:: --nocapture >"$said" 2>&1 || { tail -30 "$said"; return 1; }
    sed -n 's/^.*FIGURES //p' "$said" | python3 -c 'import json, sys
figures = {}
for line in sys.stdin: figures.update(json.loads(line))
json.dump(figures, open(sys.argv[1], "w"))' "$results/tests.json"
}

case ${1:-short} in
short)
    # Not among the results of the report: these runs are short.
    t=scripts/torture r=$results/short
    program "$r" release
    # Two at a time: most of them wait for windows.
    together "full-disk $t/full-disk.sh $r/full-disk.json" "network $t/network.sh $r/network.json"
    together "places $t/places.sh $r/places.json" "kill-0 $t/kill.sh 15 0 $r/kill-short.json"
    together "clock $t/clock.sh $r/clock.json" "two $t/two.sh $r/two.json"
    together "ends $t/ends.sh $r/ends.json"
    together "scanner $t/scanner.sh 3 $r/scanner.json" "limits $t/limits.sh $r/limits.json"
    ;;
long)
    # What is shipped.
    t=scripts/torture r=$results
    program "$r" dist --features second-renderer
    rm -f "$r"/kill-*.json
    soak=
    if [ -z "${SOAK_LOG:-}" ]; then
        SOAK_LOG=$r/soak.log
        nice -n 10 $t/soak.sh "$SOAK_MINUTES" "$SOAK_LOG" >"$r/soak.out" 2>&1 &
        soak=$!
    fi
    tests || n_failed=$((n_failed + 1))
    together "full-disk $t/full-disk.sh $r/full-disk.json" "network $t/network.sh $r/network.json" "two $t/two.sh $r/two.json"
    together "places $t/places.sh $r/places.json" "clock $t/clock.sh $r/clock.json" "scanner $t/scanner.sh 30 $r/scanner.json"
    together "limits $t/limits.sh $r/limits.json" "ends $t/ends.sh $r/ends.json"
    together "hostile $t/hostile.sh $r/hostile.json"
    kills=()
    for seed in $(seq "$N_DESKS"); do
        kills+=("kill-$seed $t/kill.sh $(((KILLS + N_DESKS - 1) / N_DESKS)) $seed $r/kill-$seed.json")
    done
    together "${kills[@]}"
    together "fuzz $t/fuzz.sh $FUZZ_SECONDS $r/fuzz.json"
    if [ -n "$soak" ]; then
        wait "$soak" || { cat "$r/soak.out"; n_failed=$((n_failed + 1)); }
    fi
    python3 scripts/torture/report.py "$r" "$SOAK_LOG"
    ;;
report)
    python3 scripts/torture/report.py "$results" "${SOAK_LOG:-$results/soak.log}"
    ;;
*)
    sed -n '2,10s/^# \{0,1\}//p' "$0"
    exit 2
    ;;
esac
[ $n_failed = 0 ] || { echo "$n_failed failed"; exit 1; }
