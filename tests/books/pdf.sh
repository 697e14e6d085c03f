#!/usr/bin/env bash
# Builds a test book for each seed, prints it with LibreOffice, imports the PDF, and compares. pdf.sh FOLDER SEED…
# Wants FORMS (folder of the forms' YAML), HYOUKASHO (the program), soffice, and a PYTHON with XlsxWriter and PyYAML.
set -u
here=$(cd "$(dirname "$0")" && pwd); folder=$1; shift; mkdir -p "$folder"
for seed in "$@"; do
  [ -f "$folder/$seed.xlsx" ] || PRINT=1 "${PYTHON:-python3}" "$here/build.py" "$seed" "$folder" || exit 2
done
wanted=(); for seed in "$@"; do [ -f "$folder/$seed.pdf" ] || wanted+=("$folder/$seed.xlsx"); done
[ ${#wanted[@]} -eq 0 ] || soffice --headless "-env:UserInstallation=file://$folder/office" --convert-to pdf --outdir "$folder" "${wanted[@]}" > /dev/null 2>&1
for seed in "$@"; do
  rm -f "$folder/$seed.ron" "$folder/$seed.out.json"
  "$HYOUKASHO" import "$folder/$seed.pdf" "$folder/$seed.ron" --receipt "$folder/$seed.receipt.json" > "$folder/$seed.log" 2>&1 \
    && "$HYOUKASHO" export "$folder/$seed.ron" "$folder/$seed.out.json" > /dev/null 2>&1
done
exec "${PYTHON:-python3}" "$here/score.py" "$folder" "$@"
