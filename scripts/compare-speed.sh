#!/usr/bin/env bash
# What an export costs, against LibreOffice (the same text in a sheet) and Typst (the same text in a table).
# Of the program as it is shipped: profile dist.
# HYOUKASHO=path uses that binary; ROUNDS=n measures n times (5). Not part of the checks of every change:
# it installs LibreOffice (as root on Debian) and needs a calm machine.
set -euo pipefail
cd "$(dirname "$0")/.."
export PYTHONUTF8=1 PYTHONDONTWRITEBYTECODE=1
target=${CARGO_TARGET_DIR:-target}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for pair in soffice:libreoffice-calc-nogui pdfinfo:poppler-utils; do
    command -v "${pair%%:*}" >/dev/null && continue
    { apt-get update && apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "${pair##*:}"; } >"$work/apt" 2>&1 ||
        { tail -3 "$work/apt"; printf '%s\n' "please install ${pair##*:}"; exit 1; }
done
venv=$target/compare/venv
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/python" -c 'import openpyxl, typst' 2>/dev/null || "$venv/bin/pip" install --quiet openpyxl typst
if [ -z "${HYOUKASHO:-}" ]; then
    cargo build --profile dist --features second-renderer --locked --quiet
    HYOUKASHO=$target/dist/hyoukasho
fi
program=$(realpath "$HYOUKASHO")

# LibreOffice sees our typefaces and no others, as Typst does.
cat >"$work/fonts.conf" <<CONF
<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>$PWD/fonts</dir><cachedir>$work/font-cache</cachedir></fontconfig>
CONF
export FONTCONFIG_FILE=$work/fonts.conf

"$program" form youshiki3 --revision r6-10 --json >"$work/form.json"
for size in 60 150; do
    "$venv/bin/python" scripts/big_document.py "$program" samples/aomine-juminzei.json "$size" "$work/$size.ron"
    "$venv/bin/python" scripts/other_engines.py "$work/form.json" "$work/$size.json" "$work/$size.xlsx" "$work/$size.typ"
done
printf '%s\n' "$program: profile dist unless HYOUKASHO said otherwise"
printf '%s\n' "$(nproc) cores, load$(uptime | sed 's/.*load average//'), $(soffice --version | cut -d' ' -f1-2), typst $("$venv/bin/pip" show typst 2>/dev/null | sed -n 's/^Version: //p')"
"$venv/bin/python" scripts/measure.py "${ROUNDS:-5}" "$work" "$venv/bin/python" "$program" fonts
