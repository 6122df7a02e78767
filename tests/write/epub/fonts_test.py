#!/usr/bin/python3
"""Typefaces in the e-book: those of @font-face, those of embed-fonts, none otherwise; fonts_test.py BUILD"""
import io, pathlib, subprocess, sys, tempfile, zipfile
from fontTools.ttLib import TTFont

ROOT = pathlib.Path(__file__).resolve().parents[3]
OCTAVO = (ROOT / (sys.argv[1] if len(sys.argv) > 1 else "build") / "octavo").resolve()
TEXT = "# A title\n\nThe words, with *emphasis* and an ŏ and γράμματα in them.\n"
passed = failed = 0


def check(ok, what):
    global passed, failed
    passed += bool(ok)
    failed += not ok
    if not ok:
        print("failed:", what)


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
    check("META-INF/com.apple.ibooks.display-options.xml" not in book.namelist(), "Apple's switch without a font")
    check(not fonts and "font-face" not in book.read("EPUB/base.css").decode(), "a font that nobody asked for")
    said, book, fonts = make(t, css=face + "body { font-family: Mine; }")
    check(len(fonts) == 1, f"one font: {fonts} {said}")
    css, opf = book.read("EPUB/base.css").decode(), book.read("EPUB/package.opf").decode()
    name = fonts[0].removeprefix("EPUB/")
    check(f'@font-face {{ font-family: "Mine"; font-weight: 400; font-style: italic; src: url({name}); }}' in css, css)
    check(f'href="{name}" media-type="font/ttf"' in opf, "the manifest")
    check(b"specified-fonts\">true<" in book.read("META-INF/com.apple.ibooks.display-options.xml"), "Apple's switch")
    check("font-family: Mine" in book.read("EPUB/style.css").decode(), "the style asks for it")
    font = TTFont(io.BytesIO(book.read(fonts[0])))
    have = set(font.getBestCmap())
    check({ord(c) for c in TEXT if c > " "} <= have, "the book's characters")
    check(ord("Γ") in have and ord("ж") not in have, "their other case, and no others")
    check("GPOS" in font and "OS/2" in font and "name" in font, "tables")
    first = (t / "a.epub").read_bytes()
    make(t, css=face + "body { font-family: Mine; }")
    check((t / "a.epub").read_bytes() == first, "the same bytes again")
    said, book, fonts = make(t, css=f"@media print {{ {face} }}")
    check(not fonts, "for print only")
    allow(t / "mine.ttf", 0x100)
    said, book, fonts = make(t, css=face)
    check(len(fonts) == 1 and ord("ж") in TTFont(io.BytesIO(book.read(fonts[0]))).getBestCmap(), "one that must stay whole")
    allow(t / "mine.ttf", 2)
    said, book, fonts = make(t, css=face)
    check(not fonts and "[fonts.licence]" in said, f"one that may not be embedded: {said}")
    said, book, fonts = make(t, "-m", "embed-fonts=yes")
    check(len(fonts) == 4 and all(n.endswith(".otf") for n in fonts), f"embed-fonts: {fonts} {said}")
    check('body { font-family: "Linux Libertine O", serif; }' in book.read("EPUB/base.css").decode(), "the text's family")
    check("smcp" in {f.FeatureTag for f in TTFont(io.BytesIO(book.read(fonts[0])))["GSUB"].table.FeatureList.FeatureRecord}, "small capitals")
    said, book, fonts = make(t, "-m", "embed-fonts=no")
    check(not fonts, "embed-fonts: no")
print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed else 0)
