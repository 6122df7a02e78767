#!/usr/bin/python3
"""A head that is but a number takes its title from the line below: contents name both, in the e-book and on paper, and no
word of either is lost or twice in the text."""
import pathlib, re, subprocess, sys, tempfile, zipfile

BUILD = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "build").resolve()
SOURCE = """---
title: Of Places
language: en
---

# I

Of the *Land*[^n]

It began so.

# Chapter II.

Of the Sea

It went on.

[^n]: A note.
"""
good = bad = 0


def check(ok, what):
    global good, bad
    good += bool(ok)
    bad += not ok
    if not ok:
        print("failed:", what)


with tempfile.TemporaryDirectory() as t:
    t = pathlib.Path(t)
    (t / "a.md").write_text(SOURCE)
    for name in ("a.epub", "a.frames"):
        run = subprocess.run([BUILD / "octavo", "a.md", "-s", "book", "-o", name], cwd=t, capture_output=True, text=True)
        check(run.returncode == 0 and not run.stderr, f"{name}: status {run.returncode} {run.stderr}")
    book = zipfile.ZipFile(t / "a.epub")
    nav = book.read("EPUB/nav.xhtml").decode()
    toc = nav[nav.index('epub:type="toc"'):]
    toc = toc[:toc.index("</nav>")]
    check(">I. Of the <em>Land</em></a>" in toc, f"the first entry: {toc}")
    check(">Chapter II. Of the Sea</a>" in toc, f"the second entry: {toc}")
    chapters = "".join(book.read(n).decode() for n in book.namelist() if re.search(r"chapter-\d+\.xhtml$", n))
    check(chapters.count("Of the Sea") == 1 and chapters.count('class="heading-title" role="doc-subtitle"') == 2, "titles in the text")
    check(re.search(r'<h1 class="numbered"[^>]*>I</h1>', chapters), "the head stays as it was")
    frames = (t / "a.frames").read_text()
    check('"I. Of the Land"' in frames and '"Chapter II. Of the Sea"' in frames, "contents on paper")
print(f"{good} passed, {bad} failed")
sys.exit(1 if bad else 0)
