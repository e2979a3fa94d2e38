"""Writes Japanese into the real window through a real input method; run by ime.sh.

    ime.py FRAMEWORK HYOKA DOSSIER PICTURES

The window is seen as a screen reader sees it, over AT-SPI: fields are found by role and name, their text is read while
it is being composed, and a step goes on when what it waits for is there. Keys and clicks come from xdotool, as from a
person's hands. At the end the dossier is saved with Ctrl+S and compared, field by field, with what must have arrived.
"""

import json
import pathlib
import subprocess
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

FRAMEWORK, HYOKA, DOSSIER, PICTURES = sys.argv[1:5]
PATIENCE = 20.0
ENTRY = ("entry", "text")


class Failed(Exception):
    """What did not come to pass."""


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    return done.stdout


def within(what, condition, seconds=PATIENCE):
    """Waits until `condition` gives something, and gives that."""
    end = time.monotonic() + seconds
    while True:
        try:
            found = condition()
        except gi.repository.GLib.Error:
            # What was asked went away meanwhile.
            found = None
        if found:
            return found
        if time.monotonic() > end:
            raise Failed(f"{what}: not in time")
        time.sleep(0.05)


def say(words):
    print(f"   {words}", flush=True)


# --- what the window shows --------------------------------------------------------------------------------------------


def program():
    desktop = Atspi.get_desktop(0)
    for index in range(desktop.get_child_count()):
        child = desktop.get_child_at_index(index)
        if child and child.get_name() == "hyoka":
            child.clear_cache()
            return child
    return None


def nodes(root):
    yield root
    for index in range(root.get_child_count()):
        child = root.get_child_at_index(index)
        if child is not None:
            yield from nodes(child)


def matching(name, roles, start=False):
    def fits(node):
        said = node.get_name() or ""
        return node.get_role_name() in roles and (said.startswith(name) if start else said == name)

    root = program()
    return [node for node in nodes(root) if fits(node)] if root else []


def find(name, *roles, nth=0, start=False):
    def there():
        found = matching(name, roles, start)
        return found[nth] if len(found) > nth else None

    return within(f"no {' or '.join(roles)} named {name}", there)


FIELDS = {}


def field(name):
    """The field of a name. Where it is known already, nobody has to walk the whole window."""
    known = FIELDS.get(name)
    try:
        if known and known.get_name() == name:
            known.clear_cache()
            return known
    except gi.repository.GLib.Error:
        pass
    FIELDS[name] = next(iter(matching(name, ENTRY)), None)
    return FIELDS[name]


def text(name):
    """The text of a field, with what is being composed in it."""
    found = field(name)
    return Atspi.Text.get_text(found, 0, -1) if found else None


def reads(name, *wanted):
    now = None

    def arrived():
        nonlocal now
        now = text(name)
        return now in wanted

    try:
        within(name, arrived)
    except Failed:
        raise Failed(f"{name} does not read {' or '.join(wanted)} but {now}") from None
    return now


def has_focus(name):
    found = field(name)
    return found and found.get_state_set().contains(Atspi.StateType.FOCUSED)


def bounds(node):
    box = Atspi.Component.get_extents(node, Atspi.CoordType.SCREEN)
    return box.x, box.y, box.width, box.height


def line_of_caret(name):
    """The upper and lower edge, on the screen, of the first line of a field's text."""
    box = Atspi.Text.get_character_extents(field(name), 0, Atspi.CoordType.SCREEN)
    return box.y, box.y + box.height


# --- what a person does -----------------------------------------------------------------------------------------------


def keys(*names):
    run("xdotool", "key", "--delay", "40", *names)


