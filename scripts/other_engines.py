"""The same text for the other engines: other_engines.py FORM.json DOCUMENT.json OUT.xlsx OUT.typ

Label | value rows in one bordered table per section, the changes as a table of their own columns on lying pages.
"""

import json
import sys
import unicodedata
from math import ceil

import openpyxl
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins

import form_rows

FONT, SIZE_PT = "BIZ UDGothic", 9
LINE_PT = 12
# A row of a sheet can be 409 pt high; what is longer goes on in the next row.
MAX_LINES = 30
# One unit of a sheet's column width: a digit of its standard typeface, 11 pt.
UNIT_PT = 5.5
# Column widths in full-width characters.
PORTRAIT, LANDSCAPE = (13, 43), (9, 14, 21, 21, 5, 14)


def tables(form, document):
    """(title, widths, rows of cells) of each section."""
    for sheet in form_rows.sheets(form, document):
        if sheet.columns:
            yield sheet.title, LANDSCAPE, [sheet.columns, *sheet.rows]
        else:
            rows = [[label, "\n".join("　".join(line) for line in lines)] for label, lines in sheet.rows]
            yield sheet.title, PORTRAIT, rows


def width(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text) / 2


def n_lines(paragraph, columns):
    # Kinsoku leaves up to two characters of a line empty.
    return max(1, ceil(width(paragraph) / (columns - 2)))


def parts(text, columns):
    """A cell's text cut between lines so that no part is higher than a row can be."""
    part, used = [], 0
    for paragraph in text.split("\n"):
        longest = MAX_LINES * (columns - 2) - 2
        pieces = [paragraph[i:i + longest] for i in range(0, len(paragraph), longest)] or [""]
        for piece in pieces:
            lines = n_lines(piece, columns)
            if part and used + lines > MAX_LINES:
                yield "\n".join(part), used
                part, used = [], 0
            part.append(piece)
            used += lines
    yield "\n".join(part), used


def write_xlsx(path, form, document):
    book = openpyxl.Workbook()
    book.remove(book.active)
    side = Side(style="thin")
    border = Border(left=side, right=side, top=side, bottom=side)
    wrap, font = Alignment(wrap_text=True, vertical="top"), Font(name=FONT, size=SIZE_PT)
    for number, (title, widths, rows) in enumerate(tables(form, document), 1):
        sheet = book.create_sheet(f"{number}")
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
        sheet.page_setup.orientation = "portrait" if widths is PORTRAIT else "landscape"
        # Not fitToPage: LibreOffice would try one scale after the other and need three times as long.
        sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        for column, columns in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(column)].width = columns * SIZE_PT / UNIT_PT + 0.7
        row_number = 0
        for cells in [[title], *rows]:
            split = [list(parts(cell, sum(widths) if len(cells) == 1 else widths[i])) for i, cell in enumerate(cells)]
            for index in range(max(map(len, split))):
                row_number += 1
                here = [cell[index] if index < len(cell) else ("", 1) for cell in split]
                sheet.row_dimensions[row_number].height = max(lines for _, lines in here) * LINE_PT + 3
                for column, (text, _) in enumerate(here, 1):
                    cell = sheet.cell(row_number, column)
                    cell.value, cell.data_type = text, "s"
                    cell.alignment, cell.font, cell.border = wrap, font, border
                if len(cells) == 1:
                    sheet.merge_cells(start_row=row_number, start_column=1, end_row=row_number, end_column=len(widths))
    book.save(path)


def typst_string(text):
    return json.dumps(text, ensure_ascii=False)


def write_typst(path, form, document):
    out = [f'#set text(font: "{FONT}", size: {SIZE_PT}pt, lang: "ja")', "#set par(leading: 3pt)"]
    for title, widths, rows in tables(form, document):
        out.append(f"#set page(paper: \"a4\", margin: 15mm, flipped: {'false' if widths is PORTRAIT else 'true'})")
        out.append(f"#heading({typst_string(title)})")
        columns = ", ".join(f"{columns}fr" for columns in widths)
        out.append(f"#table(columns: ({columns}), stroke: 0.5pt, inset: 2pt,")
        out += ["  " + ", ".join(f"text({typst_string(cell)})" for cell in cells) + "," for cells in rows]
        out.append(")")
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(out))


def main():
    form, document = (json.load(open(path, encoding="utf-8")) for path in sys.argv[1:3])
    write_xlsx(sys.argv[3], form, document)
    write_typst(sys.argv[4], form, document)


main()
