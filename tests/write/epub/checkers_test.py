#!/usr/bin/python3
"""What the outside checkers say of our e-books: EPUBCheck (the npm port of 5.x: any message fails; Debian's
4.2.6 with full schemas: errors and warnings), Ace (any violation), and the judges of ../shared where they are.

What isn't installed is named and skipped.
"""
# Not sanitized: every build gives the same files.
import json, os, pathlib, subprocess, sys, tempfile

sys.path[:0] = [str(p) for p in pathlib.Path(__file__).resolve().parents[:3]]
import checks, long_things
from checks import OCTAVO, ROOT, finish
from sampling import HERE, SAMPLES, pack, program

MODULES = ROOT / "tests/node_modules"
JAR = pathlib.Path("/usr/share/java/epubcheck.jar")
JUDGES = ROOT.parent / "shared/judges"
book_name = ""


def check(what, ok):
    checks.check(f"{book_name}: {what}", ok)


def there(path, what):
    if path.exists():
        return True
    print(f"skipped: {what} is not installed (make deps-dev)")
    return False


def run(args, **env):
    return subprocess.run([str(a) for a in args], capture_output=True, text=True, env=dict(os.environ, **env), timeout=300)


def report(path, said):
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        check(f"no report: {(said.stderr or said.stdout).strip()[-200:]}", False)
        return None


def epubcheck_port(book, t):
    said = run([MODULES / ".bin/epubcheck-ts", book, "--json", t / "port.json", "--usage"])
    r = report(t / "port.json", said)
    if r is not None:
        messages = r.get("messages", [])
        check(f"EPUBCheck: {[(m.get('id'), m.get('message')) for m in messages[:5]]}", not messages)


def epubcheck_debian(book, t):
    said = run(["java", "-jar", JAR, book, "-j", t / "debian.json"])
    r = report(t / "debian.json", said)
    if r is not None:   # pageBreakSource came with EPUB Accessibility 1.1, after 4.2.6
        messages = [m for m in r["messages"] if m["severity"] in ("FATAL", "ERROR", "WARNING")
                    and 'Undefined property: "pageBreakSource"' not in m["message"]]
        check(f"EPUBCheck 4.2.6: {[(m['ID'], m['message']) for m in messages[:5]]}", not messages)


def ace(book, t):
    chromium = os.environ.get("PUPPETEER_EXECUTABLE_PATH", "/usr/bin/chromium")
    said = run([MODULES / ".bin/ace-puppeteer", "-f", "-s", "-o", t / "ace", book], PUPPETEER_EXECUTABLE_PATH=chromium)
    r = report(t / "ace/report.json", said)
    if r is not None:
        found = [a["earl:test"]["dct:title"] for x in r.get("assertions", []) for a in x.get("assertions", [])]
        check(f"Ace: {found[:5]}", not found)


def judge(*args):
    p = run([JUDGES / args[0], *args[1:]])
    check(f"{args[0]}: {p.stdout[-400:]}{p.stderr[-400:]}", p.returncode == 0)


def samples(t):
    """Name, file and PDF (or None) of every book to look at: our samples, and with their pages content/ and sources/."""
    for name in [*SAMPLES, "long"]:
        pack(name, t / f"{name}.epub")
        yield name, t / f"{name}.epub", None
    (t / "long.md").write_text(long_things.source(), encoding="utf-8")
    for source in [*sorted((ROOT / "content").glob("*.*")), *sorted((HERE / "sources").glob("*.*")), t / "long.md"]:
        book, pdf = t / f"{source.parent.name}-{source.name}.epub", t / f"{source.parent.name}-{source.name}.pdf"
        p = run([OCTAVO, source, "-q", "-o", book, "-o", pdf])
        if p.returncode == 0 and book.exists():
            # poppler parts Hebrew letters; the judge takes the numbers of the long book's items for words
            yield f"{source.parent.name}/{source.name}", book, pdf if source.stem not in ("hebrew", "long") else None
        else:
            check(f"{source.name}: {p.stderr[-300:]}", False)


npm = there(MODULES / "@likecoin/epubcheck-ts", "EPUBCheck's npm port")
npm_ace = there(MODULES / "@daisy/ace", "Ace")
debian = there(JAR, "Debian's epubcheck")
judges = JUDGES.is_dir()
if not judges:
    print("skipped: ../shared/judges is not here")
with tempfile.TemporaryDirectory() as t:
    t = pathlib.Path(t)
    for book_name, book, pdf in samples(t):
        if npm:
            epubcheck_port(book, t)
        if debian:
            epubcheck_debian(book, t)
        if npm_ace:
            ace(book, t)
        if judges:
            judge("epubs", book, *(["--pdf", pdf] if pdf else []))
            judge("notes", book)
if judges:
    judge("twice", program(), HERE / "samples/essay.xhtml", "{}/essay.epub", "300")
finish()
