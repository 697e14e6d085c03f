"""A keyboard and a mouse for the window: keys through XTEST, each at a known moment, without a process per key."""

import ctypes
import ctypes.util
import os
import time

SHIFTED = set("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
NAMES = {" ": "space", "-": "minus", ".": "period", ",": "comma"}


def library(name):
    return ctypes.CDLL(ctypes.util.find_library(name) or f"lib{name}.so.6")


class Keyboard:
    """Presses keys and clicks on the display of this desk."""

    def __init__(self):
        self.x11, self.xtst = library("X11"), library("Xtst")
        self.x11.XOpenDisplay.restype = ctypes.c_void_p
        self.x11.XStringToKeysym.restype = ctypes.c_ulong
        self.x11.XKeysymToKeycode.argtypes = [ctypes.c_void_p, ctypes.c_ulong]
        self.x11.XKeysymToKeycode.restype = ctypes.c_ubyte
        self.x11.XSync.argtypes = [ctypes.c_void_p, ctypes.c_int]
        key = [ctypes.c_void_p, ctypes.c_uint, ctypes.c_int, ctypes.c_ulong]
        self.xtst.XTestFakeKeyEvent.argtypes = key
        self.xtst.XTestFakeButtonEvent.argtypes = key
        self.xtst.XTestFakeMotionEvent.argtypes = [ctypes.c_void_p, *[ctypes.c_int] * 3, ctypes.c_ulong]
        self.display = self.x11.XOpenDisplay(None)
        if not self.display:
            raise SystemExit(f"no display {os.environ.get('DISPLAY')}")

    def code(self, name):
        symbol = self.x11.XStringToKeysym(name.encode())
        code = self.x11.XKeysymToKeycode(self.display, symbol)
        if not code:
            raise SystemExit(f"no key {name}")
        return code

    def press(self, *names):
        """Presses keys together, as in press("Control_L", "a"); returns the moment of the last one."""
        codes = [self.code(name) for name in names]
        for code in codes:
            self.xtst.XTestFakeKeyEvent(self.display, code, 1, 0)
        moment = time.monotonic()
        for code in reversed(codes):
            self.xtst.XTestFakeKeyEvent(self.display, code, 0, 0)
        self.x11.XSync(self.display, 0)
        return moment

    def type(self, character):
        name = NAMES.get(character, character)
        return self.press(*(["Shift_L"] if character in SHIFTED else []), name)

    def button(self, number):
        self.xtst.XTestFakeButtonEvent(self.display, number, 1, 0)
        self.xtst.XTestFakeButtonEvent(self.display, number, 0, 0)
        self.x11.XSync(self.display, 0)

    def click(self, x, y):
        self.xtst.XTestFakeMotionEvent(self.display, -1, x, y, 0)
        self.x11.XSync(self.display, 0)
        time.sleep(0.05)
        self.button(1)
