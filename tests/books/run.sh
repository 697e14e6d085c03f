#!/usr/bin/env bash
# Builds a test book for each seed, imports it, and compares. run.sh FOLDER SEED…  MORE=1: with the habits of habits.py;
# XLS=1: as the .xls that soffice makes of it.
# Wants FORMS (folder of the forms' YAML), HYOUKASHO (the program), and a PYTHON with XlsxWriter and PyYAML.
set -u
here=$(cd "$(dirname "$0")" && pwd); folder=$1; shift; mkdir -p "$folder"
kind=xlsx; [ -z "${XLS:-}" ] || kind=xls
for seed in "$@"; do
  [ -f "$folder/$seed.xlsx" ] || "${PYTHON:-python3}" "$here/build.py" "$seed" "$folder" || exit 2
done
wanted=(); for seed in "$@"; do [ -f "$folder/$seed.$kind" ] || wanted+=("$folder/$seed.xlsx"); done
[ ${#wanted[@]} -eq 0 ] || soffice --headless "-env:UserInstallation=file://$folder/office" --convert-to xls --outdir "$folder" "${wanted[@]}" > /dev/null 2>&1
for seed in "$@"; do
  rm -f "$folder/$seed.ron" "$folder/$seed.out.json"
  "$HYOUKASHO" import "$folder/$seed.$kind" "$folder/$seed.ron" --receipt "$folder/$seed.receipt.json" > "$folder/$seed.log" 2>&1 \
    && "$HYOUKASHO" export "$folder/$seed.ron" "$folder/$seed.out.json" > /dev/null 2>&1
done
exec "${PYTHON:-python3}" "$here/score.py" "$folder" "$@"
