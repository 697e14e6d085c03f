"""The files of scripts/torture/limits.sh: limits.py PROGRAM RESULT."""

import itertools
import json
import os
import subprocess
import sys
import tempfile
import time
import zlib

PROGRAM, RESULT = sys.argv[1:3]
MEGA = 1 << 20
# As in src/draft/format: interchange/import.rs, read.rs.
JSON_MAX, DRAFT_MAX = 8 * MEGA, 32 * MEGA
# More than this for one file and the desk of a clerk, with 8 GB, begins to swap.
MOST_MEGABYTES = 2048
MOST_SECS = 60
# A foreign file gets less: it is read by a process of its own. A print-out gets its memory; how long one takes, on a
# machine that does something else at the same time, is told by the figures, not here.
MOST_FOREIGN_MEGABYTES, MOST_FOREIGN_SECS = 1000, 10

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


ROW = '(item:"Ⅰ1",before:"a",after:"b",date:"令和8年1月1日"),'
FILE = '(name:"f",part:(answers:{"overview.base.main_records":checks((marked:["my_number"]))})),'
ENTRY = '(answers:{"basic.systems.name":text("あ")}),'


def export_cases():
    """Drafts to be printed: what fits into the bounds of src/print/size.rs, and what a draft file may hold beyond."""
    files = lambda n: (DRAFT + ", files: [" + FILE * n + "]))").encode()
    rows = lambda n: (DRAFT + ", changes: [" + ROW * n + "]))").encode()
    entries = lambda n: (DRAFT + ', document: (answers: {"basic.systems": repeat([' + ENTRY * n + "])})))").encode()
    text = lambda words: (DRAFT + ', document: (answers: {"basic.affairs.content": text("' + words + '")})))').encode()
    yield "200_files", files(200), None
    yield "9000_rows", rows(9000), None
    yield "9000_entries", entries(9000), None
    yield "4_million_characters", text("個人番号を取り扱う事務の内容。" * 260_000), None
    yield "180000_lines", text("あ\\n" * 180_000), None
    yield "20000_files", files(20_000), "PDF を作れません"
    yield "99000_rows", rows(99_000), "PDF を作れません"
    yield "99000_entries", entries(99_000), "PDF を作れません"
    yield "9_million_characters", text("個人番号を取り扱う事務の内容。" * 600_000), "PDF を作れません"
    yield "3_million_lines", text("あ\\n" * 3_000_000), "PDF を作れません"


def pdf(objects):
    """A PDF of objects, the first its catalog."""
    content, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 %d\n0000000000 65535 f \n%btrailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    return content + end % (len(places) + 1, table, len(places) + 1, len(content))


def stream(head, content):
    packed = zlib.compress(content, 9)
    return b"<<%b/Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (head, len(packed), packed)


def packed_objects(names, content):
    return stream(b"/Type/ObjStm/N %d/First %d" % (len(names.split()) // 2, len(names)), names + content)


def pdf_cases():
    catalog, attached = b"<</Type/Catalog>>", b"<</Type/Catalog/AF[2 0 R]>>"
    endless = b"/Type/XRef/W[0 0 0]/Index[0 2147483647]/Size 2147483647/Root 1 0 R"
    start = len(b"%PDF-1.7\n1 0 obj\n" + catalog + b"\nendobj\n")
    table = pdf([catalog, stream(endless, b"")])
    yield "table_without_end", table[: table.rindex(b"xref\n0")] + b"startxref\n%d\n%%%%EOF" % start, "ください"
    yield "list_read_again", pdf([catalog, packed_objects(b"7 0 " * 20_000, b"[" + b"0 " * (4 * MEGA))]), "秒より長く"
    names = b"".join(b"%d 0 " % number for number in range(10, 20_000))
    yield "list_kept_again", pdf([catalog, packed_objects(names, b"[%b]" % (b"0 " * 200_000))]), "やめました"
    file = b"<</Type/Filespec/F(a.ron)/EF<</F 3 0 R>>>>"
    yield "draft_of_zeros", pdf([attached, file, stream(b"", bytes(200 * MEGA))]), "大きすぎます"
    entries = fill(DRAFT + ', document: (answers: {"basic.systems": repeat([', "(),", "()])})))", DRAFT_MAX - 100)
    yield "draft_of_entries", pdf([attached, file, stream(b"", entries)]), "ください"


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
            (("json", *case) for case in json_cases()),
            (("draft", *case) for case in draft_cases()),
            (("pdf", *case) for case in pdf_cases()),
            (("export", *case) for case in export_cases()),
        ):
            file = f"{path}.{'ron' if kind in ('draft', 'export') else kind}"
            with open(file, "wb") as handle:
                handle.write(content)
            n_bytes = len(content)
            # A process begins with the memory of the one that starts it.
            del content
            commands = {"draft": ["check", file], "export": ["export", file, f"{path}.pdf"]}
            code, said, secs, megabytes = run(commands.get(kind, ["import", file, out]))
            what = f"{kind}_{name}"
            figures[what] = {"bytes": n_bytes, "code": code, "secs": round(secs, 2), "megabytes": round(megabytes)}
            print(f"  {what}: {n_bytes} bytes, exit code {code}, {secs:.1f} s, {megabytes:.0f} MB  {said.strip()[:90]}", flush=True)
            if words is not None and (code != 2 or words not in said):
                failed.append(f"{what} is not refused: {code} {said[:200]}")
            if code not in (0, 1, 2):
                failed.append(f"{what} ended with {code}: {said[:200]}")
            most_megabytes = MOST_FOREIGN_MEGABYTES if kind in ("pdf", "export") else MOST_MEGABYTES
            most_secs = MOST_FOREIGN_SECS if kind == "pdf" else MOST_SECS
            if megabytes > most_megabytes or secs > most_secs:
                failed.append(f"{what} takes {megabytes:.0f} MB and {secs:.0f} s")
            if kind == "export" and words is None and code != 0:
                failed.append(f"{what} is not printed: {code} {said[:200]}")
            for left in (file, out, f"{path}.pdf"):
                if os.path.exists(left):
                    os.remove(left)
    with open(RESULT, "w", encoding="utf-8") as handle:
        json.dump(figures, handle)
    for line in failed:
        print(f"  FAILED: {line}")
    sys.exit(1 if failed else 0)


main()
