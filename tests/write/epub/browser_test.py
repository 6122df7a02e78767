#!/usr/bin/python3
"""The e-books of the handbook, the essay and the texts of sources/ in a real browser, see browser.mjs: browser_test.py BUILD
[--pictures FOLDER] [SOURCE…]

Where Chromium or the npm packages are not installed it says so and skips.
"""
# Not sanitized: every build gives the same files.
import os, pathlib, re, subprocess, sys, tempfile, zipfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
words = sys.argv[1:] or ["build"]
octavo = (ROOT / words.pop(0) / "octavo").resolve()
pictures = [words.pop(0), words.pop(0)] if words[:1] == ["--pictures"] else []
sources = words or [ROOT / "content/handbook.md", ROOT / "content/essay.md", *sorted((HERE / "sources").glob("*.md"))]

if not (ROOT / "tests/node_modules/puppeteer-core").is_dir() or not pathlib.Path(os.environ.get("CHROMIUM", "/usr/bin/chromium")).exists():
    print("skipped: Chromium or the npm packages are not installed (make deps-dev)")
    print("0 passed, 0 failed")
    sys.exit(0)

with tempfile.TemporaryDirectory() as t:
    books = []
    for n, source in enumerate(sources):
        subprocess.run([octavo, source, "-q", "-o", f"{t}/{n}.epub", "-o", f"{t}/{n}.pdf"], check=True, cwd=ROOT)
        zipfile.ZipFile(f"{t}/{n}.epub").extractall(f"{t}/{n}")
        books.append(f"{t}/{n}/EPUB")
    said = subprocess.run(["node", HERE / "browser.mjs", *pictures, *books], capture_output=True, text=True)
lines = said.stdout.splitlines()
looked = re.fullmatch(r"(\d+) looked at", lines.pop()) if lines else None
faults = lines + ([] if looked and said.returncode == 0 else [said.stderr.strip()[-400:] or "the browser didn't answer"])
print("\n".join(f"failed: {f}" for f in faults[:40]))
print(f"{int(looked[1]) - len(faults) if looked else 0} passed, {len(faults)} failed")
sys.exit(1 if faults else 0)
