"""What a form shows of a document: (label, lines) rows in printed order, each line a list of pieces.

A second, independent reading of the form's data (`hyoukasho form FORM --json`) and of the interchange JSON:
the checks compare the program's paper with it, and the other engines print it. Knows no page and no size.
"""

from dataclasses import dataclass, field


@dataclass
class Sheet:
    """A section, once or for one file. `columns` is set for the table of changes, whose rows are lists of cells."""

    title: str
    rows: list = field(default_factory=list)
    columns: list = field(default_factory=list)


@dataclass
class Around:
    """Where an item stands: the form, the document, the file and the entry of a repeat."""

    form: dict
    document: dict
    answers: dict
    file: int | None = None
    n: int = 0


def kind_of(item):
    """The name of an item's kind and its data."""
    kind = item["kind"]
    return (kind, {}) if isinstance(kind, str) else next(iter(kind.items()))


def inner(item):
    """An item and all items in it."""
    yield item
    for child in kind_of(item)[1].get("items", []):
        yield from inner(child)


def ids(form):
    """Every id an answer of the form can have."""
    return {item["id"] for section in form["sections"] for top in section["items"] for item in inner(top)}


def sheets(form, document):
    """The sheets of a document in printed order."""
    sections = {section["id"]: section for section in form["sections"]}
    files = document.get("files") or [{"name": "", "answers": {}}]
    for id in form["assembly"]["order"]:
        # 別紙 are no part of an official form: they are printed only where the document has some.
        if id == "attachments":
            continue
        if id != "per_file":
            yield sheet(sections[id], Around(form, document, document.get("answers", {})))
            continue
        for index, file in enumerate(files):
            for part in form["assembly"]["per_file_sections"]:
                yield sheet(sections[part], Around(form, document, file.get("answers", {}), file=index))


def sheet(section, around):
    found = Sheet(section["title"])
    if section["id"] == "cover":
        found.rows.append((around.form["mark"] or "", []))
    found.rows += [(line, []) for line in section["static_lines"]]
    for item in section["items"]:
        name, kind = kind_of(item)
        if name == "table":
            found.columns = [column["label"] for column in kind["columns"]]
            keys = [column["id"].rsplit(".", 1)[1] for column in kind["columns"]]
            changes = around.document.get("changes", [])
            found.rows = [[str(change.get(key, "")) for key in keys] for change in changes]
        else:
            found.rows += rows(item, around, section)
    return found


def rows(item, around, section):
    """The rows of one item and of the items in it."""
    name, kind = kind_of(item)
    if item["in_cell"] or item["layout"] == "in_heading":
        return []  # printed with the item around it
    label = printed_label(item, around)
    if name == "group":
        boxes = [[sign(around, around.answers.get(child["id"]) is True) + child["label"]]
                 for child in kind["items"] if child["layout"] == "in_heading"]
        found = [(label, boxes)] if label or boxes else []
        return found + [row for child in kind["items"] for row in rows(child, around, section)]
    if name == "repeat":
        return repeat_rows(item, kind, around, section, label)
    lines = value(item, name, kind, around)
    for top in section["items"]:
        for other in inner(top):
            if (other["in_cell"] or {}).get("of") == item["id"]:
                lines += in_cell(other, around)
    if item["footnote"]:
        lines.append([item["footnote"]])
    return [(label, lines)]


def repeat_rows(item, kind, around, section, label):
    entries = around.answers.get(item["id"]) or []
    while entries and not entries[-1]:
        entries = entries[:-1]
    found = [(label, [])] if item["layout"] == "heading" else []
    for index in range(max(len(entries), kind["print_min"], kind["min"], 1)):
        entry = entries[index] if index < len(entries) else {}
        inside = Around(around.form, around.document, entry, around.file, index + 1)
        children = list(kind["items"])
        title = kind["instance_title"].replace("{n}", str(index + 1))
        named = next((child for child in children if child["id"] == kind["title_item"]), None)
        if named:
            children.remove(named)
        found.append((title, value(named, *kind_of(named), inside) if named else []))
        for child in children:
            found += rows(child, inside, section)
    return found + [(heading, []) for heading in kind["paging_headings"]]


def printed_label(item, around):
    label = "\n".join(item["label_lines"]) or item["label"]
    star = around.form["signs"]["star"]
    mark = item["star"] + star if item["star"] is not None and star else ""
    return f"{item['number']}{label}{mark}".replace("{n}", str(around.n))


def sign(around, on):
    signs = around.form["signs"]
    return signs["check_on"] if on else signs["check_off"]


def value(item, name, kind, around):
    """The lines of an answer: its text, or signs and words of its boxes and options."""
    answer = around.answers.get(item["id"])
    if name == "choice" and kind["print"]:
        options = {option["n"]: option["label"] for option in kind["options"]}
        # A choice the program computes is not compared where the author left it out.
        lines = [] if item["derived"] and answer is None else [[f"[ {options.get(answer, '')} ]"]]
        if kind["print"]["grid"]:
            lines.append([around.form["signs"]["choice_list_title"]])
        marker = kind["print"]["marker"]
        return lines + [[marker.replace("1", str(n), 1) + options[n] for n in row] for row in kind["print"]["grid"]]
    if name == "checks":
        return boxes(kind, answer if isinstance(answer, dict) else {}, around)
    if name == "check":
        return [[sign(around, answer is True)]]
    if name == "figure":
        parts = [(answer or {}).get(key) for key in ("caption", "note")]
        return [[line] for part in parts if part for line in part.split("\n")]
    text = plain(item, kind, answer, around)
    return [[line] for line in f"{text}{item['suffix']}".split("\n")] if text else []


def plain(item, kind, answer, around):
    """A text, a number, the wording of a choice without list, or what the program fills in."""
    files = [file.get("name", "").strip() for file in around.document.get("files", [])]
    if answer is not None:
        return next((o["label"] for o in kind.get("options", []) if o["n"] == answer), str(answer))
    if item["derived"] == "file_name" and files:
        return files[around.file]
    if item["derived"] == "file_names":
        return "\n".join(files)
    if isinstance(item["derived"], dict) and "count_of" in item["derived"]:
        return str(len(around.answers.get(item["derived"]["count_of"]) or []) or "")
    return item["fixed"] or ""


def in_cell(item, around):
    text = plain(item, kind_of(item)[1], around.answers.get(item["id"]), around)
    before, after = item["in_cell"]["before"], item["in_cell"]["after"]
    return [[line] for line in f"{before} {text} {after}".split("\n")]


def boxes(kind, answer, around):
    lines = []
    for group in kind["groups"]:
        options = {option["key"]: option for option in group["options"]}
        lines += [[group["label"]]] if group["label"] else []
        for row in group["grid"]:
            pieces = [box(options[key], answer, around) for key in row]
            # Texts of the author may have several lines.
            lines += [[line] for piece in pieces for line in piece.split("\n")] if "\n" in "".join(pieces) else [pieces]
    return lines


def box(option, answer, around):
    text, on = answer.get(option["key"], ""), option["key"] in answer.get("marked", [])
    paren = option["free_text"] or (("（", "）") if text else None)
    if option["count"]:
        paren, text = option["count"], count(option, answer, around, on)
    return sign(around, on) + " " + option["label"] + (f"{paren[0]} {text} {paren[1]}" if paren else "")


def count(option, answer, around, on):
    written = answer.get(f"{option['key']}_count", answer)
    if written is not answer:
        return "" if written is None else str(written)
    entries = around.answers.get(option["count_of"] or "") or []
    return str(len(entries)) if on and entries else ""
