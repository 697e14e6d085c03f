"""Is every character of every answer, label and option in the text of the PDF?

    printed_text.py FORM.json DOCUMENT.json TEXT

FORM.json is `hyoukasho form … --json`, DOCUMENT.json the interchange format, TEXT the output of `pdftotext -raw`.
White space aside, each paragraph must stand in the text as one piece, or be split only where a page ends,
between two of its lines. What one paragraph has used is used up, so two answers with the same words must be printed twice.
"""

import json
import sys
from collections import Counter

import form_rows

# Takes the place of what has been found.
USED = "\0"
# A page ends in at most this many columns at once.
MOST_SPLITS_PER_PAGE = 6


def bare(text):
    return "".join(text.split())


def texts(value):
    """Every string an author has typed, straight from the JSON: the keys of marks and the picture's file are not text."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            if key not in ("marked", "image"):
                yield from texts(one)


def answers(document, known):
    """The answers of a document, and the ids the form does not have: these are kept in the draft, not printed."""
    found, unknown = [], []

    def part(values):
        for id, value in values.items():
            if id not in known:
                unknown.append(id)
            elif isinstance(value, list):
                for entry in value:
                    part(entry)
            else:
                found.extend(texts(value))

    part(document.get("answers", {}))
    for file in document.get("files", []):
        found.append(file.get("name", ""))
        part(file.get("answers", {}))
    for change in document.get("changes", []):
        found.extend(texts(change))
    return found, unknown


def paragraphs(all_texts):
    return [piece for text in all_texts for line in text.split("\n") if (piece := bare(line))]


def expected_of_form(form, document):
    """Labels, options with the marks they must have, heads of columns; with the answers as they stand among them."""
    for sheet in form_rows.sheets(form, document):
        yield sheet.title
        yield from sheet.columns
        for row in sheet.rows:
            if sheet.columns:
                yield from row
            else:
                yield row[0]
                yield from (piece for line in row[1] for piece in line)


class Page:
    """The text of one page without white space, and where in it words and lines end."""

    def __init__(self, text):
        self.text, self.words, self.lines = "", {0}, {0}
        for line in text.splitlines():
            for word in line.split():
                self.text += word
                self.words.add(len(self.text))
            self.lines.add(len(self.text))

    def find(self, piece, starts=None, ends=None):
        """Where a piece stands that starts and ends at one of these places; -1 if nowhere."""
        place = self.text.find(piece)
        while place >= 0 and not ((starts is None or place in starts) and (ends is None or place + len(piece) in ends)):
            place = self.text.find(piece, place + 1)
        return place

    def use_up(self, place, piece):
        self.text = self.text[:place] + USED * len(piece) + self.text[place + len(piece):]


class Printed:
    """The text of a PDF, page by page."""

    def __init__(self, text):
        self.pages = [Page(page) for page in text.split("\f")]
        self.n_splits = 0

    def take(self, paragraph):
        """Finds a paragraph, the likeliest place first, and uses it up; False if it is not there."""
        pieces = (
            self.whole(paragraph, at_words=True) or self.split(paragraph, "lines")
            or self.whole(paragraph, at_words=False) or self.split(paragraph, "words")
        )
        for page, place, piece in pieces or []:
            page.use_up(place, piece)
        self.n_splits += len(pieces or [0]) - 1
        return bool(pieces)

    def whole(self, paragraph, at_words):
        for page in self.pages:
            place = page.find(paragraph, page.words, page.words) if at_words else page.find(paragraph)
            if place >= 0:
                return [(page, place, paragraph)]
        return None

    def split(self, paragraph, cut):
        """The start on one page, the rest on those that follow it; cut where lines end, or words."""
        for number, page in enumerate(self.pages):
            pieces = self.head(paragraph, number, cut, page.words)
            if pieces:
                return pieces
        return None

    def head(self, paragraph, number, cut, starts):
        """The longest start that stands on this page, and the rest on the next ones."""
        if number + 1 >= len(self.pages):
            return None
        page, following = self.pages[number], self.pages[number + 1]
        for length in range(len(paragraph) - 1, 0, -1):
            head, rest = paragraph[:length], paragraph[length:]
            place = page.find(head, starts, getattr(page, cut))
            if place < 0:
                continue
            tail = following.find(rest, getattr(following, cut), following.words)
            pieces = [(following, tail, rest)] if tail >= 0 else self.head(rest, number + 1, cut, getattr(following, cut))
            if pieces:
                return [(page, place, head), *pieces]
        return None


def main():
    form, document = (json.load(open(path, encoding="utf-8")) for path in sys.argv[1:3])
    text = open(sys.argv[3], encoding="utf-8").read()
    typed, unknown = answers(document, form_rows.ids(form))
    typed = paragraphs(typed)
    # The long ones first: a short one must not use up a part of a long one.
    printed = Printed(text)
    lost = [p for p in sorted(typed, key=len, reverse=True) if not printed.take(p)]
    n_splits = printed.n_splits
    # The form's own words, and the answers once more among them, with signs and parentheses as they must stand.
    printed = Printed(text)
    wanted = sorted(paragraphs(expected_of_form(form, document)), key=len, reverse=True)
    lost_form = [p for p in wanted if not printed.take(p)]
    missing = Counter("".join(typed)) - Counter(bare(text))
    for paragraph in lost:
        print(f"  LOST answer: {paragraph}")
    for piece in lost_form:
        print(f"  LOST of the form: {piece}")
    for character, n in missing.items():
        print(f"  TOO FEW of {character!r} (U+{ord(character):04X}): {n}")
    if unknown:
        print(f"  not of this form, kept but not printed: {', '.join(unknown)}")
    n_lost = max(sum(map(len, lost)), missing.total())
    print(f"  {len(typed)} paragraphs, {sum(map(len, typed))} characters, split at page ends: {n_splits}, "
          f"lost characters: {n_lost}; labels, options and marks: {len(wanted)}, lost: {len(lost_form)}")
    sys.exit(1 if n_lost or lost_form or n_splits > MOST_SPLITS_PER_PAGE * len(printed.pages) else 0)


main()
