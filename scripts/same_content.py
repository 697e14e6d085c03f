"""Does an exported JSON document say what the imported one said? same_content.py IMPORTED.json EXPORTED.json

Extra keys of the imported document (source, uncertain, …) are the author's of that file and stay out.
"""

import json
import sys

KEYS = ("form", "revision", "answers", "files", "changes")
COLUMNS = ("date", "item", "before", "after", "timing", "reason")


def content(path):
    document = json.load(open(path, encoding="utf-8"))
    document = {key: document.get(key) or ([] if key in ("files", "changes") else {}) for key in KEYS}
    document["files"] = [{key: file[key] for key in ("name", "answers")} for file in document["files"]]
    document["changes"] = [{key: row.get(key, "") for key in COLUMNS} for row in document["changes"]]
    return document


def differences(old, new, place=""):
    if isinstance(old, dict) and isinstance(new, dict):
        for key in sorted(old.keys() | new.keys()):
            yield from differences(old.get(key, "(absent)"), new.get(key, "(absent)"), f"{place}/{key}")
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for index, pair in enumerate(zip(old, new)):
            yield from differences(*pair, f"{place}/{index + 1}")
    elif old != new:
        yield f"  DIFFERENT {place}: {str(old)[:60]!r} became {str(new)[:60]!r}"


found = list(differences(content(sys.argv[1]), content(sys.argv[2])))
print("\n".join(found) if found else "  JSON out = JSON in")
sys.exit(1 if found else 0)
