"""The sample with its long texts repeated until it fills a number of pages: big_document.py PROGRAM SAMPLE.json N OUT.ron

Grows as benches/export.rs does. Writes OUT.ron, and OUT.json beside it.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

GROWING = ("overview.storage.place", "risk.storage.others", "risk.use.others", "records.items")


def n_pages(program, draft):
    said = subprocess.run([program, "export", draft, draft.with_suffix(".pdf")], check=True, capture_output=True).stderr
    return int(re.search(r"(\d+)ページの PDF", said.decode()).group(1))


def main():
    program, sample, wanted, draft = sys.argv[1], sys.argv[2], int(sys.argv[3]), Path(sys.argv[4])
    document = json.load(open(sample, encoding="utf-8"))
    first_changes = document["changes"][:4]
    while True:
        draft.with_suffix(".json").write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
        # A draft that is replaced would be kept beside the new one.
        draft.unlink(missing_ok=True)
        subprocess.run([program, "import", draft.with_suffix(".json"), draft], check=True, capture_output=True)
        if n_pages(program, draft) >= wanted:
            return
        for file in document["files"]:
            for id in GROWING:
                text = file["answers"].get(id)
                if isinstance(text, str):
                    file["answers"][id] = text + "\n" + text[:1500]
        document["changes"] += first_changes


main()
