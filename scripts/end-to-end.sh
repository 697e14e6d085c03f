#!/usr/bin/env bash
# The program as an author uses it: JSON in, checks, PDF and JSON out, and proof that nothing was lost on the way.
# HYOUKASHO=path uses that binary instead of building one; CASES=folder adds the documents in it.
set -euo pipefail
cd "$(dirname "$0")/.."
export PYTHONUTF8=1 PYTHONDONTWRITEBYTECODE=1
CASES=${CASES:-../shared/cases}
TOOLS=${TOOLS:-../shared/tools}
n_failed=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

say() { printf '%s\n' "$*"; }
fail() { say "  FAILED: $*"; n_failed=$((n_failed + 1)); }
# The exit code of a command, its words kept for the case that it is the wrong one.
expect() {
    local wanted=" $1 " code=0
    shift
    "$@" >"$work/said" 2>&1 || code=$?
    case $wanted in *" $code "*) ;; *) fail "exit code $code, not$wanted: ${*##*/}"; head -5 "$work/said" ;; esac
}
# Installs a Debian package unless its command is there.
need() {
    command -v "$1" >/dev/null && return
    if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
        { apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "$2" || { apt-get update && apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "$2"; }; } \
            >"$work/apt" 2>&1 || tail -3 "$work/apt"
    fi
    command -v "$1" >/dev/null
}
must_have() { need "$1" "$2" || { say "$1 is missing and could not be installed: apt-get install $2"; exit 1; }; }

must_have qpdf qpdf
must_have pdftotext poppler-utils
must_have python3 python3
if [ -z "${HYOUKASHO:-}" ]; then
    cargo build --release --locked --quiet
    HYOUKASHO=${CARGO_TARGET_DIR:-target}/release/hyoukasho
fi
program=$(realpath "$HYOUKASHO")

# sound PDF: tagged, all typefaces in it.
sound() {
    qpdf --check "$1" >"$work/said" 2>&1 || { fail "qpdf --check"; head -5 "$work/said"; }
    grep -q "No syntax or stream encoding errors" "$work/said" || fail "qpdf --check has remarks: $(tail -1 "$work/said")"
    pdfinfo -struct-text "$1" >"$work/tagged" 2>&1
    grep -q '[^[:space:]]' "$work/tagged" || fail "no tagged text"
    pdffonts "$1" >"$work/fonts"
    [ "$(wc -l <"$work/fonts")" -gt 2 ] || fail "no typeface"
    # Columns: embedded, subset, Unicode, object.
    tail -n +3 "$work/fonts" | grep -vE ' yes +yes +yes +[0-9]+ +[0-9]+$' && fail "typeface not embedded, not a subset or without Unicode"
    return 0
}
n_pages() { pdfinfo "$1" | sed -n 's/^Pages: *//p'; }
field() { python3 -c 'import json, sys; print(json.load(open(sys.argv[1], encoding="utf-8"))[sys.argv[2]])' "$1" "$2"; }

# document JSON NAME: in, checked, out, compared.
document() {
    local json=$1 draft=$work/$2.ron pdf=$work/$2.pdf
    say "$2"
    expect "0" "$program" import "$json" "$draft"
    expect "0 1" "$program" check "$draft"
    expect "0" "$program" export "$draft" "$pdf"
    sound "$pdf"
    pdftotext -raw -enc UTF-8 "$pdf" "$work/text"
    "$program" form "$(field "$json" form)" --revision "$(field "$json" revision)" --json >"$work/form.json"
    python3 scripts/printed_text.py "$work/form.json" "$json" "$work/text" || fail "the paper does not say all that the document says"
    expect "0" "$program" export "$draft" "$work/again.pdf"
    cmp -s "$pdf" "$work/again.pdf" || fail "a second export has other bytes"
    expect "0" "$program" export "$draft" "$work/out.json"
    python3 scripts/same_content.py "$json" "$work/out.json" || fail "the JSON came back changed"
    expect "0" "$program" export "$draft" "$work/marked.pdf" --watermark 案 --page-numbers
    sound "$work/marked.pdf"
    [ "$(n_pages "$pdf")" = "$(n_pages "$work/marked.pdf")" ] || fail "watermark or page numbers change the number of pages"
    say "  $(n_pages "$pdf") pages, $(stat -c %s "$pdf") bytes"
}

