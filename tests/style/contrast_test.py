#!/usr/bin/python3
"""The colours that the styles give an e-book's text stand out by 4.5 to 1 (WCAG 2.2, 1.4.3) from the paper of the day, of sepia
and of the night, and none paints a paper of its own without an ink: contrast_test.py BUILD"""
# Not sanitized: every build gives the same sheet.
import itertools, pathlib, re, subprocess, sys, tempfile, zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from checks import OCTAVO, ROOT, check, finish
from contrast import contrast

PAPERS = {"day": "#ffffff", "sepia": "#f4ecd8", "night": "#121212"}
INHERITED = {"inherit", "currentcolor", "transparent", "none", "unset", "initial"}
NAMED = {"black": "#000000", "white": "#ffffff", "gray": "#808080", "grey": "#808080", "red": "#ff0000", "blue": "#0000ff"}


def rgb(colour):
    colour = NAMED.get(colour, colour)
    if re.fullmatch("#[0-9a-f]{3}", colour):
        colour = "#" + "".join(c * 2 for c in colour[1:])
    return [int(colour[i:i + 2], 16) for i in (1, 3, 5)]


def rules(sheet):
    """Selector and declarations of every rule, those inside @media too."""
    for prelude, body in re.findall(r"([^{}]+)\{([^{}]*)\}", re.sub(r"/\*.*?\*/", "", sheet, flags=re.S)):
        yield prelude.strip().splitlines()[-1], dict(re.findall(r"([\w-]+)\s*:\s*([^;]+);?", body.lower()))


check("the formula", abs(contrast(rgb("#000"), rgb("#fff")) - 21) < 1e-9 and round(contrast(rgb("#767676"), rgb("#ffffff")), 2) == 4.54)
for style in sorted((ROOT / "styles").glob("*.css")):
    if style.stem == "common":
        continue
    with tempfile.TemporaryDirectory() as t:
        subprocess.run([OCTAVO, ROOT / "content/essay.md", "-s", style, "-o", f"{t}/x.epub"], check=True, capture_output=True)
        book = zipfile.ZipFile(f"{t}/x.epub")
        sheets = [book.read(n).decode() for n in book.namelist() if n.endswith(".css")]
    for selector, says in itertools.chain(*map(rules, sheets)):
        ink = says.get("color", "inherit").replace("!important", "").strip()
        paper = says.get("background-color", says.get("background", "transparent")).replace("!important", "").strip()
        own = paper not in INHERITED
        check(f"{style.name}: {selector} has a background and leaves the colour to the reader", not own or ink not in INHERITED)
        for name, of_reader in PAPERS.items():
            under = paper if own else of_reader
            if ink in INHERITED:
                continue
            check(f"{style.name}: {selector}: {ink} on {under} ({name}) has {contrast(rgb(ink), rgb(under)):.2f} to 1", contrast(rgb(ink), rgb(under)) >= 4.5)
        check(selector, True)
finish()
