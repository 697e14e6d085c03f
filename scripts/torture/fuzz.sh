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
for target in draft_file json_document pdf_draft book_boxes filled_book page_boxes text_boxes packed_files svg_drawing bitmap picture \
    lock_file settings version_name; do
    seeds=() features=()
    case $target in
    # Among them is one with pictures.
    draft_file) seeds=(tests/drafts_of_old) ;;
    svg_drawing)
        seeds=("$(mktemp -d)")
        echo '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><g transform="rotate(9)"><path d="M0 0L9 9Z" fill="#123"/><text x="1" y="9">住民</text></g></svg>' >"$seeds/a.svg"
        ;;
    bitmap)
        features=(--features gui)
        # The side that is wanted stands before the file.
        seeds=("$(mktemp -d)")
        for picture in tests/core/figures/*.{png,jpg}; do
            { printf '\100\000'; cat "$picture"; } >"$seeds/$(basename "$picture")"
        done
        ;;
    picture) seeds=(tests/core/figures) ;;
    packed_files)
        seeds=("$(mktemp -d)")
        python3 -c 'import sys, zipfile
with zipfile.ZipFile(sys.argv[1] + "/a.zip", "w", zipfile.ZIP_DEFLATED) as folder:
    for name in ("a.json", "b/c.txt", "d/"):
        folder.writestr(name, "1,2\n" * 9)' "$seeds"
        ;;
    json_document) seeds=(samples) ;;
    book_boxes | filled_book | page_boxes | text_boxes)
        # What the program itself exports: a book, a PDF without a draft; and its cells as other programs write them.
        seeds=("$(mktemp -d)")
        program=${HYOUKASHO:-${CARGO_TARGET_DIR:-target}/release/hyoukasho}
        case $target in
        book_boxes | filled_book) "$program" export samples/aomine-juminzei.ron "$seeds/a.xlsx" >/dev/null 2>&1 ;;
        esac
        case $target in
        book_boxes | text_boxes)
            book=$(mktemp -d)
            "$program" export samples/aomine-jumin-kiso.ron "$book/a.xlsx" >/dev/null 2>&1
            python3 scripts/torture/seeds.py "$book/a.xlsx" "$book"
            if [ "$target" = book_boxes ]; then cp "$book"/a.{xls,docx} "$seeds"; else cp "$book/a.html" "$seeds"; fi
            rm -rf "$book"
            ;;
        esac
        case $target in
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
    nice -n 10 cargo fuzz run "${features[@]}" "$target" "fuzz/corpus/$target" "${seeds[@]}" -- \
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
