#!/usr/bin/python3
"""Pictures at the sides of paragraphs at random: floats_test.py BUILD [COUNT]

Wherever they are called but in the last paragraph, which has no other behind it to stand beside: no word runs into one, none
stands below its page's text or on another, and none stands above the words that come before its call, on their page or one
before that. Pictures are at most a quarter as high as the page: of taller ones that overlap, so many can be tied to each other
that no page has room for all. The same seed gives the same documents.
"""
import pathlib, random, re, shutil, subprocess, sys, tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from checks import OCTAVO, ROOT, check, finish

COUNT = int(sys.argv[2]) if len(sys.argv) > 2 else 40
SHEET = """@page { size: 260pt 300pt; margin: 20pt }
.title-block { display: none }
body { font: 10pt/12pt "Linux Libertine O"; text-align: justify }
p { margin: 0 0 6pt }
"""
r = random.Random(7)


def document():
    """The source and the sheet: words are numbered in the order of the text, pictures called after a word."""
    words, pictures, paragraphs = 0, [], []
    for last in range(r.randint(3, 9), -1, -1):
        parts = []
        for _ in range(r.randint(10, 140)):
            parts.append(f"w{words}")
            words += 1
            if last and r.random() < .012:
                pictures.append((r.choice(["left", "right"]), r.randint(15, 70), r.randint(12, 60), words - 1))
                parts[-1] += f' <img class="p{len(pictures) - 1}" src="square.png" alt="x" />'
        paragraphs.append(" ".join(parts))
    rules = "".join(f".p{i} {{ float: {side}; width: {w}pt; height: {h}pt }}\n" for i, (side, w, h, _) in enumerate(pictures))
    return "# T\n\n" + "\n\n".join(paragraphs) + "\n", SHEET + rules, pictures


def places(pdf, frames):
    """Of each word its page and box; of each picture, in the order of the text, the same."""
    words, pictures, page = {}, [], 0
    for line in subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, text=True, check=True).stdout.splitlines():
        page += "<page" in line
        if at := re.search(r'xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(w\d+)<', line):
            words[int(at[5][1:])] = (page, *map(float, at.groups()[:4]))
    page = 0
    for line in frames.read_text(encoding="utf-8").splitlines():
        page += line.startswith("page ")
        if at := re.match(r"  image (\S+) (\S+) #(\d+) (\S+) × (\S+)", line):
            x, y, tag, w, h = map(float, at.groups())
            pictures.append((tag, (page, x, y, x + w, y + h)))
    return words, [place for _, place in sorted(pictures)]


def touch(a, b, by):
    return a[0] == b[0] and a[1] < b[3] - by and b[1] < a[3] - by and a[2] < b[4] - by and b[2] < a[4] - by


def main():
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        shutil.copy(ROOT / "tests/layout/cases/asides/square.png", work)
        for i in range(COUNT):
            source, sheet, called = document()
            (work / "s.md").write_text(source)
            (work / "s.css").write_text(sheet)
            done = subprocess.run([OCTAVO, "s.md", "-s", "s.css", "-t", "pdf", "-t", "frames"], cwd=work, capture_output=True, text=True)
            words, pictures = places(work / "s.pdf", work / "s.frames")
            faults = [] if done.returncode == 0 and len(pictures) == len(called) else [done.stderr]
            for k, picture in enumerate(pictures):
                faults += [f"w{n} runs into picture {k}" for n, word in words.items() if touch(word, picture, 2)]
                faults += [f"picture {k} stands on {j}" for j in range(k) if touch(pictures[j], picture, .1)]
                before = words[called[k][3]]
                faults += [f"picture {k} stands above its call"] if (picture[0], picture[2]) < (before[0], before[2] - 6) else []
                faults += [f"picture {k} goes out of the page"] if picture[4] > 280.1 or picture[2] < 19.9 else []
            check(f"document {i}: {faults}", not faults)
    finish()


main()
