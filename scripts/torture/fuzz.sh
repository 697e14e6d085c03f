#!/usr/bin/env bash
# Random bytes into every reader: no panic, no more memory than allowed.
#   scripts/torture/fuzz.sh SECONDS [RESULT]      for each target; cargo-fuzz is installed where it is missing
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-600} result=$(realpath -m "${2:-target/torture/fuzz.json}")
# A file of at most this many bytes, and at most this much memory for it.
MAX_BYTES=65536
MAX_MEGABYTES=1024
mkdir -p "$(dirname "$result")"
command -v cargo-fuzz >/dev/null || cargo install --locked --quiet cargo-fuzz
export RUSTC_BOOTSTRAP=1
figures=()
for target in draft_file json_document pdf_draft book_boxes filled_book page_boxes text_boxes lock_file settings version_name; do
    seeds=()
    case $target in
    draft_file) seeds=(tests/drafts_of_old) ;;
    json_document) seeds=(samples) ;;
    book_boxes | filled_book | page_boxes | text_boxes)
        # What the program itself exports: a book, a PDF without a draft, and a page of its words.
        seeds=("$(mktemp -d)")
        program=${HYOUKASHO:-${CARGO_TARGET_DIR:-target}/release/hyoukasho}
        case $target in
        book_boxes | filled_book) "$program" export samples/aomine-juminzei.ron "$seeds/a.xlsx" >/dev/null 2>&1 ;;
        page_boxes) "$program" export samples/aomine-juminzei.ron "$seeds/a.pdf" >/dev/null 2>&1 ;;
        text_boxes) printf '評価書番号\t評価書名\n1\t甲\n' >"$seeds/a.txt" ;;
        esac
        ;;
    pdf_draft)
        # Nothing random becomes a PDF: it begins with one that carries a draft.
        seeds=("$(mktemp -d)")
        program=${HYOUKASHO:-${CARGO_TARGET_DIR:-target}/release/hyoukasho}
        "$program" new --form youshiki2 "$seeds/a.ron" >/dev/null 2>&1
        "$program" export --purpose 決裁用 --attach-draft "$seeds/a.ron" "$seeds/a.pdf" >/dev/null 2>&1
        ;;
    esac
    mkdir -p "fuzz/corpus/$target"
    log=$(mktemp)
    code=0
    nice -n 10 cargo fuzz run "$target" "fuzz/corpus/$target" "${seeds[@]}" -- \
        -max_total_time="$seconds" -max_len=$MAX_BYTES -rss_limit_mb=$MAX_MEGABYTES -print_final_stats=1 >"$log" 2>&1 || code=$?
    if [ $code != 0 ]; then
        tail -40 "$log"
        echo "  FAILED: fuzzing $target (the input is in fuzz/artifacts/$target)"
        exit 1
    fi
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    peak=$(sed -n 's/^stat::peak_rss_mb: *//p' "$log")
    edges=$(grep -oE 'cov: [0-9]+' "$log" | tail -1 | grep -oE '[0-9]+')
    rm -f "$log"
    echo "  $target: $runs inputs in $seconds s, $edges edges, at most $peak MB"
    figures+=("\"$target\": {\"seconds\": $seconds, \"inputs\": $runs, \"edges\": $edges, \"peak_mb\": $peak}")
done
(IFS=,; echo "{${figures[*]}, \"crashes\": 0}") >"$result"
