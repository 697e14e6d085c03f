#!/usr/bin/env python3
"""Makes the embedded fonts and their licence files from npm packages.

    python3 -m pip install fonttools==4.68.0
    python3 build.py [output folder]        (default: this folder)

Needs `npm` for the download. Running it twice gives identical bytes: the packages are
checked against pinned hashes and no time stamp is written (head.modified stays the original's).
"""

import base64
import copy
import hashlib
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import fontTools
from fontTools.ttLib import TTFont

FONTTOOLS = "4.68.0"

BIZ = "@expo-google-fonts/biz-udgothic@0.4.0"
BIZ_SCREEN = "@expo-google-fonts/biz-udpgothic@0.4.2"
NOTO = "@expo-google-fonts/noto-sans-jp@0.4.3"
INTEGRITY = {
    BIZ: "4Q5vhxKvCc1ay4p5bVKs8rnSbqIaEqDYbMb/BECadrjCEZLJzhK3i1ZybbRvCXU/IYgwGLtjUYrOAnxIW8Sfpg==",
    BIZ_SCREEN: "HySo5PUz//XzvqKTKiOcgvdFuyPvJBIrnhhEW7l+Q1sqxblzzHuXhIaiYx4VdLjLbNA1fNaMdTgM7wj2k1FYBQ==",
    NOTO: "Fl+Z6vtD24HFAYsvzB0S9Nery1ly16B9PesdY0wBd+wEHAvkNglnkTUspU0HqGOubkmoa8zusJrKv6vDx1o70A==",
}

SUBSET_OPTIONS = [
    "--no-hinting",
    "--layout-features=vert,vrt2",
    "--name-IDs=*",
    "--name-languages=*",
]

# STAT belongs to the other weights, BASE, GDEF and GPOS to a shaper we do not use. Without
# --no-bidi-closure pyftsubset adds U+2245 (mirror of U+224C), which BIZ UDGothic already has.
SUPPLEMENT_OPTIONS = ["--drop-tables+=BASE,GDEF,GPOS,STAT", "--no-bidi-closure"]
# The proportional face is for the screen alone: no vertical forms, and lines 1.5 em apart. Characters it shares with
# BIZ UDGothic are drawn by that one.
SCREEN_OPTIONS = ["--no-layout-closure", "--drop-tables+=GSUB,GPOS,GDEF,BASE,VORG,vhea,vmtx"]
SCREEN_LINE_HEIGHT_EM = 1.5
FIRST_FONT_SPECIFIC_NAME_ID = 256
VARIATIONS_POSTSCRIPT_PREFIX = 25

SUPPLEMENT_NAMES = {
    1: "Noto Sans JP Supplement",
    2: "Regular",
    3: "2.004-H2;ADBO;NotoSansJPSupplement-Regular",
    4: "Noto Sans JP Supplement",
    6: "NotoSansJPSupplement-Regular",
    16: "Noto Sans JP Supplement",
    17: "Regular",
}


def main():
    if fontTools.version != FONTTOOLS:
        sys.exit(f"fonttools {FONTTOOLS} needed for identical bytes, found {fontTools.version}")
    out = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as tmp:
        biz = download(BIZ, Path(tmp, "biz"))
        noto = download(NOTO, Path(tmp, "noto"))
        biz_regular = biz / "400Regular/BIZUDGothic_400Regular.ttf"
        biz_bold = biz / "700Bold/BIZUDGothic_700Bold.ttf"
        noto_regular = noto / "400Regular/NotoSansJP_400Regular.ttf"

        subset(biz_regular, out / "BIZUDGothic-Regular.ttf", ["--unicodes=*"])
        subset(biz_bold, out / "BIZUDGothic-Bold.ttf", ["--unicodes=*"])
        make_supplement(noto_regular, biz_regular, out / "NotoSansJP-Supplement.ttf", Path(tmp))
        screen = download(BIZ_SCREEN, Path(tmp, "screen"))
        for weight, fixed in [("400Regular", biz_regular), ("700Bold", biz_bold)]:
            face = screen / weight / f"BIZUDPGothic_{weight}.ttf"
            make_screen_face(face, fixed, out / f"BIZUDPGothic-{weight[3:]}-Screen.ttf", Path(tmp))

        # The npm package's LICENSE_FONT names the Mincho project for BIZ UDGothic by mistake:
        # the copyright line is taken from the font itself.
        biz_copyright = TTFont(biz_regular)["name"].getDebugName(0)
        write_licence(biz / "LICENSE_FONT", biz_copyright, out / "OFL-BIZUDGothic.txt")
        write_licence(noto / "LICENSE_FONT", None, out / "OFL-NotoSansJP.txt")

    for path in sorted([*out.glob("*.ttf"), *out.glob("OFL-*.txt")]):
        data = path.read_bytes()
        print(hashlib.sha256(data).hexdigest(), f"{len(data):>9,}", path.name)


