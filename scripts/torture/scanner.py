"""A virus scanner: opens every file in a folder as soon as it is made, written or renamed, and holds it for a while.

scanner.py FOLDER COUNT: until it is ended; COUNT is a file that says how many files it has held. Linux only.
"""

import ctypes
import os
import struct
import sys
import threading

CREATE, MOVED_TO, CLOSE_WRITE, IS_FOLDER = 0x100, 0x80, 0x8, 0x40000000
HOLD_SECS = 0.7


class Scanner:
    def __init__(self, folder, count):
        self.libc = ctypes.CDLL(None, use_errno=True)
        self.queue, self.folders, self.count, self.n_held = self.libc.inotify_init(), {}, count, 0
        for inner, _, names in os.walk(folder):
            self.watch(inner, names)
        self.tell()

    def watch(self, folder, names):
        number = self.libc.inotify_add_watch(self.queue, os.fsencode(folder), CREATE | MOVED_TO | CLOSE_WRITE)
        self.folders[number] = folder
        for name in names:
            self.hold(os.path.join(folder, name))

    def hold(self, path):
        try:
            file = os.open(path, os.O_RDONLY)
            os.read(file, 1 << 20)
        except OSError:
            return
        self.n_held += 1
        threading.Timer(HOLD_SECS, os.close, [file]).start()

    def run(self):
        while True:
            events = os.read(self.queue, 1 << 16)
            while events:
                number, mask, _, length = struct.unpack_from("iIII", events)
                name = events[16:16 + length].rstrip(b"\0")
                events = events[16 + length:]
                path = os.path.join(self.folders.get(number, ""), os.fsdecode(name))
                if mask & IS_FOLDER:
                    for inner, _, names in os.walk(path):
                        self.watch(inner, names)
                else:
                    self.hold(path)
            self.tell()

    def tell(self):
        """Replaced as a whole: whoever reads it finds a number at any time."""
        with open(self.count + ".new", "w", encoding="utf-8") as file:
            file.write(str(self.n_held))
        os.replace(self.count + ".new", self.count)


Scanner(sys.argv[1], sys.argv[2]).run()
