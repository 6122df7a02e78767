#!/usr/bin/python3
"""Nestings and repetitions of every kind, 100,000 deep and wide: the Markdown reader must neither crash nor hang,
and what it makes must not be deeper than LIMIT_DEPTH. Each case names what could go wrong: square time in a search for
an end that isn't there, recursion a level, memory without bound."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

BUILD = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "build")
PROGRAM = BUILD / "tests/read/markdown_test"
SANITIZED = "SANITIZED" in os.environ
N = 10_000 if SANITIZED else 100_000
SECONDS = 30 if SANITIZED else 10
DEPTH = int(re.search(r"#define LIMIT_DEPTH (\d+)", pathlib.Path("src/base/limits.h").read_text()).group(1))

CASES = {
    "block quotes": ">" * N + " a\n",
    "block quotes on two lines": (">" * N + " a\n") * 2,
    "lists on one line": "- " * N + "a",
    "lists by indent": "".join(" " * (2 * i) + "- a\n" for i in range(N // 100)),
    "divs": "::: a\n" * N + "x\n" + ":::\n" * N,
    "divs in a row": "::: a\nx\n:::\n" * N,
    "fences that close nothing": "a\n\n:::\n\n" * N,
    "definitions": "a\n: b\n\n" * N,
    "definitions of one term": "a\n" + ": b\n" * N,
    "definition marks on one line": "a\n" + ": " * N,
    "definitions by indent": "".join("a\n" + "  " * i + ": " for i in range(N // 200)),
    "captions": "|a|\n|-|\n|b|\n\n: c\n\n" * (N // 5),
    "brackets": "[" * N + "a" + "]" * N,
    "open brackets": "[" * N,
    "close brackets": "]" * N,
    "links": "[" * N + "a" + "](u)" * N,
    "links without end": "[a](<b" * N,
    "pictures": "![" * N + "a" + "](u)" * N,
    "spans": "[" * N + "a" + "]{.x}" * N,
    "span ends": "]{.x}" * N,
    "spans behind brackets": "[a] " * N + "]{.x}" * (N // 50),
    "attributes without end": '`a`{a="' * N,
    "long attributes": "`a`{" + ".a " * N + "}",
    "emphasis": "*a **b " * N,
    "emphasis within": "*a _b " * N + " c_ d*" * N,
    "strong": "**" * N + "a" + "**" * N,
    "underscores": "_a__b " * N,
    "struck out": "~~a " * N,
    "superscripts": "^a~b" * N,
    "superscript marks": "^" * N,
    "inline notes within": "^[" * N + "a" + "]" * N,
    "inline notes without end": "^[" * N,
    "inline notes": "a^[b] ~c^[d]~ " * N,
    "calls": "[^a] " * N + "\n\n[^a]: n\n",
    "notes": "".join(f"[^{i}]: n\n" for i in range(N)),
    "calls without end": "[^a" * N,
    "backticks": "".join("a" + "`" * i for i in range(1, N // 80)),
    "code without end": "`a ``b " * N,
    "references": "".join(f"[r{i}]: /u\n" for i in range(N)) + "[r1]",
    "reference expansion": "[a]: /" + "u" * (N // 2) + "\n\n" + "[a] " * N,
    "references without end": "[a]: /u '" * N,
    "tags": "<div>" * N,
    "close tags": "</div>" * N,
    "whole tags": "<div>" * N + "</div>" * N,
    "inline tags": "a " + "<b>x" * N + "</b>" * N,
    "inline tags that cross": "a " + "<b>" * N + "</i>" * N,
    "tags and emphasis": "<b>*" * N,
    "tags in blocks": "<div>\n\n" * N,
    "items": "<ul><li>" * N,
    "rows": "<table>" + "<tr><td>x" * N,
    "tables": "<table><tr><td>" * N,
    "many tags on a line": "<p>" + "<i>x</i>" * N + "</p>",
    "tag without end": 'a <a b="' * N,
    "comments": "<!-- " * N,
    "instructions without end": "a <? " * N,
    "CDATA without end": "a <![CDATA[" * N,
    "declarations without end": "a <!A " * N,
    "scripts without end": "<script>" * N,
    "SVG without end": "a <svg> " * N,
    "wide table": "|a" * N + "|\n" + "|-" * N + "|\n" + "|b" * N + "|\n",
    "wide row": "|a|b|\n|-|-|\n" + "|c" * N + "|\n",
    "short rows": "|a" * 500 + "|\n" + "|-" * 500 + "|\n" + "|c\n" * N,
    "wide head": "a|" * N + "\n-|-\n",
    "heads without table": "x\n" + "-|-|-\n-|-\n" * (N // 5),
    "addresses": "http://a.b" + "(" * N,
    "mail addresses": "a_b@c.d " * N,
    "at signs": "@" * N,
    "long line": "a b " * (N * 50),
    "headings": "# a {#b}\n\n" * N,
    "lazy lines": "> a\n" + "b\n" * N,
    "tabs": "\t" * N + "a",
    "YAML lists": "---\na: " + "[" * N + "\n---\n",
    "YAML mappings": "---\na: " + "{a: " * N + "\n---\n",
    "YAML keys": "---\n" + "a: b\n" * N + "---\n",
}


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
