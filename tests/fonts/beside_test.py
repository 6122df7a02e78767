#!/usr/bin/python3
"""A cover is set beside the pages, in faces of its own: the PDF is the same to the byte with it and without; beside_test.py BUILD"""
import pathlib, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
OCTAVO = (ROOT / (sys.argv[1] if len(sys.argv) > 1 else "build") / "octavo").resolve()
TEXT = "# A field\n\nFine flies, *fit* **first**, `fi`, and ﬁ; the *ﬂ*.\n\n# Another\n\n| Th | fi |\n|---|---|\n| ff | ffi |\n"
passed = failed = 0

with tempfile.TemporaryDirectory() as t:
    t = pathlib.Path(t)
    (t / "a.md").write_text(TEXT, encoding="utf-8")
    for style in sorted((ROOT / "styles").glob("*.css")):
        if style.stem == "common":
            continue
        said = []
        for name, words in (("alone", []), ("beside", ["--cover", "cover.png", "-o", "beside.epub"])):
            run = subprocess.run([OCTAVO, "a.md", "-q", "-s", style, "-o", f"{name}.pdf", *words], cwd=t, capture_output=True, text=True)
            said.append(run.stderr)
        same = (t / "alone.pdf").read_bytes() == (t / "beside.pdf").read_bytes()
        passed += same
        failed += not same
        if not same:
            print(f"failed: {style.name}: another PDF beside a cover: {said}")
print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed else 0)
