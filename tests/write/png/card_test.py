#!/usr/bin/python3
"""Cards for posts on the web: their size, ground and contrast in each style; words that are many, long or missing, of
which nothing is cut; how a card is asked for: card_test.py BUILD"""
import collections, pathlib, sys, tempfile

sys.path[:0] = [str(p) for p in pathlib.Path(__file__).resolve().parents[:3]]
from checks import check, finish
from contrast import contrast
from drawn import STYLES, octavo
from reading import read_png


def colours(path):
    """Rows of colours."""
    width, height, kind, _, rows, palette, _ = read_png(path.read_bytes())
    grey = kind == 0
    return [[(p, p, p) if grey else palette[p] for p in row] for row in rows]


def lines(rows, left=60, right=60):
    """Heights of the runs of rows in which there is ink."""
    runs, run = [], 0
    for row in rows:
        inner = row[left:len(row) - right]
        first = inner[0]
        if any(abs(p[0] - first[0]) + abs(p[1] - first[1]) + abs(p[2] - first[2]) > 90 for p in inner):
            run += 1
        elif run:
            runs.append(run)
            run = 0
    return runs + ([run] if run else [])


LONG = "An Inquiry into the Nature and Causes of the Wealth of Nations, Together with an Account of the Sublime "
CASES = {
    "short": ["-m", "title=Q"],
    "usual": ["-m", "title=Against Footnotes", "-m", "subtitle=An Essay", "-m", "author=Jane Doe", "-m", "publisher=A Press"],
    "full": ["-m", "title=The Illusion that Realism Is Driving Sino-Russian Relations", "-m", "author=Ada Example", "-m", "author=Ben Example",
             "-m", "subtitle=How two capitals came to believe in each other, and why it lasted longer than anybody thought",
             "-m", "publisher=The Friday Press", "-m", "series=Friday Letters", "-m", "series-number=12"],
    "long": ["-m", f"title={LONG * 3}", "-m", "author=A", "-m", "author=B"],
    "endless": ["-m", f"title={LONG * 9}", "-m", "author=A"],
    "wide": ["-m", "title=Donaudampfschifffahrtsgesellschaftskapitänsmütze", "-m", "language=de", "-m", "author=Ö"],
    "crowd": ["-m", "title=Proceedings", *[w for i in range(30) for w in ("-m", f"author=Author Number {i}")]],
}
OWN = "html { font: 11pt/14pt serif } @page { size: a5; margin: 9pt; @top-left { content: 'head' } }"

with tempfile.TemporaryDirectory() as t:
    t = pathlib.Path(t)
    (t / "a.md").write_text("# A Title\n\nText.\n")
    (t / "own.css").write_text(OWN)
    seen = set()
    for style in [*STYLES, t / "own.css"]:
        name = pathlib.Path(style).stem
        for case, words in CASES.items():
            out = t / f"{name}-{case}.png"
            p = octavo(t / "a.md", "-s", style, "--card", out, *words)
            check(f"{name}, {case}: {p.returncode} {p.stderr}", p.returncode == 0 and not p.stderr)
            data = out.read_bytes()
            rows = colours(out)
            check(f"{name}, {case}: {len(rows[0])} by {len(rows)}", (len(rows[0]), len(rows)) == (1200, 630))
            check(f"{name}, {case}: {len(data)} bytes", len(data) < 100_000)
            counted = collections.Counter(c for row in rows[::3] for c in row)
            grounds = [c for c, n in counted.most_common(2) if n > len(rows) * 60]
            ink = max(counted, key=lambda c: contrast(c, grounds[0]) * (counted[c] > 5))
            check(f"{name}, {case}: ink {ink} on {grounds[0]}", contrast(ink, grounds[0]) >= 4.5)
            edge = [row[x] for row in rows for x in (0, 4, -5, -1)] + [c for y in (0, 4, -5, -1) for c in rows[y]]
            check(f"{name}, {case}: something sticks out", all(c in grounds or contrast(c, grounds[0]) < 1.02 or style == "report" for c in edge))
            sides = [[row[x] for x in range(30)] + [row[-1 - x] for x in range(30)] for row in rows]
            if style != "book":  # its frame stands there
                check(f"{name}, {case}: words in the margin", all(len(set(s)) == 1 for s in sides))
            seen.add(data)
        heads = {case: lines(colours(t / f"{name}-{case}.png")) for case in CASES}
        check(f"{name}: longer titles are set smaller", max(heads["short"]) > max(heads["full"]) > max(heads["long"]))
        check(f"{name}: a title of {len(LONG) * 9} characters has {len(heads['endless'])} lines", len(heads["endless"]) >= 7)
        check(f"{name}: thirty authors in {len(heads['crowd'])} lines", len(heads["crowd"]) >= 5)
        check(f"{name}: a long word is divided: {heads['wide']}", len(heads["wide"]) >= 3)
    check("each card is its own", len(seen) == (len(STYLES) + 1) * len(CASES))

    # how it's asked for
    octavo(t / "a.md", "-s", "book", "-o", t / "card.png", *CASES["usual"])
    check("-o card.png is that of --card", (t / "card.png").read_bytes() == (t / "book-usual.png").read_bytes())
    p = octavo(t / "a.md", "--card", t / "c.jpg")
    check(f"a card as JPEG: {p.stderr}", p.returncode == 3 and "output.format" in p.stderr and "--card" in p.stderr)
    p = octavo(t / "a.md", "-o", t / "card.png", "--card", t / "card.png")
    check(f"twice the same: {p.stderr}", p.returncode == 3 and "output.twice" in p.stderr)
    (t / "both").mkdir()
    p = octavo(t / "a.md", "-o", t / "both/card.png", "-o", t / "both/cover.png", "-o", t / "both/page.png")
    sizes = {f.name: read_png(f.read_bytes())[:2] for f in (t / "both").iterdir()}
    check(f"all three: {sizes}", p.returncode == 0 and sizes["card.png"] == (1200, 630) and sizes["cover.png"] == (1600, 2560) and len(sizes) == 3)

    # the cover's ground where a sheet has none for cards
    (t / "cover.css").write_text("@page cover { background-color: #123456 } .cover { color: #ffffff }")
    octavo(t / "a.md", "-s", t / "cover.css", "--card", t / "g.png")
    check("the cover's ground", colours(t / "g.png")[0][0] == (0x12, 0x34, 0x56))

    # a character that no font has
    p = octavo(t / "a.md", "--card", t / "f.png", "-m", "title=A \U0010fffd")
    check(f"a character without a glyph: {p.stderr}", p.returncode == 0 and "cover.character" in p.stderr and (t / "f.png").exists())

finish()
