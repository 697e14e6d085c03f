"""Whole processes against each other, in turn: measure.py ROUNDS FOLDER PYTHON PROGRAM FONTS

FOLDER holds N.ron, N.xlsx and N.typ for each size N. Every engine runs once before it is measured (its profile, its
caches of fonts, the disk), then ROUNDS times in turn with the others, so that a busy moment meets all. The figures
are medians; CPU time is user + system of the process and all it started.
"""

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

# How many times our CPU time the others take at least; most memory and most bytes, by size.
GOALS = {60: {"LibreOffice": 30.0, "Typst": 12.0}, 150: {"LibreOffice": 20.0, "Typst": 12.0}}
MOST_MB, MOST_KB = {60: 32}, {60: 320}
TYPST = "import sys, typst; typst.compile(sys.argv[1], sys.argv[2], font_paths=[sys.argv[3]], ignore_system_fonts=True)"


def engines(folder, size, python, program, fonts):
    """Name → command and the PDF it writes."""
    ours, office, typst = folder / f"{size}-ours.pdf", folder / f"{size}.pdf", folder / f"{size}-typst.pdf"
    profile = f"-env:UserInstallation=file://{folder}/profile"
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, folder / f"{size}.xlsx"]
    return {
        "hyoukasho": ([program, "export", folder / f"{size}.ron", ours], ours),
        "LibreOffice": (convert, office),
        "Typst": ([python, "-c", TYPST, folder / f"{size}.typ", typst, fonts], typst),
        "(Python and import typst alone)": ([python, "-c", "import typst"], None),
    }


def run(command):
    """CPU ms, wall ms, peak MB of a process and those it waited for."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"exit code {process.returncode}: {' '.join(map(str, command))}")
    return (used.ru_utime + used.ru_stime) * 1000, wall * 1000, used.ru_maxrss / 1024


def facts(pdf):
    """Pages, characters and KB of a PDF."""
    info = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    pages = int(info.split("Pages:")[1].split()[0])
    text = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, text=True, check=True).stdout
    return pages, len("".join(text.split())), pdf.stat().st_size / 1000


def main():
    rounds, folder, python, program, fonts = int(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:6]
    failed = []
    for size in (60, 150):
        contest = engines(folder, size, python, program, fonts)
        for command, _ in contest.values():
            run(command)
        measured = {name: [] for name in contest}
        for _ in range(rounds):
            for name, (command, _) in contest.items():
                measured[name].append(run(command))
        print(f"\nabout {size} pages, median of {rounds}, load {os.getloadavg()[0]:.1f}")
        print(f"{'engine':32}{'pages':>6}{'chars':>8}{'CPU ms':>8}{'wall ms':>9}{'peak MB':>9}{'KB':>7}"
              f"{'CPU ratio':>11}{'wall ratio':>12}{'lowest CPU ratio of a round':>29}")
        ours = measured["hyoukasho"]
        for name, (_, pdf) in contest.items():
            cpu, wall, peak = (median(column) for column in zip(*measured[name]))
            pages, characters, kb = facts(pdf) if pdf else (0, 0, 0)
            ratio = cpu / median(one[0] for one in ours)
            wall_ratio = wall / median(one[1] for one in ours)
            lowest = min(theirs[0] / one[0] for theirs, one in zip(measured[name], ours))
            print(f"{name:32}{pages:6}{characters:8}{cpu:8.0f}{wall:9.0f}{peak:9.0f}{kb:7.0f}"
                  f"{ratio:11.1f}{wall_ratio:12.1f}{lowest:29.1f}")
            goal = GOALS[size].get(name, 0)
            if ratio < goal:
                failed.append(f"{size} pages: {name} takes {ratio:.1f} times our CPU time, goal {goal:.0f}")
            if name == "hyoukasho" and peak > MOST_MB.get(size, peak):
                failed.append(f"{size} pages: {peak:.0f} MB, goal {MOST_MB[size]}")
            if name == "hyoukasho" and kb > MOST_KB.get(size, kb):
                failed.append(f"{size} pages: {kb:.0f} KB, goal {MOST_KB[size]}")
    print("\n" + "\n".join(failed or ["all goals met"]))
    sys.exit(1 if failed else 0)


main()
