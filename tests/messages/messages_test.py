#!/usr/bin/python3
"""Every message has a folder here that brings it about: messages_test.py BUILD [CODE...]

tests/messages/CODE/ holds a source.* which octavo is run on, with the words of the file `options` if there is
one; or a script `command`, run with $OCTAVO. It happens in a copy of the folder. `expected` is what must be
printed: all warnings and errors, notes only of this code, and last the status. BLESS=1 rewrites it. A message
that no command line can bring about has a file `covered` instead, which names the test that does.

Fails also when a code in src/ has no folder, or a folder no code in src/.
"""
import os, pathlib, re, shutil, subprocess, sys, tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
FILES = {"h", "xhtml", "css", "opf", "ncx", "png"}  # "nav.xhtml" is no code


def codes():
    """All string literals of src/ that look like a message's code."""
    found = set()
    for path in (ROOT / "src").rglob("*.c"):
        for code in re.findall(r'"([a-z]+\.[a-z0-9-]+)"', path.read_text(encoding="utf-8")):
            if code.split(".")[1] not in FILES:
                found.add(code)
    return found


def run(octavo, folder, work):
    """What octavo prints for a case, without the notes that are not the case's own."""
    case = work / folder.name
    shutil.copytree(folder, case)
    command = case / "command"
    if command.exists():
        words = ["sh", "./command"]
    else:
        source = next(p.name for p in sorted(case.iterdir()) if p.name.startswith("source."))
        options = (case / "options").read_text().split() if (case / "options").exists() else []
        words = [octavo, "-v", source, "-t", "epub", *options]
    env = {**os.environ, "OCTAVO": octavo, "LC_ALL": "C.UTF-8"}
    env.pop("SOURCE_DATE_EPOCH", None)
    done = subprocess.run(words, cwd=case, env=env, capture_output=True, timeout=120)
    kept = [line for line in done.stderr.decode("utf-8", "replace").splitlines()
            if not re.search(r": note: .*\]$", line) or line.endswith(f"[{folder.name}]")]
    return "\n".join([*kept, f"status {done.returncode}", ""])


def check(octavo, folder, work):
    """None when all is well, else what is not."""
    covered = folder / "covered"
    if covered.exists():
        test = ROOT / covered.read_text().strip()
        return None if test.exists() and folder.name in test.read_text() else f"{test} doesn't test it"
    expected = folder / "expected"
    got = run(octavo, folder, work)
    if os.environ.get("BLESS"):
        expected.write_text(got, encoding="utf-8")
    want = expected.read_text(encoding="utf-8") if expected.exists() else ""
    if got != want:
        return f"expected\n{want}got\n{got}"
    return None if f"[{folder.name}]" in got else "the message is not among what is printed"


def main():
    octavo = str((ROOT / (sys.argv[1] if len(sys.argv) > 1 else "build") / "octavo").resolve())
    only = set(sys.argv[2:])
    folders = {p.name: p for p in sorted(HERE.iterdir()) if p.is_dir()}
    wanted = codes()
    passed, faults = 0, []
    if not only:
        faults += [(code, "is in src/ but has no folder") for code in sorted(wanted - set(folders))]
        faults += [(code, "has a folder but is not in src/") for code in sorted(set(folders) - wanted)]
    with tempfile.TemporaryDirectory() as work:
        for code, folder in folders.items():
            if only and code not in only:
                continue
            why = check(octavo, folder, pathlib.Path(work))
            passed += why is None
            if why:
                faults.append((code, why))
    for code, why in faults:
        print(f"{code}: {why}")
    print(f"{passed} passed, {len(faults)} failed")
    sys.exit(1 if faults else 0)


main()