def download(package, folder):
    """Fetches an npm package, checks its hash and returns the unpacked folder."""
    folder.mkdir()
    subprocess.run(
        ["npm", "pack", "--silent", "--ignore-scripts", package],
        cwd=folder, check=True, stdout=subprocess.DEVNULL,
    )
    [archive] = folder.glob("*.tgz")
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if digest != INTEGRITY[package]:
        sys.exit(f"{package}: hash differs from the pinned one")
    with tarfile.open(archive) as tar:
        tar.extractall(folder)
    return folder / "package"


def subset(source, target, options):
    command = [sys.executable, "-m", "fontTools.subset", str(source), f"--output-file={target}"]
    subprocess.run(command + SUBSET_OPTIONS + options, check=True)


def make_supplement(noto, biz, target, tmp):
    """Keeps what BIZ UDGothic lacks, one glyph per code point, under an own name."""
    missing = sorted(set(TTFont(noto).getBestCmap()) - set(TTFont(biz).getBestCmap()))
    unicodes = tmp / "supplement-unicodes.txt"
    unicodes.write_text("\n".join(f"{code:04X}" for code in missing))
    subset(noto, target, [f"--unicodes-file={unicodes}", *SUPPLEMENT_OPTIONS])

    font = TTFont(target, recalcTimestamp=False)
    split_shared_glyphs(font)
    rename(font)
    font.save(target)


def make_screen_face(face, fixed, target, tmp):
    """Keeps what is drawn otherwise than in the fixed face, in lines of the height of the screens."""
    kept = tmp / "screen-unicodes.txt"
    kept.write_text("\n".join(f"{code:04X}" for code in drawn_otherwise(TTFont(face), TTFont(fixed))))
    subset(face, target, [f"--unicodes-file={kept}", *SCREEN_OPTIONS])

    font = TTFont(target, recalcTimestamp=False)
    hhea, os2 = font["hhea"], font["OS/2"]
    more = round((SCREEN_LINE_HEIGHT_EM * font["head"].unitsPerEm - (hhea.ascent - hhea.descent)) / 2)
    hhea.ascent = os2.sTypoAscender = os2.usWinAscent = hhea.ascent + more
    hhea.descent = os2.sTypoDescender = hhea.descent - more
    os2.usWinDescent = -hhea.descent
    for digits in ["0123456789", "０１２３４５６７８９"]:
        make_tabular(font, [font.getBestCmap()[ord(digit)] for digit in digits])
    font.save(target)


def make_tabular(font, glyphs):
    """Gives digits one width, each in its middle: numbers stand below each other."""
    widest = max(font["hmtx"][glyph][0] for glyph in glyphs)
    for glyph in glyphs:
        advance, bearing = font["hmtx"][glyph]
        shift = (widest - advance) // 2
        font["glyf"][glyph].coordinates.translate((shift, 0))
        font["glyf"][glyph].recalcBounds(font["glyf"])
        font["hmtx"][glyph] = (widest, bearing + shift)


def drawn_otherwise(face, fixed):
    """The code points whose width or outline differs between the two, and the ASCII digits and letters."""
    codes = fixed.getBestCmap()
    for code, glyph in sorted(face.getBestCmap().items()):
        other = codes.get(code)
        if other is None or face["hmtx"][glyph] != fixed["hmtx"][other]:
            yield code
        elif outline(face, glyph) != outline(fixed, other) or 0x20 <= code <= 0x7E:
            yield code


def outline(font, glyph):
    coordinates, ends, flags = font["glyf"][glyph].getCoordinates(font["glyf"])
    return list(coordinates), list(ends), list(flags)


def split_shared_glyphs(font):
    """Gives every code point its own glyph, so that the PDF's ToUnicode map is exact."""
    owner = {}
    order = list(font.getGlyphOrder())
    names = {}
    for code, glyph in sorted(font.getBestCmap().items()):
        if owner.setdefault(glyph, code) == code:
            continue
        name = f"copy{code:04X}"
        names[code] = name
        order.append(name)
        font["glyf"].glyphs[name] = copy.deepcopy(font["glyf"].glyphs[glyph])
        font["hmtx"].metrics[name] = font["hmtx"].metrics[glyph]
        font["vmtx"].metrics[name] = font["vmtx"].metrics[glyph]
    font.setGlyphOrder(order)
    font["glyf"].setGlyphOrder(order)

    for table in font["cmap"].tables:
        if table.format == 14:
            continue
        for code, name in names.items():
            if code in table.cmap:
                table.cmap[code] = name


def rename(font):
    names = font["name"]
    names.names = [
        record for record in names.names
        if record.nameID < FIRST_FONT_SPECIFIC_NAME_ID
        and record.nameID != VARIATIONS_POSTSCRIPT_PREFIX
    ]
    for name_id, text in SUPPLEMENT_NAMES.items():
        names.setName(text, name_id, 3, 1, 0x409)


def write_licence(source, copyright_line, target):
    first, rest = source.read_text(encoding="utf-8").split("\n", 1)
    target.write_text(f"{copyright_line or first}\n{rest.rstrip()}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
