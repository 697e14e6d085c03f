"""Books, Word documents and pages of other programs for the fuzzers to begin with: seeds.py BOOK.xlsx FOLDER.

What the cells of a book of ours say, as an .xls, a .docx and an .html of a few kilobytes each. Python alone.
"""

import html
import pathlib
import re
import struct
import sys
import zipfile

# So many cells: the fuzzer takes no longer files.
MOST_CELLS = 800
SECTOR = 512
# A shorter stream would stand in sectors of another size.
SHORTEST_STREAM = 4096
FREE, END, TABLE, NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


def cells(book):
    """Row, column and text of all sheets, one below the other."""
    with zipfile.ZipFile(book) as parts:
        shared = []
        if "xl/sharedStrings.xml" in parts.namelist():
            for entry in re.findall(r"<si>(.*?)</si>", parts.read("xl/sharedStrings.xml").decode(), re.S):
                shared.append(html.unescape("".join(re.findall(r"<t[^>]*>(.*?)</t>", entry, re.S))))
        found, first_row = [], 0
        for name in sorted(name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")):
            for place, rest, inner in re.findall(r'<c r="([A-Z]+[0-9]+)"([^>/]*)>(.*?)</c>', parts.read(name).decode(), re.S):
                value = re.search(r"<v>(.*?)</v>", inner, re.S)
                if 't="s"' in rest and value:
                    text = shared[int(value[1])]
                else:
                    text = html.unescape("".join(re.findall(r"<t[^>]*>(.*?)</t>", inner, re.S)))
                if text:
                    letters, row = re.fullmatch(r"([A-Z]+)([0-9]+)", place).groups()
                    column = 0
                    for letter in letters:
                        column = column * 26 + ord(letter) - 64
                    found.append((first_row + int(row) - 1, column - 1, text))
            first_row = max((row for row, _, _ in found), default=0) + 2
    assert found, f"no cells in {book}"
    return found[:MOST_CELLS]


def record(kind, data):
    return struct.pack("<HH", kind, len(data)) + data


def workbook(found):
    """A workbook of Excel 97 with one sheet."""
    name = "様式".encode("utf-16-le")
    begin = lambda what: record(0x0809, struct.pack("<HHHHII", 0x0600, what, 0x0DBB, 0x07CC, 0, 6))
    end = record(0x000A, b"")
    head = begin(0x0005) + record(0x0042, struct.pack("<H", 1200))
    sheet_entry = lambda at: record(0x0085, struct.pack("<IHBB", at, 0, len(name) // 2, 1) + name)
    start = len(head) + len(sheet_entry(0)) + len(end)
    sheet = begin(0x0010)
    for row, column, text in found:
        text = text[:80].encode("utf-16-le")
        sheet += record(0x0204, struct.pack("<HHHHB", row, column, 0, len(text) // 2, 1) + text)
    return head + sheet_entry(start) + end + sheet + end


def compound(stream):
    """That stream as the one file of a compound document: its head, a table of sectors, a folder, the stream."""
    stream = stream.ljust(SHORTEST_STREAM, b"\0")
    stream += b"\0" * (-len(stream) % SECTOR)
    n_sectors = len(stream) // SECTOR
    table = [TABLE, END] + [nth + 3 for nth in range(n_sectors - 1)] + [END]
    assert len(table) <= SECTOR // 4, "one sector tells of all"
    table += [FREE] * (SECTOR // 4 - len(table))

    def entry(name, kind, child, start, size):
        name = (name + "\0").encode("utf-16-le")
        links = struct.pack("<III", NONE, NONE, child)
        return name.ljust(64, b"\0") + struct.pack("<HBB", len(name), kind, 1) + links + b"\0" * 36 + struct.pack("<IQ", start, size)

    folder = entry("Root Entry", 5, 1, END, 0) + entry("Workbook", 2, NONE, 2, len(stream))
    folder = folder.ljust(SECTOR, b"\0")
    head = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, SHORTEST_STREAM, END, 0, END, 0) + struct.pack("<I", 0)
    head += struct.pack("<I", FREE) * 108
    return head + struct.pack(f"<{SECTOR // 4}I", *table) + folder + stream


def rows(found):
    """The texts row by row."""
    of_row = {}
    for row, _, text in found:
        of_row.setdefault(row, []).append(html.escape(text))
    return of_row.values()


def word(found):
    """The parts of a Word document with one table."""
    cell = lambda text: f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"
    table = "".join("<w:tr>" + "".join(map(cell, row)) + "</w:tr>" for row in rows(found))
    main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    package = "http://schemas.openxmlformats.org/package/2006"
    yield "[Content_Types].xml", f'<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'
    yield "_rels/.rels", f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{links}" Target="word/document.xml"/></Relationships>'
    yield "word/document.xml", f'<w:document xmlns:w="{main}"><w:body><w:tbl>{table}</w:tbl></w:body></w:document>'


def page(found):
    cell = lambda text: f"<td colspan=2>{text}</td>"
    return "<html><body><table>" + "".join("<tr>" + "".join(map(cell, row)) + "</tr>" for row in rows(found)) + "</table></body></html>"


if __name__ == "__main__":
    found, folder = cells(sys.argv[1]), pathlib.Path(sys.argv[2])
    (folder / "a.xls").write_bytes(compound(workbook(found)))
    with zipfile.ZipFile(folder / "a.docx", "w", zipfile.ZIP_DEFLATED) as parts:
        for part in word(found):
            parts.writestr(*part)
    (folder / "a.html").write_text(page(found), encoding="utf-8")
