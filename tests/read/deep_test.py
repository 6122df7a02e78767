#!/usr/bin/python3
"""Nestings and repetitions of every kind, 100,000 deep and wide: the Markdown reader must neither crash nor hang,
and what it makes must not be deeper than LIMIT_DEPTH. Each case names what could go wrong: square time in a search for
an end that isn't there, recursion a level, memory without bound."""
import pathlib
import re
import subprocess
import sys
import tempfile
import time

from deep_nestings import CASES, SANITIZED

BUILD = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "build")
PROGRAM = BUILD / "tests/read/markdown_test"
SECONDS = 30 if SANITIZED else 10
DEPTH = int(re.search(r"#define LIMIT_DEPTH (\d+)", pathlib.Path("src/base/limits.h").read_text()).group(1))


def deepest(text):
    """The printed form has one level for each two blanks; inline elements are counted by their tags."""
    depth = most = 0
    for line in text.splitlines():
        if line.startswith("<!--"):
            continue
        depth = (len(line) - len(line.lstrip(" "))) // 2
        for tag in re.finditer(r"<(/?)[a-z:0-9]+[^<>]*?(/?)>", line):
            depth += -1 if tag.group(1) else not tag.group(2)
            most = max(most, depth)
    return most


def main():
    if not PROGRAM.exists():
        subprocess.run(["make", "-s", f"BUILD={BUILD}", str(PROGRAM)], check=True)
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, source in CASES.items():
            path = pathlib.Path(folder) / "source.md"
            path.write_text(source)
            start = time.monotonic()
            try:
                done = subprocess.run([PROGRAM, "--print", path], capture_output=True, timeout=SECONDS)
            except subprocess.TimeoutExpired:
                print(f"{name}: not done after {SECONDS} s")
                failed += 1
                continue
            depth = deepest(done.stdout.decode())
            if done.returncode != 0 or depth > DEPTH:
                print(f"{name}: status {done.returncode}, depth {depth}, {time.monotonic() - start:.1f} s")
                print(done.stderr.decode()[:2000])
                failed += 1
    print(f"{len(CASES) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
