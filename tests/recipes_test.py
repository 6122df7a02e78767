#!/usr/bin/python3
"""What the handbook shows can be done as it stands: recipes_test.py BUILD

Each block of commands (```sh) that calls octavo is run in a folder with the files that the handbook speaks of, and must end well.
Each sheet (```css) is set, and nothing in it may be unknown. Programs that send things elsewhere stand in for themselves.
"""
import os, pathlib, re, subprocess, tempfile
from checks import BUILD, ROOT, check, finish

HANDBOOK = (ROOT / "content/handbook.md").read_text(encoding="utf-8")
TEXT = "---\ntitle: {0}\nauthor: Ada Example\nlanguage: en\ndate: 2026-11-27\n---\n\nSome words of a text.[^1] Some more of them.\n\n[^1]: A note.\n"
CHAPTER = "# Chapter {0}\n\n" + "Words that fill a chapter, one after the other, until it has a page or more. " * 40 + "\n\n"
FILES = {
    **{name: TEXT.format(name) for name in ("snow.md", "essay.md", "issue.md", "issues/12/issue.md", "texts/one.md", "texts/two.md")},
    **{name: (ROOT / "content/essay.txt").read_text(encoding="utf-8") for name in ("paste.txt", "essay.txt", "letter.txt")},
    "book.md": "---\ntitle: A Book\nlanguage: en\n---\n\n" + "".join(CHAPTER.format(i) for i in range(1, 25)),
    "meta.yaml": "---\ntitle: A Thesis\nlanguage: en\n---\n\n", "ch-1.md": CHAPTER.format(1), "ch-2.md": CHAPTER.format(2),
    "house.css": '@import "essay.css";\n', "out/keep": "",
}
STAND_INS = {"scp": ":", "msmtp": "cat >/dev/null", "wl-paste": "cat paste.txt", "git": "echo 1700000000"}


def blocks(kind):
    return [b for b in re.findall(rf"^```{kind}\n(.*?)^```$", HANDBOOK, re.M | re.S)]


def fill(at):
    for name, content in FILES.items():
        (at / name).parent.mkdir(parents=True, exist_ok=True)
        (at / name).write_text(content, encoding="utf-8")
    for name, does in STAND_INS.items():
        path = at / "bin" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{does}\n")
        path.chmod(0o755)


def run(at, words):
    env = {k: v for k, v in os.environ.items() if k != "SOURCE_DATE_EPOCH" and not k.startswith("MAKE")}
    env["PATH"] = f"{at}/bin:{BUILD}:{env['PATH']}"
    return subprocess.run(words, cwd=at, env=env, capture_output=True, text=True, timeout=300)


def told(sheet):
    """The rule that a sheet belongs to may be left to the reader: a whole one begins with an import."""
    return sheet if "@import" in sheet else f'@import "essay.css";\n{sheet}'


with tempfile.TemporaryDirectory() as folder:
    at = pathlib.Path(folder)
    fill(at)
    sheets = blocks("css")
    check("there are sheets", len(sheets) > 5)
    for sheet in sheets:
        if "output-intent" in sheet:   # a printer's profile isn't ours to have
            continue
        (at / "sheet.css").write_text(told(sheet))
        done = run(at, ["octavo", "book.md", "-s", "sheet.css", "-o", "sheet.pdf", "-o", "sheet.epub", "-o", "card.png"])
        check(f"sheet\n{sheet}", done.returncode == 0 and "[style." not in done.stderr, done.stderr)
        if "60mm" in sheet:
            (at / "pencil.css").write_text(sheet)
    # linking is tried in tests/command/install_test.py
    commands = [b for b in blocks("sh") if re.search(r"\boctavo\b", b) and not b.startswith("cc ")]
    check("there are commands", len(commands) > 10)
    for block in commands:
        (at / "do.sh").write_text(block)
        done = run(at, ["sh", "-e", "do.sh", "12"])
        check(f"commands\n{block}", done.returncode == 0, done.stderr)
    for block in blocks("make"):
        (at / "Makefile").write_text(block)
        done = run(at, ["make", "-s"])
        check("the Makefile", done.returncode == 0 and (at / "out/two.pdf").exists(), done.stderr)
        check("the Makefile has no more to do", run(at, ["make", "-q"]).returncode == 0)

finish()
