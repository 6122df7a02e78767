#!/usr/bin/python3
"""Where glyphs stand in a PDF: places_test.py BUILD

The writer tells a line's word spaces once and leaves out moves that nobody sees. So the pen is followed through the content
streams, by the widths that the fonts state: wherever a text of the layout (.frames) begins, also in the middle of a line, a glyph
must stand, to within the width of a hair. In simple fonts the code 32 must be the space and no other glyph, since Tw widens it.
"""
import collections, pathlib, re, subprocess, sys, tempfile
import pikepdf

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from checks import OCTAVO, ROOT, check, finish

HAIR = 0.1      # points


class Font:
    def __init__(self, font):
        self.simple = font.Subtype == "/Type1"
        map = font.ToUnicode.read_bytes().decode()
        self.space = {int(c, 16) for c, u in re.findall(r"<(\w+)><(\w+)>\n", map) if u == "0020"}
        self.code_32 = re.findall(r"^<20><(\w+)>$", map, re.M) if self.simple else []
        if self.simple:
            self.width = collections.defaultdict(float, {int(font.FirstChar) + i: float(w) for i, w in enumerate(font.Widths)})
            return
        below = font.DescendantFonts[0]
        self.width = collections.defaultdict(lambda: float(below.get("/DW", 1000)))
        for first, widths in zip(list(below.get("/W", []))[::2], list(below.get("/W", []))[1::2]):
            self.width.update({int(first) + i: float(w) for i, w in enumerate(widths)})

    def codes(self, data):
        return list(data) if self.simple else [data[i] << 8 | data[i + 1] for i in range(0, len(data), 2)]


def glyphs(page, fonts):
    """The place of each glyph on a page, from its top left corner."""
    x = y = line_x = line_y = word = letter = 0.0
    stretch, size, font = 1.0, 0.0, None
    height = float(page.MediaBox[3])
    for operands, operator in pikepdf.parse_content_stream(page):
        numbers = [float(v) for v in operands if isinstance(v, (int, float)) or type(v).__name__ == "Decimal"]
        op = str(operator)
        if op == "BT":
            x = y = line_x = line_y = 0.0
        elif op == "Td":
            line_x, line_y = line_x + numbers[0], line_y + numbers[1]
            x, y = line_x, line_y
        elif op == "Tf":
            font, size = fonts[str(operands[0])], numbers[0]
        elif op == "Tw":
            word = numbers[0]
        elif op == "Tc":
            letter = numbers[0]
        elif op == "Tz":
            stretch = numbers[0] / 100
        elif op == "TJ":
            for part in operands[0]:
                if not isinstance(part, pikepdf.String):
                    x -= float(part) * size * stretch / 1000
                    continue
                for code in font.codes(bytes(part)):
                    yield x, height - y
                    x += (font.width[code] * size / 1000 + letter + word * (font.simple and code == 32)) * stretch


def starts(frames):
    """The texts' starts of each page."""
    pages = []
    for line in frames.splitlines():
        if line.startswith("page "):
            pages.append([])
        m = re.match(r"  text (-?[\d.]+) (-?[\d.]+) .*?\"([^ ].*)\"$", line)     # a space before the first word is the painter's
        if m:
            pages[-1].append((float(m[1]), float(m[2]), m[3]))
    return pages


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    for source in (ROOT / "content/essay.md", ROOT / "tests/write/pdf/sources/everything.md"):
        (folder / "p.png").write_bytes(b"")
        pdf, frames = folder / f"{source.stem}.pdf", folder / f"{source.stem}.frames"
        subprocess.run([OCTAVO, source, "-q", "-o", pdf, "-o", frames], capture_output=True)
        with pikepdf.open(pdf) as made:
            fonts = {}
            for page in made.pages:
                fonts.update({k: Font(v) for k, v in page.Resources.Font.items() if k not in fonts})
            check(f"{source.stem}: simple fonts are used", any(f.simple for f in fonts.values()))
            for key, f in fonts.items():
                check(f"{source.stem}: code 32 of {key} is a space", f.code_32 in ([], ["0020"]), f.code_32)
            texts, lost = 0, []
            for number, (page, wanted) in enumerate(zip(made.pages, starts(frames.read_text(encoding="utf-8"))), 1):
                there = collections.defaultdict(list)
                for x, y in glyphs(page, fonts):
                    there[round(y)].append((x, y))
                for x, y, text in wanted:
                    near = [p for row in (round(y) - 1, round(y), round(y) + 1) for p in there[row]]
                    texts += 1
                    if not any(abs(px - x) <= HAIR and abs(py - y) <= HAIR for px, py in near):
                        lost.append((number, x, y, text[:30], min((abs(px - x) for px, py in near), default="-")))
            check(f"{source.stem}: texts were looked for", texts > 100, texts)
            check(f"{source.stem}: texts stand where they were set", not lost, lost[:5])
    # Spaces that stand alone between two elements belong to neither.
    (folder / "s.md").write_text("---\ntitle: s\n---\n\nOne[^1] *two* **three** ~~four~~ `five` *six* [^2] *seven* end.\n\n[^1]: a\n[^2]: b\n")
    for standard in "12":
        subprocess.run([OCTAVO, folder / "s.md", "-q", "--pdf-standard", standard, "-o", folder / "s.pdf"])
        tree = subprocess.run(["pdfinfo", "-struct-text", folder / "s.pdf"], capture_output=True, text=True).stdout
        text = "".join(re.findall(r'^ *"(.*)"$', tree, re.M))
        check(f"spaces between elements {standard}", "One1 two three four five six 2 seven end." in text, text)
finish()
