#!/usr/bin/python3
"""Variable fonts in the PDF: variable_test.py BUILD

Makes a font with a weight axis and sets a text with it, once through @font-face and once as an installed font with named
instances. What is embedded must be plain instances: their outlines and widths those of the weight, no variation tables left.
"""
import io, os, pathlib, subprocess, sys, tempfile
import pikepdf
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.TupleVariation import TupleVariation

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from checks import OCTAVO, ROOT, check, finish

JUDGE = ROOT.parent / "shared/judges/pdfjudge"
STYLE = "html { font-family: Varied; font-size: 11pt } @page { size: 300pt 300pt; margin: 30pt }\n" \
        "strong { font-weight: 900 } h1 { font-weight: 400 }\n"
SOURCE = "# head\n\nsome text **bold text** more.\n"


def varied(path):
    """Letters are bars, 100 units wide and 400 apart at weight 400, 300 and 600 at weight 900."""
    letters = [chr(c) for c in range(97, 123)] + ["period"]
    names = [".notdef", "space", *letters]
    pen = TTGlyphPen(None)
    for x, y in ((50, 0), (50, 700), (150, 700), (150, 0)):
        (pen.lineTo if (x, y) != (50, 0) else pen.moveTo)((x, y))
    pen.closePath()
    bar, empty = pen.glyph(), TTGlyphPen(None).glyph()
    f = FontBuilder(1000, isTTF=True)
    f.setupGlyphOrder(names)
    f.setupCharacterMap({32: "space", 46: "period", **{c: chr(c) for c in range(97, 123)}, **{c: chr(c + 32) for c in range(65, 91)}})
    f.setupGlyf({n: empty if n == "space" else bar for n in names})
    f.setupHorizontalMetrics({n: (400, 0 if n == "space" else 50) for n in names})
    f.setupHorizontalHeader(ascent=800, descent=-200)
    f.setupNameTable({"familyName": "Varied", "styleName": "Regular", "psName": "Varied-Regular"})
    f.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200, sxHeight=500, sCapHeight=700)
    f.setupPost()
    f.setupFvar([("wght", 400, 400, 900, "Weight")], [{"location": {"wght": 400}, "stylename": "Regular"},
                                                      {"location": {"wght": 900}, "stylename": "Black"}])
    wider, phantom = [(0, 0), (0, 0), (200, 0), (200, 0)], [(0, 0), (200, 0), (0, 0), (0, 0)]
    f.setupGvar({n: [TupleVariation({"wght": (0, 1, 1)}, (wider if n != "space" else []) + phantom)] for n in names})
    f.save(path)


def embedded(path):
    """Of each font program: the widest bar, the usual width in the PDF, its tables."""
    found = []
    with pikepdf.open(path) as pdf:
        for o in pdf.objects:
            if isinstance(o, pikepdf.Dictionary) and o.get("/Subtype") == "/CIDFontType2":
                font = TTFont(io.BytesIO(o.FontDescriptor.FontFile2.read_bytes()))
                widest = max(g.xMax - g.xMin for g in (font["glyf"][n] for n in font.getGlyphOrder()) if g.numberOfContours)
                found.append((widest, float(o.DW), sorted(set(font.keys()) & {"fvar", "gvar", "avar", "HVAR", "MVAR", "cvar"})))
    return sorted(found)


def try_one(what, folder, style, env=None):
    (folder / "style.css").write_text(style)
    out = folder / f"{what}.pdf"
    r = subprocess.run([OCTAVO, folder / "t.md", "-s", folder / "style.css", "-o", out], capture_output=True, text=True,
                       env={**os.environ, **(env or {})})
    check(f"{what}: made", r.returncode == 0 and out.exists(), r.stderr)
    if not out.exists():
        return
    fonts = embedded(out)
    check(f"{what}: both weights", [f[:2] for f in fonts] == [(100, 400), (300, 600)], fonts)
    check(f"{what}: no variations left", not any(f[2] for f in fonts), fonts)
    if JUDGE.exists():
        judged = subprocess.run([JUDGE, "--flavour", "ua1", "--flavour", "2a", out], capture_output=True, text=True)
        check(f"{what}: pdfjudge", judged.returncode == 0, judged.stdout)


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    (folder / "t.md").write_text(SOURCE)
    (folder / "installed").mkdir()
    varied(folder / "installed/varied.ttf")
    faces = "".join(f'@font-face {{ font-family: Varied; src: url("installed/varied.ttf"); font-weight: {w} }}\n' for w in (400, 900))
    try_one("font-face", folder, faces + STYLE)
    (folder / "fonts.conf").write_text(f'<?xml version="1.0"?><fontconfig><dir>{folder}/installed</dir>'
                                       f"<cachedir>{folder}/cache</cachedir></fontconfig>")
    try_one("installed", folder, STYLE, {"FONTCONFIG_FILE": str(folder / "fonts.conf")})
finish()
