#!/usr/bin/python3
"""Typefaces in the e-book: those of @font-face, those of embed-fonts, none otherwise; fonts_test.py BUILD"""
import io, pathlib, subprocess, sys, tempfile, zipfile
from fontTools.ttLib import TTFont

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from checks import OCTAVO, check, finish

TEXT = "# A title\n\nThe words, with *emphasis* and an ŏ and γράμματα in them.\n"


def installed(family):
    said = subprocess.run(["fc-match", "-f", "%{file}", family], capture_output=True, text=True, check=True).stdout
    return pathlib.Path(said)


def make(folder, *words, css=None):
    (folder / "a.md").write_text(TEXT, encoding="utf-8")
    if css:
        (folder / "s.css").write_text(css)
        words += ("-s", "s.css")
    said = subprocess.run([OCTAVO, "a.md", "-o", "a.epub", *words], cwd=folder, capture_output=True, text=True)
    book = zipfile.ZipFile(io.BytesIO((folder / "a.epub").read_bytes()))
    return said.stderr, book, [n for n in book.namelist() if "/fonts/" in n]


def allow(path, bits):
    font = TTFont(path)
    font["OS/2"].fsType = bits
    font.save(path)


with tempfile.TemporaryDirectory() as t:
    t = pathlib.Path(t)
    face = "@font-face { font-family: Mine; src: url(mine.ttf); font-style: italic; }\n"
    (t / "mine.ttf").write_bytes(installed("DejaVu Serif").read_bytes())
    said, book, fonts = make(t)
    check("Apple's switch without a font", "META-INF/com.apple.ibooks.display-options.xml" not in book.namelist())
    check("a font that nobody asked for", not fonts and "font-face" not in book.read("EPUB/base.css").decode())
    said, book, fonts = make(t, css=face + "body { font-family: Mine; }")
    check(f"one font: {fonts} {said}", len(fonts) == 1)
    css, opf = book.read("EPUB/base.css").decode(), book.read("EPUB/package.opf").decode()
    name = fonts[0].removeprefix("EPUB/")
    check(css, f'@font-face {{ font-family: "Mine"; font-weight: 400; font-style: italic; src: url({name}); }}' in css)
    check("the manifest", f'href="{name}" media-type="font/ttf"' in opf)
    check("Apple's switch", b"specified-fonts\">true<" in book.read("META-INF/com.apple.ibooks.display-options.xml"))
    check("the style asks for it", "font-family: Mine" in book.read("EPUB/style.css").decode())
    font = TTFont(io.BytesIO(book.read(fonts[0])))
    have = set(font.getBestCmap())
    check("the book's characters", {ord(c) for c in TEXT if c > " "} <= have)
    check("their other case, and no others", ord("Γ") in have and ord("ж") not in have)
    check("tables", "GPOS" in font and "OS/2" in font and "name" in font)
    first = (t / "a.epub").read_bytes()
    make(t, css=face + "body { font-family: Mine; }")
    check("the same bytes again", (t / "a.epub").read_bytes() == first)
    said, book, fonts = make(t, css=f"@media print {{ {face} }}")
    check("for print only", not fonts)
    allow(t / "mine.ttf", 0x100)
    said, book, fonts = make(t, css=face)
    check("one that must stay whole", len(fonts) == 1 and ord("ж") in TTFont(io.BytesIO(book.read(fonts[0]))).getBestCmap())
    allow(t / "mine.ttf", 2)
    said, book, fonts = make(t, css=face)
    check(f"one that may not be embedded: {said}", not fonts and "[fonts.licence]" in said)
    said, book, fonts = make(t, "-m", "embed-fonts=yes")
    check(f"embed-fonts: {fonts} {said}", len(fonts) == 4 and all(n.endswith(".otf") for n in fonts))
    check("the text's family", 'body { font-family: "Linux Libertine O", serif; }' in book.read("EPUB/base.css").decode())
    check("small capitals", "smcp" in {f.FeatureTag for f in TTFont(io.BytesIO(book.read(fonts[0])))["GSUB"].table.FeatureList.FeatureRecord})
    said, book, fonts = make(t, "-m", "embed-fonts=no")
    check("embed-fonts: no", not fonts)
finish()