for json in samples/*.json "$CASES"/*.json; do
    if [ -e "$json" ]; then document "$json" "$(basename "$json" .json)"; fi
done

# Every form, empty: all its words are on the paper.
for form in youshiki2 youshiki3 youshiki4; do
    expect "0" "$program" new --form "$form" "$work/empty-$form.ron"
    expect "0" "$program" export "$work/empty-$form.ron" "$work/empty-$form.json"
    document "$work/empty-$form.json" "new-$form"
done

say "exit codes"
half=$work/aomine-kaigo-draft.ron
expect "1" "$program" check "$half" --stage 提出・公表
expect "1" "$program" export "$half" "$work/strict.pdf" --strict
[ ! -e "$work/strict.pdf" ] || fail "--strict wrote a document with errors"
head -c 5000 "$half" >"$work/broken.ron"
cp "$work/broken.ron" "$work/before"
expect "2" "$program" check "$work/broken.ron"
expect "2" "$program" export "$work/broken.ron" "$work/broken.pdf"
cmp -s "$work/broken.ron" "$work/before" || fail "a broken draft was changed"
[ ! -e "$work/broken.pdf" ] || fail "a broken draft was exported"
expect "2" "$program" export "$work/absent.ron" "$work/absent.pdf"
expect "2" "$program" import "$work/broken.ron" "$work/imported.ron"
expect "2" "$program" frobnicate

say "a draft inside a PDF, 変更の概要"
whole=$work/aomine-juminzei.ron
mkdir "$work/inside"
carrying=$work/inside/carrying.pdf
expect "0" "$program" export "$whole" "$carrying" --purpose 決裁用 --attach-draft --summary "$work/summary.pdf"
sound "$carrying"
sound "$work/summary.pdf"
[ "$(n_pages "$work/summary.pdf")" -le 3 ] || fail "変更の概要 is longer than three pages"
qpdf --linearize "$carrying" "$work/inside/linear.pdf"
qpdf --stream-data=uncompress --object-streams=disable "$carrying" "$work/inside/plain.pdf"
for pdf in "$work"/inside/*.pdf; do
    expect "0" "$program" import "$pdf" "$work/inside/out.ron"
    cmp -s "$whole" "$work/inside/out.ron" || fail "the draft came back changed from $(basename "$pdf")"
done
qpdf --encrypt secret secret 256 -- "$carrying" "$work/inside/locked.pdf"
expect "2" "$program" import "$work/inside/locked.pdf" "$work/inside/locked.ron"
expect "2" "$program" export "$whole" "$work/public.pdf" --attach-draft
[ ! -e "$work/public.pdf" ] || fail "a PDF for the public with the draft inside was written"

say "network"
if need strace strace && strace -o "$work/trace" true 2>/dev/null; then
    strace -f -e trace=network -o "$work/trace" "$program" export "$half" "$work/traced.pdf" >/dev/null 2>&1 || fail "export under strace"
    grep -E 'AF_INET|AF_NETLINK' "$work/trace" && fail "export opens a socket"
    say "  $(grep -c socket "$work/trace" || true) sockets"
else
    say "  skipped: strace cannot be installed or may not trace here"
fi

say "PDF/A, structure"
python=python3
if [ ! -e "$TOOLS/pdfacheck.py" ]; then
    say "  skipped: no pdfacheck.py"
elif ! $python -c 'import pikepdf, fontTools' 2>/dev/null && {
    python=$work/venv/bin/python
    ! { python3 -m venv "$work/venv" && "$work/venv/bin/pip" --quiet install pikepdf fonttools; } >/dev/null 2>&1
}; then
    say "  skipped: pikepdf and fonttools cannot be installed"
else
    $python "$TOOLS/pdfacheck.py" "$work"/*.pdf >"$work/pdfa" 2>&1 || fail "pdfacheck.py did not run"
    grep -v 'OK (structural)$' "$work/pdfa" && fail "not the structure of PDF/A"
    say "  $(grep -c 'OK (structural)$' "$work/pdfa" || true) documents"
fi

[ "$n_failed" = 0 ] || { say "$n_failed failed"; exit 1; }
say "all well"
