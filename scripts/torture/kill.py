"""The typing and killing of scripts/torture/kill.sh: kill.py ROUNDS SEED RESULT, on a desk that is ready.

Each round opens the same document, replaces the text of a cell key by key, kills the program with SIGKILL at a random
moment, and reads the file as the program reads it. Every tenth round kills while the window is still opening. What is
lost is counted from the moment of the first key that is not in the file to the moment of the kill. Where the kill came
between the second copy and the file, the next window asks which of the two goes on, and the file does.
"""

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
import zlib

from keyboard import Keyboard

DESK, PROGRAM = os.environ["DESK"], os.environ["WINDOW_PROGRAM"]
DOCUMENT = f"{DESK}/documents/kill.ron"
# High on the page: what stands in it moves nothing above it.
CELL, CELL_ID = "評価書名", "cover.name"
KEEP_FILE = "ファイルの内容で開く"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
PROMISE_SECS = 2.0
# The ground of our panels: the window is painted.
GROUND = re.compile(rb"(?:\xf9\xf7\xf6.?){64}", re.DOTALL)
LONGEST_TYPING_SECS = 6.0


class Failed(Exception):
    pass


class Kill:
    def __init__(self, rounds, seed, result):
        self.rounds, self.result, self.random = rounds, result, random.Random(seed)
        self.keys = Keyboard()
        self.losses, self.n_lost_keys, self.n_keys = [], 0, 0
        self.n_opening = self.n_copy_ahead = self.n_copy_behind = 0
        self.n_saved, self.text, self.program = 0, None, None
        self.is_asked, self.n_asked = False, 0
        self.cell = self.find_cell()

    def open(self):
        said = open(f"{DESK}/said", "wb")
        self.program = subprocess.Popen([PROGRAM, DOCUMENT], stdout=said, stderr=said)
        return self.program

    def opened(self):
        """The program with the document in its window, and the question before it answered."""
        program = self.open()
        if self.is_asked:
            self.keys.click(*self.place(KEEP_FILE))
            self.is_asked = False
            self.n_asked += 1
        self.wait_painted(program)
        return program

    def place(self, name):
        """The middle of the field or button of that name, which may come a moment later."""
        fields = [sys.executable, f"{DESK}/scripts/window_fields.py", "place", name]
        end = time.monotonic() + 60
        while (found := subprocess.run(fields, capture_output=True, text=True, timeout=60, check=False)).returncode:
            if time.monotonic() > end:
                raise Failed(f"{name}: {found.stderr.strip()}")
            time.sleep(0.5)
        return [int(part) for part in found.stdout.split()]

    def is_painted(self):
        picture = subprocess.run(["xwd", "-silent", "-root"], capture_output=True, check=False).stdout
        return GROUND.search(picture) is not None

    def is_shown(self):
        """Whether the document is in the window, which may be there a moment before."""
        search = ["xdotool", "search", "--onlyvisible", "--name", re.escape(os.path.basename(DOCUMENT))]
        return subprocess.run(search, capture_output=True, check=False).returncode == 0

    def wait_painted(self, program):
        end = time.monotonic() + 60
        while not (self.is_painted() and self.is_shown()):
            if program.poll() is not None:
                raise Failed(f"the window ended with {program.returncode}: {open(f'{DESK}/said').read()[-300:]}")
            if time.monotonic() > end:
                raise Failed("no window in 60 s")
            time.sleep(0.03)

    def find_cell(self):
        program = self.opened()
        time.sleep(2)
        place = self.place(CELL)
        program.terminate()
        program.wait(30)
        self.text = self.saved()
        return place

    def saved(self):
        """The text of the cell in the file, as the program itself reads it."""
        out = f"{DESK}/out.json"
        done = subprocess.run([PROGRAM, "export", DOCUMENT, out], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise Failed(f"the file does not open: {done.stderr[-300:]}")
        return json.load(open(out, encoding="utf-8"))["answers"].get(CELL_ID) or ""

    def is_sound(self, path):
        """Whether the check value at the head of a file fits what stands below it."""
        text = open(path, encoding="utf-8").read()
        head, _, below = text.partition("を消してください）\n")
        return f": {zlib.crc32(below.rstrip().encode()):08x}（" in head

    def copy(self):
        for folder, _, names in os.walk(f"{DESK}/.local/share"):
            if "今の内容.ron" in names and "kill" in folder:
                return f"{folder}/今の内容.ron"
        return None

    def type_until(self, moment, text):
        """Types, with a pause now and then; the moments of the keys."""
        moments = []
        for character in text:
            if time.monotonic() >= moment:
                break
            moments.append(self.keys.type(character))
            pause = self.random.uniform(0.4, 1.2) if self.random.random() < 0.08 else self.random.uniform(0.04, 0.12)
            time.sleep(max(0.0, min(pause, moment - time.monotonic())))
        return moments

    def kill(self, program):
        moment = time.monotonic()
        os.kill(program.pid, signal.SIGKILL)
        program.wait(30)
        while self.is_painted():
            time.sleep(0.02)
        return moment

    def while_opening(self):
        program = self.open()
        time.sleep(self.random.uniform(0, 1.5))
        self.kill(program)
        if self.saved() != self.text:
            raise Failed("opening changed the text")
        self.n_opening += 1

    def while_typing(self):
        program = self.opened()
        time.sleep(0.3)
        self.keys.click(*self.cell)
        time.sleep(0.3)
        self.keys.press("Control_L", "a")
        text = "".join(self.random.choices(LETTERS, k=100))
        moments = self.type_until(time.monotonic() + self.random.uniform(0, LONGEST_TYPING_SECS), text)
        killed = self.kill(program)
        found = self.saved()
        n_found = 0 if found == self.text else len(found)
        if n_found and text[:n_found] != found:
            raise Failed(f"{found!r} is in the file, typed was {text[:len(moments)]!r}, before was {self.text!r}")
        lost = moments[n_found:]
        loss = killed - lost[0] if lost else 0.0
        self.losses.append(loss)
        self.n_keys += len(moments)
        self.n_lost_keys += len(lost)
        self.n_saved += found != self.text
        self.text = found
        if loss > PROMISE_SECS:
            raise Failed(f"{loss:.2f} s of typing lost: {len(lost)} of {len(moments)} keys")
        self.look_at_copy()

    def look_at_copy(self):
        copy = self.copy()
        if copy is None:
            if self.n_saved:
                raise Failed("there is no second copy")
            return
        if not self.is_sound(DOCUMENT) or not self.is_sound(copy):
            raise Failed("a check value does not fit")
        if open(copy, "rb").read() != open(DOCUMENT, "rb").read():
            ahead = os.stat(copy).st_mtime_ns > os.stat(DOCUMENT).st_mtime_ns
            self.is_asked = ahead
            self.n_copy_ahead += ahead
            self.n_copy_behind += not ahead

    def run(self):
        failures = []
        for number in range(self.rounds):
            try:
                (self.while_opening if number % 10 == 9 else self.while_typing)()
            except Failed as failed:
                failures.append(f"round {number}: {failed}")
                print(f"  FAILED {failures[-1]}", flush=True)
                subprocess.run(["scrot", "-o", f"{DESK}/shots/failed-{number}.png"], check=False)
                # A window that stays would be in the way of the next.
                self.program.kill()
                self.program.wait(30)
                if len(failures) > 9:
                    break
                self.text = self.saved()
            if number % 10 == 9:
                self.write(number + 1, failures)
        self.write(number + 1, failures)
        worst = max(self.losses, default=0)
        print(f"  {len(self.losses)} kills while typing {self.n_keys} keys, {self.n_opening} while opening; "
              f"lost at most {worst:.2f} s, failed {len(failures)}")
        sys.exit(1 if failures else 0)

    def write(self, rounds, failures):
        names = os.listdir(f"{DESK}/documents")
        facts = {
            "rounds": rounds, "typing": len(self.losses), "opening": self.n_opening, "keys": self.n_keys,
            "lost_keys": self.n_lost_keys, "losses": [round(loss, 3) for loss in self.losses],
            "copy_ahead": self.n_copy_ahead, "copy_behind": self.n_copy_behind, "asked": self.n_asked,
            "temporary_files_left": sum(name.endswith(".tmp") for name in names),
            "other_files": [name for name in names if name.startswith("kill（")],
            "failures": failures,
        }
        with open(self.result, "w", encoding="utf-8") as file:
            json.dump(facts, file, ensure_ascii=False)


Kill(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]).run()
