#!/usr/bin/env bash
# Builds a test book for each seed, imports it, and compares. run.sh FOLDER SEED…
# Wants FORMS (folder of the forms' YAML), HYOUKASHO (the program), and a PYTHON with XlsxWriter and PyYAML.
set -u
here=$(cd "$(dirname "$0")" && pwd); folder=$1; shift; mkdir -p "$folder"
for seed in "$@"; do
  [ -f "$folder/$seed.xlsx" ] || "${PYTHON:-python3}" "$here/build.py" "$seed" "$folder" || exit 2
  rm -f "$folder/$seed.ron" "$folder/$seed.out.json"
  "$HYOUKASHO" import "$folder/$seed.xlsx" "$folder/$seed.ron" --receipt "$folder/$seed.receipt.json" > "$folder/$seed.log" 2>&1 \
    && "$HYOUKASHO" export "$folder/$seed.ron" "$folder/$seed.out.json" > /dev/null
done
exec "${PYTHON:-python3}" "$here/score.py" "$folder" "$@"
