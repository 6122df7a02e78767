#!/usr/bin/python3
"""SVG in files and among the text: cleaned in the e-book, drawn in the PDF and on previews; drawings_test.py BUILD"""
import pathlib, subprocess, sys, tempfile, zipfile
import pikepdf

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from checks import OCTAVO, check, finish

FILE = """<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20" onload="go()"><script>go()</script>
<style>@import "a;b.css"; @keyframes flash { from { opacity: 0 } to { opacity: 1 } } @\\69 mport url(go.css);
rect { fill: u\\72 l("https://a.example/go).png"); cursor: image-set("go().png" 1x) } circle { fill: url( '#ink' ) }</style>
<rect width="40" height="20" fill="#c00"><animate attributeName="fill" values="red;white" dur="0.1s"/><set attributeName="x"/></rect>
<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">go()</p></foreignObject></svg>"""
TEXT = """# Drawings

A file, ![a red field](field.svg), and <svg xmlns="http://www.w3.org/2000/svg" class="dot" width="20" height="20"
onclick="go()"><title>a dot</title><a href="https://a.example"><circle cx="10" cy="10" r="9"/></a></svg> in the line.

<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" aria-label="a square"><rect width="9" height="9"/></svg>
"""


with tempfile.TemporaryDirectory() as t:
    t = pathlib.Path(t)
    (t / "field.svg").write_text(FILE)
    (t / "a.md").write_text(TEXT)
    run = subprocess.run([OCTAVO, "a.md", "-o", "a.epub", "-o", "a.pdf", "-o", "a.png"], cwd=t, capture_output=True, text=True)
    check(f"it is said: {run.stderr}", run.returncode == 0 and not run.stderr)
    book = zipfile.ZipFile(t / "a.epub")
    page = book.read("EPUB/text.xhtml").decode()
    check(page, '<img src="images/drawing-1.svg" alt="a dot" class="dot"/>' in page)
    check(page, 'alt="a square"' in page and "<svg" not in page)
    drawings = [book.read(n).decode() for n in book.namelist() if n.endswith(".svg")]
    check(f"three drawings: {book.namelist()}", len(drawings) == 3)
    check(f"cleaned: {drawings}", not any(w in d for d in drawings for w in ("go()", "script", "example")))
    check(f"still: {drawings}", not any(w in d for d in drawings for w in ("animate", "<set", "keyframes", "import", "b.css")))
    check(f"its style: {drawings}", any("rect { fill: none; cursor: none } circle { fill: url( '#ink' ) }" in d for d in drawings))
    check(f"in their name space: {drawings}", all("http://www.w3.org/2000/svg" in d for d in drawings))
    with pikepdf.open(t / "a.pdf") as pdf:
        forms = [x for p in pdf.pages for _, x in p.Resources.get("/XObject", pikepdf.Dictionary()).items()
                 if x.get("/Subtype") == "/Form"]
        check(f"{len(forms)} drawings in the PDF", len(forms) == 3)
        check("none of them in pixels", not [i for p in pdf.pages for i in p.images.values()])
    check("a preview", (t / "a.png").stat().st_size > 1000)
finish()
