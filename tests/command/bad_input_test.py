#!/usr/bin/python3
"""What a user gives by mistake, from end to end: bad_input_test.py BUILD

Each case runs in a folder that holds old outputs. It says which status and which messages must come, and whether the outputs are
new: with status 3 and 4 the old ones must be as they were, and nothing may lie beside them.
"""
import os, pathlib, re, subprocess, sys, tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from checks import OCTAVO, ROOT, check, finish

OLD = {"o.epub": b"old e-book", "o.pdf": b"old pages"}
NOBODY = 65534
GOOD = "# A Title\n\nSome words.\n"


def folder_instead(at):
    (at / "a.md").mkdir()


def unreadable(at):
    (at / "a.md").chmod(0)


def unwritable(at):
    at.chmod(0o555)


def full(at):
    """A disk without room: /dev/full where an output should be."""
    (at / "o.pdf").unlink()
    (at / "o.pdf").symlink_to("/dev/full")


# name, the source, status, the messages' codes in order, further words, what is done to the folder before
CASES = [
    ("a good source", GOOD, 0, [], [], None),
    ("a missing file", None, 3, ["io.missing"], [], None),
    ("a folder", None, 3, ["io.directory"], [], folder_instead),
    ("an unreadable file", GOOD, 3, ["io.unreadable"], [], unreadable),
    ("an empty file", "", 3, ["source.empty"], [], None),
    ("only blanks", " \n\t\n\n", 3, ["source.empty"], [], None),
    ("only front matter", "---\ntitle: A\n---\n", 3, ["source.empty"], [], None),
    ("a PDF", b"%PDF-1.4\n%\xe2\xe3\n", 3, ["source.binary"], [], None),
    ("a Word file", b"PK\3\4\x14\0\6\0", 3, ["source.binary"], [], None),
    ("Windows-1252", b"# Caf\xe9\n\nna\xefve \x93q\x94\n", 0, ["encoding.windows-1252"], [], None),
    ("invalid UTF-8", b"# A\n\nb\xff\xfe\x80\x81 c\n", 2, ["encoding.windows-1252", "encoding.invalid"], [], None),
    ("NUL characters", b"# A\n\nb\0c\n", 0, ["encoding.nul"], [], None),
    ("a missing image", "# A\n\nb ![p](no.png) c\n", 2, ["resource.missing"], [], None),
    ("an image outside", "# A\n\nb ![p](../../etc/p.png) c\n", 2, ["resource.outside"], [], None),
    ("an image of the network", "# A\n\nb ![p](http://example.org/p.png) c\n", 2, ["resource.remote"], [], None),
    ("a note without call", "# A\n\nb\n\n[^1]: A note.\n", 0, ["notes.uncalled"], [], None),
    ("a call without note", "# A\n\nb[^1] c\n", 2, ["notes.missing"], [], None),
    ("broken front matter", "---\ntitle: [A\nauthor: b: c\n---\n\nText.\n", 2, ["frontmatter.broken"], [], None),
    ("front matter without end", "---\ntitle: A\n\n# B\n\nText.\n", 0, ["frontmatter.open"], [], None),
    ("an unknown style", GOOD, 3, ["style.missing"], ["-s", "nope"], None),
    ("a style that isn't there", GOOD, 3, ["style.missing"], ["-s", "./nope.css"], None),
    ("a broken style", GOOD, 0, ["style.syntax"] * 2, ["-s", "./broken.css"], lambda at: (at / "broken.css").write_text("p { color")),
    ("a folder that isn't there", GOOD, 3, ["io.folder"], ["-o", "none/o.pdf"], None),
    ("-d that isn't there", GOOD, 3, ["io.folder"], ["-t", "xhtml", "-d", "none"], None),
    ("a folder instead of an output", GOOD, 3, ["io.directory"], ["-o", "x.pdf"], lambda at: (at / "x.pdf").mkdir()),
    ("a folder that isn't writable", GOOD, 4, ["io.write"], [], unwritable),
    ("the source as output", GOOD, 3, ["output.format"], ["-o", "a.md"], None),
    ("a full disk", GOOD, 4, ["io.write"], [], full),
]


