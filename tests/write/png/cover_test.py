#!/usr/bin/python3
"""Covers: their size, colours and contrast in each style; long, wide and missing words; what the e-book has of them:
cover_test.py BUILD"""
import collections, pathlib, re, sys, tempfile, zipfile

sys.path[:0] = [str(p) for p in pathlib.Path(__file__).resolve().parents[:3]]
from checks import ROOT, check, finish
from contrast import contrast
from drawn import STYLES, octavo
from reading import read_png


def styled(style):
    """The colours of the sheet's cover: of the grounds, and of each ink with the ground that it stands on."""
    sheet = re.sub(r"/\*.*?\*/", "", (ROOT / f"styles/{style}.css").read_text(), flags=re.S)
    hexes = lambda text, name: [tuple(bytes.fromhex(h)) for h in re.findall(rf"(?<![-\w]){name}:\s*#([0-9a-f]{{6}})", text)]
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", sheet)
    page = next(body for head, body in rules if "@page cover" in head)
    grounds = {"": hexes(page, "background-color")[0]}
    inks = []
    for head, body in rules:
        if ".cover" not in head or ".card" in head:
            continue
        if hexes(body, "background-color"):
            grounds["head"] = hexes(body, "background-color")[0]
        inks += [(head.strip().splitlines()[-1], ink, hexes(body, "background-color")) for ink in hexes(body, "color")]
    return grounds, inks


LONG = "An Inquiry into the Nature and Causes of the Wealth of Nations, Together with an Account of the Sublime " * 3
CASES = {
    "short": ["-m", "title=Q"],
    "usual": ["-m", "title=Against Footnotes", "-m", "subtitle=An Essay", "-m", "author=Jane Doe", "-m", "publisher=A Press"],
    "long": ["-m", f"title={LONG}", "-m", "author=A", "-m", "author=B"],
    "wide": ["-m", "title=Donaudampfschifffahrtsgesellschaftskapitänsmütze", "-m", "language=de"],
    "crowd": ["-m", "title=Proceedings", *[w for i in range(30) for w in ("-m", f"author=Author Number {i}")]],
    "leftwards": ["-m", "title=كتاب عن الحواشي", "-m", "language=ar"],
}

with tempfile.TemporaryDirectory() as t:
    t = pathlib.Path(t)
    (t / "a.md").write_text("# A Title\n\nText.\n")
    seen = set()
    for style in STYLES:
        grounds, inks = styled(style)
        for where, ink, own in inks:
            for ground in own or ([grounds[""]] if "foot" in where or "head" not in grounds else grounds.values()):
                if own or where == ".cover" and "head" in grounds and ground == grounds["head"]:
                    if not own:
                        continue   # the head has an ink of its own
                check(f"{style}: {where}: {contrast(ink, ground):.2f} to 1", contrast(ink, ground) >= 4.5)
        for case, words in CASES.items():
            out = t / f"{style}-{case}.png"
            p = octavo(t / "a.md", "-s", style, "--cover", out, *words)
            check(f"{style}, {case}: {p.stderr}", p.returncode == 0 and out.exists())
            data = out.read_bytes()
            width, height, kind, _, rows, palette, _ = read_png(data)
            check(f"{style}, {case}: {width} by {height}", (width, height) == (1600, 2560))
            check(f"{style}, {case}: colour type {kind}, {len(data)} bytes", kind == 3 and len(data) < 200_000)
            common = collections.Counter(b"".join(rows[::7])).most_common(1)[0][0]
            check(f"{style}, {case}: the ground is {palette[common]}", palette[common] in grounds.values())
            edge = {palette[i] for row in rows for i in (row[0], row[-1], row[20], row[-20])}
            check(f"{style}: a word sticks out", case != "wide" or edge <= set(grounds.values()) | {(0xf0, 0xa2, 0x2e)})
            seen.add(data)
    check("each cover is its own", len(seen) == len(STYLES) * len(CASES))

    # the name cover.png, the same bytes
    octavo(t / "a.md", "-s", "book", "-o", t / "cover.png", *CASES["usual"])
    check("-o cover.png is that of --cover", (t / "cover.png").read_bytes() == (t / "book-usual.png").read_bytes())
    p = octavo(t / "a.md", "--cover", t / "c.jpg")
    check(f"a cover as JPEG: {p.stderr}", p.returncode == 3 and "output.format" in p.stderr)

    # a date alone, which the style doesn't show, takes nothing from the title
    for kind in ("cover", "card"):
        for name, words in (("dated", ["-m", "date=2026-11-24"]), ("undated", [])):
            octavo(t / "a.md", "-s", "essay", f"--{kind}", t / f"{kind}-{name}.png", *words)
        check(f"{kind}: a date that isn't shown", (t / f"{kind}-dated.png").read_bytes() == (t / f"{kind}-undated.png").read_bytes())

    # a sheet that has no rules for covers
    (t / "own.css").write_text("html { font: 11pt/14pt serif } @page { size: a5; margin: 9pt; @top-left { content: 'head' } }")
    octavo(t / "a.md", "-s", t / "own.css", "--cover", t / "own.png")
    check("black on white for a sheet without rules", read_png((t / "own.png").read_bytes())[5][0] == (255, 255, 255))

    # in the e-book
    def book(*words):
        p = octavo(t / "a.md", "-o", t / "b.epub", *words)
        check(p.stderr, p.returncode == 0)
        z = zipfile.ZipFile(t / "b.epub")
        return z, z.read("EPUB/package.opf").decode()

    z, opf = book("-s", "book", *CASES["usual"])
    check("the e-book's cover is that picture", z.read("EPUB/images/cover.png") == (t / "cover.png").read_bytes())
    check("cover-image in the manifest", 'href="images/cover.png" media-type="image/png" properties="cover-image"' in opf)
    check("the cover has its words beside it", 'alt="Cover: Against Footnotes"' in z.read("EPUB/cover.xhtml").decode())
    z, opf = book("-m", "cover=none")
    check("cover=none: no cover", "cover" not in opf and "EPUB/cover.xhtml" not in z.namelist())
    octavo(t / "a.md", "-m", "cover=none", "-o", t / "only.png", "--cover", t / "n.png", "-o", t / "n.epub")
    check("a file, but none in the e-book", (t / "n.png").exists() and "EPUB/cover.xhtml" not in zipfile.ZipFile(t / "n.epub").namelist())

    # a character that no font has
    p = octavo(t / "a.md", "-o", t / "f.epub", "--cover", t / "f.png", "-m", "title=A \U0010fffd")
    check(f"a character without a glyph: {p.stderr}", p.returncode == 0 and "cover.character" in p.stderr and "U+10FFFD" in p.stderr)
    check("no empty box on an e-book", (t / "f.png").exists() and "EPUB/cover.xhtml" not in zipfile.ZipFile(t / "f.epub").namelist())

    # the source's own
    picture = (t / "short.png")
    picture.write_bytes((t / "essay-short.png").read_bytes())
    z, opf = book("-m", "cover=short.png", "--cover", t / "given.png")
    check("the source's own cover", z.read("EPUB/images/short.png") == picture.read_bytes() == (t / "given.png").read_bytes())
    (t / "images").mkdir()
    (t / "images/cover.png").write_bytes(picture.read_bytes())
    (t / "a.md").write_text("# A Title\n\n![words](images/cover.png)\n")
    z, opf = book()
    check(f"a picture called cover: {z.namelist()}", {"EPUB/images/cover.png", "EPUB/images/cover-2.png"} <= set(z.namelist()))

finish()
