"""The editing of scripts/torture/soak.sh: soak.py MINUTES LOG, on a desk that is ready.

Round after round: a text into a cell, read back from the file; undo and redo; a walk through the findings with typing
and undo in each; search; preview; size; scrolling. Two to four keys a second.
"""

import json
import os
import random
import subprocess
import sys
import time

from keyboard import Keyboard

DESK, PROGRAM = os.environ["DESK"], os.environ["WINDOW_PROGRAM"]
DOCUMENT = f"{DESK}/documents/soak.ron"
CELL, CELL_ID, SECTION = "特記事項", "cover.notes", "表紙"
LETTERS = "abcdefghijklmnopqrstuvwxyz "
# What is two seconds old is on the disk; a busy machine gets as long again.
SAVED_WITHIN_SECS = 4.0


class Soak:
    def __init__(self, minutes, log):
        self.end, self.log = time.monotonic() + minutes * 60, open(log, "a", encoding="utf-8", buffering=1)
        self.start = self.next_line = time.monotonic()
        self.n_keys = self.n_texts = self.n_rounds = 0
        self.slowest_save = 0.0
        self.random = random.Random(1)
        self.keys = Keyboard()
        said = open(f"{DESK}/said", "wb")
        self.program = subprocess.Popen([PROGRAM, DOCUMENT], stdout=said, stderr=said)
        time.sleep(8)
        self.section = self.place(SECTION)

    def place(self, name):
        fields = [sys.executable, f"{DESK}/scripts/window_fields.py", "place", name]
        return [int(part) for part in subprocess.check_output(fields, timeout=60).split()]

    def say(self, what, **facts):
        facts["secs"] = round(time.monotonic() - self.start)
        self.log.write(json.dumps({"what": what, **facts}, ensure_ascii=False) + "\n")

    def facts(self):
        found = {}
        for line in open(f"/proc/{self.program.pid}/status"):
            name, value = line.split(":", 1)
            if name in ("VmRSS", "VmHWM", "Threads"):
                found[name] = int(value.split()[0])
        ticks = open(f"/proc/{self.program.pid}/stat").read().rsplit(")", 1)[1].split()
        versions = sum(len(names) for _, _, names in os.walk(f"{DESK}/.local/share"))
        return {
            "rss_kb": found["VmRSS"], "peak_kb": found["VmHWM"], "threads": found["Threads"],
            "open_files": len(os.listdir(f"/proc/{self.program.pid}/fd")),
            "cpu_secs": (int(ticks[11]) + int(ticks[12])) / os.sysconf("SC_CLK_TCK"),
            "keys": self.n_keys, "texts": self.n_texts, "rounds": self.n_rounds, "kept_files": versions,
            "slowest_save_secs": round(self.slowest_save, 2),
        }

    def pause(self, secs):
        time.sleep(secs)
        if self.program.poll() is not None:
            self.fail(f"the window ended with {self.program.returncode}")
        if time.monotonic() >= self.next_line:
            self.next_line += 60
            self.say("minute", **self.facts())

    def press(self, *names):
        self.keys.press(*names)
        self.n_keys += 1
        self.pause(self.random.uniform(0.25, 0.5))

    def type(self, text):
        for character in text:
            self.keys.type(character)
            self.n_keys += 1
            self.pause(self.random.uniform(0.25, 0.5))

    def click(self, place):
        self.keys.click(*place)
        self.pause(0.6)

    def saved(self):
        out = f"{DESK}/out.json"
        subprocess.run([PROGRAM, "export", DOCUMENT, out], check=True, capture_output=True, timeout=120)
        return json.load(open(out, encoding="utf-8"))["answers"].get(CELL_ID) or ""

    def expect(self, text):
        typed, found = time.monotonic(), None
        while time.monotonic() - typed < SAVED_WITHIN_SECS:
            looked = time.monotonic()
            found = self.saved()
            if found == text:
                self.slowest_save = max(self.slowest_save, looked - typed)
                self.n_texts += 1
                return
            self.pause(0.2)
        self.fail(f"{found!r} is on the disk instead of {text!r}")

    def fail(self, why):
        subprocess.run(["scrot", "-o", f"{DESK}/shots/failed.png"], check=False)
        self.say("failed", why=why)
        print(f"  FAILED: {why}")
        self.program.kill()
        sys.exit(1)

    def to_cell(self):
        self.click(self.section)
        # The section opens where it was scrolled to.
        self.click(self.place(CELL))

    def one_round(self):
        self.to_cell()
        self.press("Control_L", "a")
        text = f"round {self.n_rounds} " + "".join(self.random.choices(LETTERS, k=30)) + "z"
        self.type(text)
        self.expect(text)
        # One second of pause ends an undo step: these take the new text back in one or more steps.
        for name in ["z"] * 3 + ["y"] * 3:
            self.press("Control_L", name)
        self.expect(text)
        for _ in range(6):
            self.press("F8")
            self.type("abc")
            self.pause(1.1)
            self.press("Control_L", "z")
        self.press("Control_L", "f")
        self.type("system")
        self.press("F3")
        self.press("Escape")
        if self.n_rounds % 3 == 0:
            self.press("F9")
            self.pause(4)
            for _ in range(12):
                self.keys.button(5)
                self.pause(0.2)
            self.press("F9")
        if self.n_rounds % 4 == 1:
            self.press("Control_L", "plus")
            self.press("Control_L", "0")
            self.press("F7")
            self.press("F10")
            self.press("F6")
        self.n_rounds += 1

    def run(self):
        self.pause(0)
        while time.monotonic() < self.end:
            self.one_round()
        self.to_cell()
        self.press("Control_L", "a")
        self.type("the end")
        self.expect("the end")
        self.say("end", **self.facts())
        self.program.terminate()
        self.program.wait(30)
        print(f"  {self.n_rounds} rounds, {self.n_keys} keys, {self.n_texts} texts read back from the file")


Soak(float(sys.argv[1]), sys.argv[2]).run()