def lines_of(err):
    """The parts of each message; None for a line that is no message."""
    return [re.fullmatch(r"(\S.*?: )?(?:warning|error|fatal error): ([A-Z0-9“(./a-z].*[.?…]) \[([a-z]+\.[a-z0-9-]+)\]", l) for l in err.splitlines()]


def as_user(command, at):
    """Root may read and write anything, so that the rights count only for somebody else."""
    if os.geteuid() != 0:
        return command
    for path in (at, *at.rglob("*")):
        if not path.is_symlink():
            os.chown(path, NOBODY, NOBODY)
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", *command]


def reachable(folder):
    """Can nobody run the program and read the styles where the project lies?"""
    command = [OCTAVO, "--version"]
    return subprocess.run(as_user(command, folder), capture_output=True).returncode == 0


def run(name, source, status, codes, words, before, drop):
    with tempfile.TemporaryDirectory() as folder:
        at = pathlib.Path(folder)
        at.chmod(0o755)
        for n, content in OLD.items():
            (at / n).write_bytes(content)
        if source is not None:
            (at / "a.md").write_bytes(source if isinstance(source, bytes) else source.encode())
        if before:
            before(at)
        mode = at.stat().st_mode
        command = [OCTAVO, "a.md", "-o", "o.epub", "-o", "o.pdf", *words]
        env = {**os.environ, "HOME": folder, "LC_ALL": "C.UTF-8"}
        beside = {p.name for p in at.iterdir()}
        done = subprocess.run(as_user(command, at) if drop else command, cwd=at, capture_output=True, text=True, timeout=120, env=env)
        at.chmod(mode | 0o700)
        found = lines_of(done.stderr)
        check(f"{name}: status", done.returncode == status, f"{done.returncode} instead of {status}: {done.stderr}")
        check(f"{name}: messages", all(found) and [f.group(3) for f in found if f.group(3) != "title.missing"] == codes, done.stderr)
        kept = all((at / n).is_symlink() or (at / n).read_bytes() == content for n, content in OLD.items())
        new = (at / "o.epub").read_bytes()[:2] == b"PK" and not (at / "o.pdf").is_symlink() and (at / "o.pdf").read_bytes()[:5] == b"%PDF-"
        check(f"{name}: outputs", kept if status >= 3 else new, "the old ones have changed" if status >= 3 else "not both are new")
        left = {p.name for p in at.iterdir() if not p.name.startswith(".cache")} - beside - {".cache"}
        check(f"{name}: nothing left", not left, left)


def on_a_small_disk():
    """An e-book and pages of which only the first fit: a tmpfs of 64 KB, where one can be mounted."""
    with tempfile.TemporaryDirectory() as folder:
        at = pathlib.Path(folder)
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder], capture_output=True).returncode != 0:
            print("skipped: no tmpfs can be mounted for the test of a small disk")
            return
        try:
            for n, content in OLD.items():
                (at / n).write_bytes(content)
            done = subprocess.run([OCTAVO, ROOT / "content/essay.md", "-o", at / "o.epub", "-o", at / "o.pdf"], capture_output=True, text=True)
            check("a small disk", done.returncode == 4 and "[io.write]" in done.stderr, done.stderr)
            check("a small disk: outputs", {p.name: p.read_bytes() for p in at.iterdir()} == OLD, list(at.iterdir()))
        finally:
            subprocess.run(["umount", folder], check=True)


def main():
    with tempfile.TemporaryDirectory() as folder:
        drop = reachable(pathlib.Path(folder))
    for name, source, status, codes, words, before in CASES:
        rights = before in (unreadable, unwritable)
        if rights and os.geteuid() == 0 and not drop:
            print(f"skipped: {name}: nobody but root can run the program here")
            continue
        run(name, source, status, codes, words, before, rights)
    if os.geteuid() == 0:
        on_a_small_disk()
    finish()


sys.exit(main())
