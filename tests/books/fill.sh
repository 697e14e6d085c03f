#!/usr/bin/env bash
# Builds a test book and a draft for each seed, fills the one with the other, and compares what is read out of it by the import.
# fill.sh FOLDER SEED…  BOOK=empty (nothing in the books) or other (another draft in them); OFFICE=1 also saves each with soffice.
# Wants FORMS (folder of the forms' YAML), HYOUKASHO (the program), and a PYTHON with XlsxWriter and PyYAML.
set -u
here=$(cd "$(dirname "$0")" && pwd); folder=$1; shift; mkdir -p "$folder"
export BOOK=${BOOK:-empty}
filled=0; refused=0; wrong=0
for seed in "$@"; do
  "${PYTHON:-python3}" "$here/build.py" "$seed" "$folder" || exit 2
  rm -f "$folder/$seed".{ron,back.ron,out.json,filled.xlsx}
  "$HYOUKASHO" import "$folder/$seed.json" "$folder/$seed.ron" > /dev/null || exit 2
  if ! "$HYOUKASHO" fill "$folder/$seed.ron" "$folder/$seed.xlsx" "$folder/$seed.filled.xlsx" > "$folder/$seed.log" 2>&1; then
    refused=$((refused + 1)); echo "$seed refused: $(sed -n 1,${LINES_SHOWN:-2}p "$folder/$seed.log" | cut -c1-300)"; continue
  fi
  filled=$((filled + 1))
  "${PYTHON:-python3}" "$here/same_parts.py" "$folder/$seed.xlsx" "$folder/$seed.filled.xlsx" || wrong=$((wrong + 1))
  book=$folder/$seed.filled.xlsx
  if [ -n "${OFFICE:-}" ]; then
    mkdir -p "$folder/saved"
    soffice --headless "-env:UserInstallation=file://$folder/office" --convert-to xlsx --outdir "$folder/saved" "$book" > /dev/null 2>&1
    book=$folder/saved/$seed.filled.xlsx
  fi
  "$HYOUKASHO" import "$book" "$folder/$seed.back.ron" --receipt "$folder/$seed.receipt.json" > "$folder/$seed.back.log" 2>&1 \
    && "$HYOUKASHO" export "$folder/$seed.back.ron" "$folder/$seed.out.json" > /dev/null 2>&1
done
echo "filled $filled, refused $refused, other parts changed $wrong"
scored=(); for seed in "$@"; do [ ! -f "$folder/$seed.filled.xlsx" ] || scored+=("$seed"); done
[ ${#scored[@]} -eq 0 ] || exec "${PYTHON:-python3}" "$here/score.py" "$folder" "${scored[@]}"
