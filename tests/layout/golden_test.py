#!/usr/bin/python3
"""Pages as text: each folder of tests/layout/cases holds source.md and style.css; octavo's frames must read as expected.frames.

A file `options` may hold further words of the command line. BLESS=1 rewrites the expected files: review the diff.
"""
import os, pathlib, subprocess, sys, tempfile

build = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "build").resolve()
cases = pathlib.Path(__file__).resolve().parent / "cases"
passed = failed = 0
for case in sorted(p for p in cases.iterdir() if p.is_dir()):
    more = (case / "options").read_text().split() if (case / "options").exists() else []
    with tempfile.TemporaryDirectory() as t:
        out = pathlib.Path(t) / "out.frames"
        run = subprocess.run([build / "octavo", "source.md", "-s", "style.css", "-o", out, *more], cwd=case, capture_output=True, text=True)
        got = (out.read_text() if out.exists() else "") + run.stderr + f"status {run.returncode}\n"
    expected = case / "expected.frames"
    if os.environ.get("BLESS"):
        expected.write_text(got)
    want = expected.read_text() if expected.exists() else ""
    if got == want:
        passed += 1
        continue
    failed += 1
    print(f"{case.name}: the pages differ")
    a, b = want.splitlines(), got.splitlines()
    for n in range(max(len(a), len(b))):
        x, y = a[n] if n < len(a) else "(end)", b[n] if n < len(b) else "(end)"
        if x != y:
            print(f"  line {n + 1}\n    expected {x}\n    found    {y}")
            break
print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed else 0)
