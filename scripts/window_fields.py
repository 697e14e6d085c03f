"""What the window tells a screen reader (AT-SPI): names, text NAME, place NAME, focused, says WORDS.

names    every field as `role<TAB>name`, in order
text     the text of the field of that name
place    the middle of what is visible of it on the screen, as `x y`
focused  the name of what has the focus
says     succeeds where these words stand anywhere in the window

Of several windows WINDOW_PID tells which one is meant.
"""

import os
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

FIELDS = {Atspi.Role.ENTRY, Atspi.Role.TEXT, Atspi.Role.PASSWORD_TEXT}


def all_below(node):
    yield node
    for index in range(node.get_child_count()):
        child = node.get_child_at_index(index)
        if child is not None:
            yield from all_below(child)


def window():
    """All of the one program on this desk; it answers a little after its window is there."""
    end = time.monotonic() + 10
    while time.monotonic() < end:
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            program = desktop.get_child_at_index(index)
            if program is not None and program.get_name() != "fcitx5" and is_meant(program) and program.get_child_count():
                return list(all_below(program))
        time.sleep(0.1)
    sys.exit("no program answers")


def is_meant(program):
    return os.environ.get("WINDOW_PID", "") in ("", str(program.get_process_id()))


def says(node, words):
    text = Atspi.Text.get_text(node, 0, -1) if "Text" in node.get_interfaces() else ""
    return words in (node.get_name() or "") or words in text


def named(nodes, name):
    """The field of that name; a button only where no field has it."""
    found = [node for node in nodes if node.get_name() == name and not is_label(node)]
    fields = [node for node in found if node.get_role() in FIELDS]
    if not found:
        sys.exit(f"no {name}")
    return (fields or found)[0]


def is_label(node):
    return node.get_role() in {Atspi.Role.LABEL, Atspi.Role.STATIC}


def main():
    what, name = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else ""
    nodes = window()
    if what == "names":
        for node in nodes:
            if node.get_name() and not is_label(node):
                print(node.get_role_name(), node.get_name(), sep="\t")
    elif what == "text":
        node = named(nodes, name)
        print(Atspi.Text.get_text(node, 0, -1), end="")
    elif what == "place":
        area = named(nodes, name).get_extents(Atspi.CoordType.SCREEN)
        print(area.x + area.width // 2, area.y + area.height // 2)
    elif what == "says":
        sys.exit(0 if any(says(node, name) for node in nodes) else f"nothing says {name}")
    elif what == "focused":
        for node in nodes:
            if node.get_state_set().contains(Atspi.StateType.FOCUSED) and node.get_name():
                print(node.get_name())
                return


main()