def click(node, corner=False):
    """Clicks a node and moves on by a pixel, as a hand does; X passes the new text field on only with the next event."""
    x, y, width, height = bounds(node)
    x, y = (x + 12, y + 12) if corner else (x + width // 2, y + height // 2)
    run("xdotool", "mousemove", str(x), str(y), "click", "1")
    run("xdotool", "mousemove_relative", "1", "1")


def enter(name):
    click(find(name, *ENTRY), corner=True)
    # What is there stays: writing goes on at its end. A cell is only selected by a click, and F2 goes into it.
    if name == CELL:
        keys("F2")
    within(f"{name} does not get the keyboard", lambda: has_focus(name))
    if name != CELL:
        keys("ctrl+End")


def switch_on(name):
    """Switches kana on in a field that has the keyboard, by the keys of the trade, and tries them with one letter."""
    stands = text(name)
    for _ in range(12):
        keys("a")
        came = reads(name, stands + "あ", stands + "a")
        keys("BackSpace")
        reads(name, stands)
        if came.endswith("あ"):
            return
        if FRAMEWORK == "ibus":
            run("ibus", "engine", "mozc-jp")
        else:
            keys("ctrl+space")
        time.sleep(0.2)
    raise Failed(f"{FRAMEWORK} is not to be switched on")


def compose(name, romaji, kana, stands=""):
    """Types letter by letter, each when the one before is seen, as a person does."""
    for letter in romaji:
        before = text(name)
        keys(letter)
        within(f"{name} does not take {letter} after {before}", lambda before=before: text(name) != before)
    reads(name, stands + kana)


def write(name, romaji, kana, kanji, stands=""):
    """Composes, converts and confirms a word at the end of a field that holds `stands`."""
    compose(name, romaji, kana, stands)
    keys("space")
    reads(name, stands + kanji)
    keys("Return")
    reads(name, stands + kanji)
    if not has_focus(name):
        raise Failed(f"the Enter that confirms a candidate left {name}")


def shoot(name):
    run("import", "-window", "root", f"{PICTURES}/ime-{FRAMEWORK}-{name}.png")


# --- the windows of the input method ----------------------------------------------------------------------------------


def windows():
    """The windows on the screen, by number, as (x, y, width, height)."""
    found = {}
    for window in run("xdotool", "search", "--onlyvisible", "--maxdepth", "1", "--class", "").split():
        said = run("xdotool", "getwindowgeometry", "--shell", window).split()
        box = dict(line.split("=") for line in said if "=" in line)
        if {"X", "Y", "WIDTH", "HEIGHT"} <= box.keys():
            found[window] = tuple(int(box[key]) for key in ("X", "Y", "WIDTH", "HEIGHT"))
    return found


def candidates(before):
    return [box for window, box in windows().items() if window not in before and box[2] > 40 and box[3] > 40]


# --- the scenes -------------------------------------------------------------------------------------------------------

COMMENT = "1 肯定的意見"
CELL = "A-P-1 肯定的意見"
SEARCH = "探す言葉"


def go_to_the_comments():
    within("the window shows nothing to a screen reader", program)
    click(find("A ", "toggle button", nth=1, start=True))
    click(find("コメント", "page tab"))
    find(CELL, *ENTRY)
    keys("ctrl+b")
    click(find("1 にコメントを書く", "push button"))
    find(COMMENT, *ENTRY)


def candidates_stand_below():
    """A comment takes a word, and the list of candidates leaves its line in sight."""
    enter(COMMENT)
    switch_on(COMMENT)
    before = windows()
    compose(COMMENT, "nihongo", "にほんご")
    keys("space")
    reads(COMMENT, "日本語")
    keys("space")
    box = within("no list of candidates", lambda: candidates(before))[0]
    shoot("candidates")
    top, bottom = line_of_caret(COMMENT)
    say(f"the line is at {top} to {bottom}, the candidates at {box[1]} to {box[1] + box[3]}")
    if box[1] < bottom - 2:
        raise Failed(f"the candidates at {box} cover the line that ends at {bottom}")
    keys("Up")
    reads(COMMENT, "日本語")
    keys("Return")
    within("the candidates stay", lambda: not candidates(before))
    reads(COMMENT, "日本語")


def the_mode_survives(cell):
    """From the comment to a cell of a table and back: kana is still on."""
    enter(CELL)
    write(CELL, "hyouka", "ひょうか", "評価", cell)
    enter(COMMENT)
    write(COMMENT, "sora", "そら", "空", "日本語")


def the_search_takes_it():
    """Ctrl+F in the middle of writing, and what is looked for is written in kana that are still on."""
    keys("ctrl+f")
    within("Ctrl+F leads to no search", lambda: has_focus(SEARCH))
    # What it offers to look for, if anything, is selected and gives way.
    keys("ctrl+a", "BackSpace")
    reads(SEARCH, "")
    write(SEARCH, "nihongo", "にほんご", "日本語")
    shoot("search")
    keys("Escape")
    within("Esc does not close the search", lambda: not matching(SEARCH, ENTRY))
    enter(COMMENT)
    reads(COMMENT, "日本語空")


def elsewhere_in_mid_composition(cell):
    """A click into another field, and one beside all fields, in the middle of a word."""
    compose(COMMENT, "toukyou", "とうきょう", "日本語空")
    enter(CELL)
    reads(COMMENT, "日本語空とうきょう")
    reads(CELL, cell + "評価")
    switch_on(CELL)
    write(CELL, "umi", "うみ", "海", cell + "評価")
    compose(CELL, "yama", "やま", cell + "評価海")
    click(find("評価票", "heading", "label"))
    within("the cell keeps the keyboard", lambda: not has_focus(CELL))
    reads(CELL, cell + "評価海やま")
    enter(COMMENT)
    switch_on(COMMENT)
    write(COMMENT, "keizai", "けいざい", "経済", "日本語空とうきょう")


def saved(given, cell):
    """Ctrl+S, and the dossier holds what was written, each once, and nothing else has changed."""
    before = pathlib.Path(DOSSIER).stat().st_mtime_ns
    keys("ctrl+s")
    within("Ctrl+S does not save", lambda: pathlib.Path(DOSSIER).stat().st_mtime_ns != before)
    holds = json.loads(run(HYOKA, "show", DOSSIER))
    comments = project(given)["evaluation"]["comments"]
    here = next(row for row in comments if row["text"] == cell)
    here["text"] = cell + "評価海やま"
    written = project(holds)["evaluation"]["comments"]
    new = [row for row in written if row["id"] not in {row["id"] for row in comments}]
    if [row["text"] for row in new] != ["日本語空とうきょう経済"]:
        raise Failed(f"the new comments are {new}")
    written.remove(new[0])
    if holds != given:
        raise Failed("something else than what was written has changed")


def project(dossier):
    return next(project for project in dossier["projects"] if project["id"] == "A")


def main():
    Atspi.init()
    given = json.loads(run(HYOKA, "show", DOSSIER))
    go_to_the_comments()
    cell = text(CELL)
    for scene, what in (
        (candidates_stand_below, "a comment takes 日本語, the candidates stand below its line"),
        (lambda: the_mode_survives(cell), "a cell takes 評価, the input mode survives the change of field"),
        (the_search_takes_it, "the search takes 日本語"),
        (lambda: elsewhere_in_mid_composition(cell), "clicking elsewhere in mid-composition"),
        (lambda: saved(given, cell), "what was written is what is saved"),
    ):
        begin = time.monotonic()
        scene()
        say(f"{what} ({time.monotonic() - begin:.1f} s)")
    shoot("done")


try:
    main()
except Failed as failed:
    shoot("failed")
    print(f"{FRAMEWORK}: {failed}", file=sys.stderr)
    sys.exit(1)
