#!/usr/bin/python3
"""Nestings and repetitions of every kind, 100,000 deep and wide: the Markdown reader must neither crash nor hang,
and what it makes must not be deeper than LIMIT_DEPTH. Each case names what could go wrong: square time in a search for
an end that isn't there, recursion a level, memory without bound."""
import pathlib, re, signal, subprocess, sys, tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from checks import ROOT, check, finish, unit
from deep_nestings import CASES, SANITIZED

SECONDS = 30 if SANITIZED else 10   # of the processor, for one case
DEPTH = int(re.search(r"#define LIMIT_DEPTH (\d+)", (ROOT / "src/base/limits.h").read_text()).group(1))


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


program = unit("read/markdown_test")
with tempfile.TemporaryDirectory() as folder:
    for name, source in CASES.items():
        path = pathlib.Path(folder) / "source.md"
        path.write_text(source)
        done = subprocess.run(["prlimit", f"--cpu={SECONDS}", "--core=0", program, "--print", path], capture_output=True)
        depth = deepest(done.stdout.decode())
        ended = "no end in time" if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL) else f"status {done.returncode}, depth {depth}"
        check(f"{name}: {ended}", done.returncode == 0 and depth <= DEPTH, done.stderr.decode())
finish()
