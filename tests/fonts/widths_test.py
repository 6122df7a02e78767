#!/usr/bin/python3
"""A CFF font whose metrics disagree with its charstrings: widths_test.py BUILD

Widens some letters in hmtx alone, as a careless program may. What is embedded keeps the widths of its charstrings, so the PDF
must state these and still show each letter where the text was set: all standards hold.
"""
import pathlib, subprocess, sys, tempfile
import pikepdf
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from checks import OCTAVO, ROOT, check, finish

JUDGE = ROOT.parent / "shared/judges/pdfjudge"
STYLE = "html { font-family: Odd; font-size: 10pt; text-align: left } @page { size: 300pt 300pt; margin: 30pt }\n" \
        "@font-face { font-family: Odd; src: url(odd.otf) } p { margin: 0; text-indent: 0 }\n"


def odd(path):
    """Bars, 400 wide by their charstrings; m is 440 wide by hmtx."""
    letters = [chr(c) for c in range(97, 123)] + ["period"]
    names = [".notdef", "space", *letters]
    strings = {}
    for n in names:
        pen = T2CharStringPen(300, None)
        if n != "space":
            pen.moveTo((50, 0)), pen.lineTo((50, 700)), pen.lineTo((150, 700)), pen.lineTo((150, 0)), pen.closePath()
        strings[n] = pen.getCharString()
    f = FontBuilder(1000, isTTF=False)
    f.setupGlyphOrder(names)
    f.setupCharacterMap({32: "space", 46: "period", **{c: chr(c) for c in range(97, 123)}, **{c: chr(c + 32) for c in range(65, 91)}})
    f.setupCFF("Odd-Regular", {"FullName": "Odd Regular"}, strings, {"defaultWidthX": 400, "nominalWidthX": 100})
    f.setupHorizontalMetrics({n: (440 if n == "m" else 400, 0 if n == "space" else 50) for n in names})
    f.setupHorizontalHeader(ascent=800, descent=-200)
    f.setupNameTable({"familyName": "Odd", "styleName": "Regular", "psName": "Odd-Regular"})
    f.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200, sxHeight=500, sCapHeight=700)
    f.setupPost()
    f.save(path)


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    odd(folder / "odd.otf")
    (folder / "odd.css").write_text(STYLE)
    (folder / "odd.md").write_text("---\ntitle: odd\n---\n\nmama mia. mmmm a.\n")
    for standard in "12":
        pdf = folder / f"odd-{standard}.pdf"
        r = subprocess.run([OCTAVO, folder / "odd.md", "-s", folder / "odd.css", "--pdf-standard", standard, "-o", pdf],
                           capture_output=True, text=True)
        check("made", r.returncode == 0 and "pdf.font" not in r.stderr, r.stderr)
        with pikepdf.open(pdf) as made:
            fonts = [o for o in made.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Subtype") == "/Type1"]
            widths = {float(x) for f in fonts if "Odd" in str(f.BaseFont) for x in f.Widths}
            check("widths are the program's", widths == {400}, widths)
        words = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, text=True).stdout
        check("letters stand apart as they were set", "mmmm</word>" in words and ">mama</word>" in words, words)
        if JUDGE.exists():
            r = subprocess.run([JUDGE, pdf], capture_output=True, text=True)
            check(f"pdfjudge {standard}", r.returncode == 0, r.stdout)
        else:
            print("skipped: ../shared/judges is not there")
finish()
