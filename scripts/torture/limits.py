"""The files of scripts/torture/limits.sh: limits.py PROGRAM RESULT."""

import itertools
import json
import os
import subprocess
import sys
import tempfile
import time

PROGRAM, RESULT = sys.argv[1:3]
MEGA = 1 << 20
# As in src/draft/format: interchange/import.rs, read.rs.
JSON_MAX, DRAFT_MAX = 8 * MEGA, 32 * MEGA
# More than this for one file and the desk of a clerk, with 8 GB, begins to swap.
MOST_MEGABYTES = 2048
MOST_SECS = 60

HEAD = '{"form": "youshiki3", "revision": "r6-10", "answers": {'
DRAFT = '(format: 1, written_by: "", draft: (form: "youshiki3", revision: "r6-10"'


def fill(start, piece, end, size):
    return (start + piece * ((size - len(start) - len(end)) // len(piece)) + end).encode()


def json_cases():
    yield "too_large", fill(HEAD + '"cover.name": "', "a", '"}}', JSON_MAX + 1000), "大きすぎます"
    yield "too_deep", (HEAD + '"a": ' + "[" * 100_000 + "]" * 100_000 + "}}").encode(), "深すぎます"
    yield "numbers", fill(HEAD + '"basic.systems": [', "0,", "0]}}", JSON_MAX - 100), None
    yield "empty_lists", fill(HEAD + '"basic.systems": [', "[],", "[]]}}", JSON_MAX - 100), None
    yield "empty_entries", fill(HEAD + '"basic.systems": [', "{},", "{}]}}", JSON_MAX - 100), None
    yield "one_text", fill(HEAD + '"cover.name": "', "a", '"}}', JSON_MAX - 100), None
    yield "empty_files", fill(HEAD + '}, "files": [', '{"name": "", "answers": {}},', '{"name": "", "answers": {}}]}', JSON_MAX - 100), None


def draft_cases():
    yield "too_large", fill(DRAFT + ', document: (notes: {"cover.name": "', "a", '"})))', DRAFT_MAX + 1000), "大きすぎます"
    yield "too_deep", (DRAFT + ', colour: ' + "[" * 100_000 + "]" * 100_000 + "))").encode(), "深すぎます"
    yield "empty_entries", fill(DRAFT + ', document: (answers: {"basic.systems": repeat([', "(),", "()])})))", DRAFT_MAX - 100), "多すぎます"


def run(arguments):
    """Exit code, words, seconds and megabytes of one run."""
    start = time.monotonic()
    process = subprocess.Popen([PROGRAM, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    words = process.stderr.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    return os.waitstatus_to_exitcode(status), words, time.monotonic() - start, usage.ru_maxrss / 1024


def main():
    failed, figures = [], {}
    with tempfile.TemporaryDirectory() as folder:
        path, out = f"{folder}/a", f"{folder}/out.ron"
        for kind, name, content, words in itertools.chain(
            (("json", *case) for case in json_cases()), (("draft", *case) for case in draft_cases())
        ):
            file = f"{path}.{'json' if kind == 'json' else 'ron'}"
            with open(file, "wb") as handle:
                handle.write(content)
            n_bytes = len(content)
            # A process begins with the memory of the one that starts it.
            del content
            code, said, secs, megabytes = run(["import", file, out] if kind == "json" else ["check", file])
            what = f"{kind}_{name}"
            figures[what] = {"bytes": n_bytes, "code": code, "secs": round(secs, 2), "megabytes": round(megabytes)}
            print(f"  {what}: {n_bytes} bytes, exit code {code}, {secs:.1f} s, {megabytes:.0f} MB  {said.strip()[:90]}", flush=True)
            if words is not None and (code != 2 or words not in said):
                failed.append(f"{what} is not refused: {code} {said[:200]}")
            if code not in (0, 1, 2):
                failed.append(f"{what} ended with {code}: {said[:200]}")
            if megabytes > MOST_MEGABYTES or secs > MOST_SECS:
                failed.append(f"{what} takes {megabytes:.0f} MB and {secs:.0f} s")
            for left in (file, out):
                if os.path.exists(left):
                    os.remove(left)
    with open(RESULT, "w", encoding="utf-8") as handle:
        json.dump(figures, handle)
    for line in failed:
        print(f"  FAILED: {line}")
    sys.exit(1 if failed else 0)


main()
