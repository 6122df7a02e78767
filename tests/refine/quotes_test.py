#!/usr/bin/python3
"""Do quotation marks come back? quotes_test.py BUILD

The books of ../shared/corpus have typographic marks. They are made plain, set by octavo, and compared with what the
publisher set: 99.5 % of the marks must agree, and nothing else may differ. Skipped where the corpus is not there.
"""
import html, pathlib, re, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
OCTAVO = (ROOT / (sys.argv[1] if len(sys.argv) > 1 else "build") / "octavo").resolve()
BOOKS = sorted((ROOT / "../shared/corpus/books").glob("*.md"))
MARKS = "“”‘’"


def plain(text):
    text = text.replace("“", '"').replace("”", '"').replace("‘", "'").replace("’", "'").replace("…", "...")
    return re.sub("\u2060?—", "---", text).replace("–", "--")


def set_text(text, folder):
    source, out = folder / "source.md", folder / "out.xhtml"
    source.write_text(text, encoding="utf-8")
    subprocess.run([OCTAVO, "-q", source, "-o", out], check=True)
    body = out.read_text(encoding="utf-8").split("<body", 1)[1]
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", "", body)).replace("\u2060", ""))


passed = failed = 0
for book in BOOKS:
    text = book.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        want, got = (set_text(t, pathlib.Path(folder)) for t in (text, plain(text)))
    marks = sum(c in MARKS for c in want)
    wrong = [i for i in range(min(len(want), len(got))) if want[i] != got[i]]
    good = len(want) == len(got) and all(want[i] in MARKS for i in wrong) and len(wrong) <= marks * 0.005
    passed, failed = passed + good, failed + (not good)
    if not good:
        print(f"{book.name}: {len(wrong)} of {marks} marks differ; {len(want)} and {len(got)} characters")
        for i in wrong[:5]:
            print(f"  …{want[max(0, i - 30):i + 10]}… became {got[i]}")
if not BOOKS:
    print("skipped: ../shared/corpus is not there")
print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed else 0)
