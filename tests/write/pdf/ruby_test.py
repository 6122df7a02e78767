#!/usr/bin/python3
"""Readings above their bases: ruby_test.py BUILD

The content streams are read: a reading is half as large as its base and stands above it, or under it; what is in rp is there for
whoever finds, copies or hears it, in its own element, and isn't painted; the picture of the page doesn't know of it either.
"""
import pathlib, subprocess, sys, tempfile
import pikepdf

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from checks import OCTAVO, check, finish

STYLE = "@page { size: 4in 4in; margin: 0.5in } body { font: 10pt/16pt 'Linux Libertine O' } .under { ruby-position: under }"
BARE = "One <ruby>base<rt>gloss</rt></ruby> stands, [another <ruby>line<rt>row</rt></ruby>]{.under} too.\n"
BRACKETS = BARE.replace("<rt>", "<rp>(</rp><rt>").replace("</rt>", "</rt><rp>)</rp>")


class Shown:
    """What the marked content with each number shows: size and height of its text, and whether it is painted."""

    def __init__(self, page):
        self.by_number = {}
        size = y = mode = number = 0
        for operands, operator in pikepdf.parse_content_stream(page):
            op = str(operator)
            if op == "BT":
                y = 0
            elif op == "Td":
                y += float(operands[1])
            elif op == "Tf":
                size = float(operands[1])
            elif op == "Tr":
                mode = int(operands[0])
            elif op == "BDC" and "/MCID" in operands[1]:
                number = int(operands[1].MCID)
            elif op in ("TJ", "Tj"):
                self.by_number.setdefault(number, []).append((size, y, mode))
        self.mode = mode


def elements(e):
    """All below, in the order of reading."""
    kids = e.get("/K", [])
    for k in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(k, pikepdf.Dictionary) and "/S" in k:
            yield k
            yield from elements(k)


def numbers(e):
    kids = e.get("/K", [])
    return [int(k) for k in (kids if isinstance(kids, pikepdf.Array) else [kids]) if not isinstance(k, pikepdf.Dictionary)]


def rubies(path):
    """Of each Ruby, its elements with what they show first."""
    with pikepdf.open(path) as pdf:
        shown = Shown(pdf.pages[0])
        for ruby in elements(pdf.Root.StructTreeRoot):
            if ruby.S == "/Ruby":
                yield [(str(e.S)[1:], *shown.by_number[numbers(e)[0]][0]) for e in elements(ruby)]


def make(at, text, *more):
    (at / "a.md").write_text(text)
    return subprocess.run([OCTAVO, "a.md", "-s", "./a.css", "-m", "title=Readings", "-o", "a.pdf", "-o", "a.png", *more], cwd=at,
                          capture_output=True, text=True, timeout=120)


with tempfile.TemporaryDirectory() as folder:
    at = pathlib.Path(folder)
    (at / "a.css").write_text(STYLE)
    for standard in "12":
        done = make(at, BARE, "--pdf-standard", standard)
        bare = (at / "a.png").read_bytes()
        found = list(rubies(at / "a.pdf"))
        check(f"{standard}: a Ruby is RB and RT", [[e[0] for e in r] for r in found] == [["RB", "RT"]] * 2, done.stderr or found)
        check(f"{standard}: half as large", all(r[1][1] * 2 == r[0][1] == 10 for r in found), found)
        over, under = (r[1][2] - r[0][2] for r in found)
        check(f"{standard}: above its base, and under it", 6.5 < over < 10 and -7 < under < -3.5, (over, under))
        make(at, BRACKETS, "--pdf-standard", standard)
        found = list(rubies(at / "a.pdf"))
        check(f"{standard}: with brackets, RB, RP, RT, RP", [[e[0] for e in r] for r in found] == [["RB", "RP", "RT", "RP"]] * 2, found)
        check(f"{standard}: brackets aren't painted, all else is", all((e[3] == 3) == (e[0] == "RP") for r in found for e in r), found)
        check(f"{standard}: brackets take no room", (at / "a.png").read_bytes() == bare)
        with pikepdf.open(at / "a.pdf") as pdf:
            check(f"{standard}: text behind them is painted", Shown(pdf.pages[0]).mode == 0)
        text = subprocess.run(["pdfinfo", "-struct-text", at / "a.pdf"], capture_output=True, text=True).stdout.replace("\u00ad", "")
        said = "".join(line.strip()[1:-1] for line in text.splitlines() if line.strip().startswith('"'))
        check(f"{standard}: the tags say all of it", "One base(gloss) stands, another line(row) too." in said, said)
finish()
