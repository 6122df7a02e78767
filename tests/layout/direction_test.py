#!/usr/bin/python3
"""What is written from right to left stands so on the page: the first word of a line is the rightmost, and
what poppler reads off the places of the glyphs is what was written."""
import pathlib, subprocess, sys, tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from checks import OCTAVO, check, finish

MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))


def laid_out(folder, source):
    (folder / "a.md").write_text(source, encoding="utf-8")
    subprocess.run([OCTAVO, "a.md", "-q", "-o", "a.pdf", "-o", "a.epub"], cwd=folder, check=False)
    read = subprocess.run(["pdftotext", "-layout", "a.pdf", "-"], cwd=folder, capture_output=True, check=True)
    box = subprocess.run(["pdftotext", "-bbox", "a.pdf", "-"], cwd=folder, capture_output=True, check=True)
    letters = []
    for line in box.stdout.decode().splitlines():
        if "<word " in line:
            word = line.split(">")[1].split("<")[0]
            letters.append((float(line.split('xMin="')[1].split('"')[0]), word))
    return " ".join(read.stdout.decode().translate(MARKS).split()), letters


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    text, letters = laid_out(folder, "---\ntitle: ספר\nlang: he\n---\n\nאבג דהו זחט יכל.\n")
    check("a Hebrew line is read as it was written", "אבג דהו זחט יכל" in text, text)
    first = [x for x, w in letters if w == "א"]
    last = [x for x, w in letters if w == "ל"]
    check("its first word stands right of its last", first and last and first[0] > last[0])
    check("and at the right edge", first and first[0] > 400)
    text, letters = laid_out(folder, "---\nlang: en\n---\n\n# Words\n\nThe phrase אבג דהו זחט is read so.\n")
    check("words within an English line", "Thephraseאבגדהוזחטisreadso." in text.replace(" ", ""), text)
    laid_out(folder, "---\ntitle: كتاب\nlang: ar\n---\n\nنص.\n\n    code\n")
    page = subprocess.run(["unzip", "-p", "a.epub", "EPUB/*.xhtml"], cwd=folder, capture_output=True, check=True)
    check("code runs from left to right in the e-book, too", '<pre dir="ltr"' in page.stdout.decode())
    widths = []
    for words in ("lang: he\n---\n\nאבג.[^1]", "lang: en\n---\n\nAbc.[^1]"):
        (folder / "a.md").write_text(f"---\ntitle: T\n{words}\n\n[^1]: x\n", encoding="utf-8")
        subprocess.run([OCTAVO, "a.md", "-q", "-o", "a.frames"], cwd=folder, check=False)
        frames = (folder / "a.frames").read_text(encoding="utf-8")
        widths += [line.split(" × ")[0].split()[-1] for line in frames.splitlines() if line.endswith("→ n1")]
    check("a call in Hebrew is the raised figure that it is in English", len(widths) == 2 and widths[0] == widths[1], str(widths))
finish()
