#!/usr/bin/python3
"""Styles at random over elements at random: random_test.py BUILD [COUNT]

Whatever floats, clears, stands in columns or is taken out of its table: octavo ends with status 0 or 2 and writes the PDF. The
same seed gives the same documents.
"""
import pathlib, random, shutil, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
OCTAVO = (ROOT / (sys.argv[1] if len(sys.argv) > 1 else "build") / "octavo").resolve()
COUNT = int(sys.argv[2]) if len(sys.argv) > 2 else 60
WORDS = "a the words of somewhat longer considerations extraordinarily go on".split()
CLASSES = "abcdefgh"
DECLARATIONS = """float: left|float: right|float: top|float: bottom|float: footnote|clear: both|clear: left|width: 60pt|width: 40%
height: 50pt|min-height: 300pt|columns: 2|column-span: all|padding: 4pt|margin: 0 6pt 3pt|border: 1pt solid|background-color: #eee
display: block|display: inline|display: none|break-before: page|break-inside: avoid|initial-letter: 2|text-transform: uppercase
text-align: justify|hyphens: auto|vertical-align: middle|block-step-size: 14pt|page: x|white-space: pre-wrap|text-indent: 12pt
footnote-display: compact|ruby-position: under|display: ruby-text|display: ruby|letter-spacing: 2pt""".replace("\n", "|").split("|")
r = random.Random(4)


def some(choices, count):
    return "; ".join(r.sample(choices, count))


def inline(depth=0):
    kind, name = r.random(), r.choice(CLASSES)
    if depth > 3 or kind < .5:
        return " ".join(r.choice(WORDS) for _ in range(r.randint(1, 9)))
    if kind < .6:
        return f'<img class="{name}" src="square.png" alt="x"/>'
    if kind < .7:
        return f'<ruby class="{name}">{ruby(depth + 1)}</ruby>'
    return f'<span class="{name}">{inline(depth + 1)} {inline(depth + 1)}</span>'


def ruby(depth):
    """Bases, readings and brackets in an order that makes sense, or none."""
    pieces = r.choice(["b rt", "b rp rt rp", "b rt b rt", "b rt rt", "rt", "rp rt", "b rp b rt rp", "b b rt b"]).split()
    return r.choice(["", " "]).join(inline(depth) if p == "b" else f'<{p} class="{r.choice(CLASSES)}">{inline(depth)}</{p}>' for p in pieces)


def block(depth=0):
    kind, name, other = r.random(), r.choice(CLASSES), r.choice(CLASSES)
    if depth < 3 and kind < .3:
        return f'<div class="{name}">\n' + "".join(block(depth + 1) for _ in range(r.randint(1, 4))) + "</div>\n"
    if kind < .4:
        return f'<table class="{name}"><tr><td class="{other}">{inline()}</td><td>{inline()}</td></tr><tr><td colspan="2">{inline()}</td></tr></table>\n'
    if kind < .5:
        return f'<ul class="{name}"><li>{inline()}</li><li class="{other}">{inline()}</li></ul>\n'
    if kind < .55:
        return f'<h2 class="{name}">{inline()}</h2>\n'
    return f'<p class="{name}">{inline()} {inline()} {inline()}</p>\n'


def style():
    size = f"{r.choice([140, 200, 300])}pt {r.choice([120, 200, 400])}pt"
    rules = [f"@page {{ size: {size}; margin: 20pt }}", "@page x { margin: 30pt }",
             f'body {{ font: 10pt/12pt "Linux Libertine O"; {r.choice(["", "columns: 2", "text-align: justify"])} }}']
    rules += [f".{c} {{ {some(DECLARATIONS, r.randint(1, 4))} }}" for c in CLASSES]
    rules += [f'{s} {{ content: "x"; {some(DECLARATIONS, 2)} }}' for s in (".a::first-line", ".b::first-letter", ".c::before")]
    return "\n".join(rules)


failed = 0
with tempfile.TemporaryDirectory() as t:
    folder = pathlib.Path(t)
    shutil.copy(ROOT / "tests/layout/cases/captions/square.png", folder)
    for k in range(COUNT):
        (folder / "s.md").write_text("# T\n\n" + "".join(block() + "\n" for _ in range(r.randint(1, 14))))
        (folder / "s.css").write_text(style())
        (folder / "s.pdf").unlink(missing_ok=True)
        try:
            status = subprocess.run([OCTAVO, "s.md", "-s", "s.css", "-q", "-o", "s.pdf"], cwd=folder, capture_output=True, timeout=60).returncode
        except subprocess.TimeoutExpired:
            status = "no end"
        if status not in (0, 2) or not (folder / "s.pdf").exists():
            failed += 1
            print(f"document {k}: {status}")
print(f"{COUNT - failed} passed, {failed} failed")
sys.exit(1 if failed else 0)
