#!/usr/bin/python3
"""The command line, option by option: command_test.py BUILD"""
import json, os, pathlib, pty, re, stat, struct, subprocess, sys, tempfile, time, zipfile, zlib
import pikepdf

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from checks import OCTAVO, check_all as check, finish

TEXT = "A Title Here\n\nSome text of the first paragraph, with enough words to be one.\n\nAnother paragraph ends it.\n"


class Run:
    """One run in a fresh folder that holds a.txt."""

    def __init__(self, *words, files=None, stdin=None, env=None, before=None):
        self.folder = tempfile.TemporaryDirectory()
        self.at = pathlib.Path(self.folder.name)
        (self.at / "a.txt").write_text(TEXT)
        for name, content in (files or {}).items():
            path = self.at / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        if before:
            before(self.at)
        environment = {k: v for k, v in os.environ.items() if k not in ("SOURCE_DATE_EPOCH", "NO_COLOR")}
        done = subprocess.run([OCTAVO, *words], cwd=self.at, input=(stdin or "").encode(), capture_output=True,
                              env={**environment, **(env or {})}, timeout=120)
        self.status, self.out, self.err = done.returncode, done.stdout.decode(), done.stderr.decode()
        self.made = {str(p.relative_to(self.at)) for p in self.at.rglob("*") if p.is_file()} - {"a.txt"} - set(files or {})

    def read(self, name):
        return (self.at / name).read_bytes()


def entry(data_path, name):
    with zipfile.ZipFile(data_path) as z:
        return next(z.read(n).decode() for n in z.namelist() if n.endswith(name))


def dot(grey):
    """A PNG of one pixel."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress(bytes([0, grey]))) + chunk(b"IEND", b""))


def attached(path):
    """What is inside a PDF: name, relation and bytes, as the name tree has them."""
    with pikepdf.open(path) as pdf:
        files = pikepdf.NameTree(pdf.Root.Names.EmbeddedFiles) if "/Names" in pdf.Root and "/EmbeddedFiles" in pdf.Root.Names else {}
        return {str(k): (str(v.AFRelationship), v.EF.F.read_bytes()) for k, v in files.items()}


r = Run("a.txt")
check("defaults", r.status == 0, r.made == {"a.epub", "a.pdf"}, r.err == "", r.out == "")
r = Run("-o", "x.pdf", "a.txt", "-oy.epub", "--output=z.xhtml")
check("-o", r.status == 0, r.made == {"x.pdf", "y.epub", "z.xhtml"}, r.read("x.pdf")[:5] == b"%PDF-")
r = Run("a.txt", "-d", "out", files={"out/keep": "x"})
check("-d", r.made == {"out/a.epub", "out/a.pdf"})
r = Run("a.txt", "-t", "xhtml,frames")
check("-t", r.status == 0, r.made == {"a.xhtml", "a.frames"})
r = Run("a.txt", "-t", "epub", "-o", "b.pdf")
check("-t and -o", r.made == {"a.epub", "b.pdf"})
r = Run("a.txt", "-t", "pdf", "--pdf-standard", "2")
check("--pdf-standard 2", r.status == 0, r.read("a.pdf")[:8] == b"%PDF-2.0", b"<pdfaid:part>4<" in r.read("a.pdf"))
r = Run("a.txt", "-t", "pdf", "--pdf-standard=none")
check("--pdf-standard none", r.status == 0, r.read("a.pdf")[:8] == b"%PDF-1.7", b"<pdfaid:" not in r.read("a.pdf"))
r = Run("a.txt", "-t", "pdf", "--pdf-standard=3")
check("--pdf-standard 3", r.status == 3, "[usage.value]" in r.err)
PICTURED = {"b.md": "# B\n\n![A dot](one/p.png)\n\n![Another](two/p.png)\n\n![The first](one/p.png)\n", "one/p.png": dot(0),
            "two/p.png": dot(255), "data.csv": "a,b\n"}
r = Run("b.md", "-t", "epub,pdf", "--attach-source", "--attach-epub", "--attach", "data.csv", files=PICTURED)
inside = attached(r.at / "b.pdf")
check("--attach", r.status == 0, r.err == "", list(inside) == ["b.epub", "b.md", "data.csv", "p-2.png", "p.png"],
      inside.get("b.epub") == ("/Alternative", r.read("b.epub")), inside.get("b.md") == ("/Source", r.read("b.md")),
      inside.get("data.csv") == ("/Data", b"a,b\n"), inside.get("p-2.png") == ("/Source", dot(255)),
      b"<pdfaid:part>3<" in r.read("b.pdf"))
r = Run("b.md", "-t", "pdf", "--attach-epub", files=PICTURED)
check("--attach-epub without an e-book", r.made == {"b.pdf"}, list(attached(r.at / "b.pdf")) == ["b.epub"])
r = Run("-", "-o", "c.pdf", "--attach-source", "--attach", "a.txt", "--attach", "a.txt", stdin=TEXT)
check("--attach-source from standard input", r.status == 0, list(attached(r.at / "c.pdf")) == ["a.txt", "document.txt"])
r = Run("a.txt", "-t", "pdf", "--attach", "none.csv")
check("--attach what isn't there", r.status == 3, "[io.missing]" in r.err, not r.made)
r = Run("a.txt", "-t", "doc")
check("-t unknown", r.status == 3, "[output.format]" in r.err, not r.made)
r = Run("b.md", "-f", "text", "-o", "b.xhtml", files={"b.md": "Title\n\n*not* emphasis here, as it is text\n"})
check("-f", r.status == 0, b"*not*" in r.read("b.xhtml"))
r = Run("a.txt", "-m", "title=Other", "-m", "author=A. B.", "-m", "author=C. D.", "-m", "language=fr", "-t", "epub")
opf = entry(r.at / "a.epub", ".opf")
check("-m", r.status == 0, "Other" in opf, "C.\u00a0D." in opf or "C. D." in opf, ">fr<" in opf)
r = Run("a.txt", "-m", "title")
check("-m without value", r.status == 3, "[metadata.key]" in r.err)
r = Run("a.txt", "-s", "mine.css", "-t", "epub", files={"mine.css": "p { color: #123456; }"})
check("-s path", r.status == 0, "#123456" in entry(r.at / "a.epub", "style.css"))
r = Run("a.txt", "-s", "mine", "-t", "epub", files={"styles/mine.css": "p { color: #123456; }"})
check("-s name", r.status == 0, "#123456" in entry(r.at / "a.epub", "style.css"))
r = Run("a.txt", "-s", "mine.css", "-o", "a.frames", files={"mine.css": '@import "essay.css"; @page { size: 400pt 500pt }'})
check("a sheet that came with octavo is imported by its name", r.status == 0, r.err == "", b"page 1 400 " in r.read("a.frames"),
      b"LinLibertineO" in r.read("a.frames"))
r = Run("a.txt", "-s", "mine.css", "-o", "a.frames",
        files={"mine.css": '@import "essay.css";', "essay.css": "@page { size: 300pt 200pt }"})
check("one beside the sheet comes first", r.status == 0, b"page 1 300 " in r.read("a.frames"))
r = Run("a.txt", "-s", "nope")
check("-s unknown", r.status == 3, "[style.missing]" in r.err, "essay" in r.err, not r.made)
r = Run("-", "-o", "x.epub", stdin=TEXT)
check("standard input", r.status == 0, r.made == {"x.epub"})
r = Run("-", "-d", ".", "-t", "epub", stdin=TEXT)
check("standard input, -d", r.status == 0, r.made == {"document.epub"})
r = Run("-", stdin=TEXT)
check("standard input without a name", r.status == 3, "[output.unnamed]" in r.err)
r = Run("a.txt", "--notes", "foot", "--notes=chapter", "-t", "epub")
check("--notes", r.status == 0)
r = Run("a.txt", "--notes", "top")
check("--notes wrong", r.status == 3, "[usage.value]" in r.err)
r = Run("a.txt", "--conforms", "--certified-by", "A & B")
package = entry(r.at / "a.epub", "package.opf")
check("--conforms", r.status == 0, "dcterms:conformsTo" in package, ">EPUB Accessibility 1.1 - WCAG 2.2 Level AA<" in package,
      'refines="#conformance" property="a11y:certifiedBy">A &amp; B<' in package)
r = Run("a.txt", "--certified-by", "A")
check("--certified-by alone", r.status == 3, "[usage.conforms]" in r.err, not r.made)
r = Run("a.txt")
check("no claim unasked", "conformsTo" not in entry(r.at / "a.epub", "package.opf"))
r = Run("a.txt", "-m", "language=xx-yy-zz-q", "--strict")
check("--strict", r.status == 1, r.made == {"a.epub", "a.pdf"}, "warning" in r.err)
r = Run("a.txt", "-m", "language=xx-yy-zz-q")
check("no --strict", r.status == 0, "[language.unknown]" in r.err)
r = Run("a.txt", "-m", "language=xx-yy-zz-q", "-q")
check("-q", r.status == 0, r.err == "")
r = Run("a.txt", "-v", "-t", "epub")
check("-v", "[language.guessed]" in r.err, "[output.written]" in r.err)
r = Run("a.txt", "--report")
check("--report", r.status == 0, "title" in r.out, "a.txt: language: " in r.out, ":0" not in r.out, r.made == {"a.epub", "a.pdf"})
r = Run("a.txt", "--explain", "why.json")
check("--explain", r.status == 0, r.made == {"a.epub", "a.pdf", "why.json"}, json.loads(r.read("why.json"))["pages"][0]["label"] == "1")
r = Run("a.txt", "-t", "frames", "--explain=why.json")
check("--explain of frames", r.status == 0, r.made == {"a.frames", "why.json"}, json.loads(r.read("why.json"))["summary"]["paragraphs"] == 3)
r = Run("a.txt", "-t", "epub", "--explain", "why.json")
check("--explain without pages", r.status == 3, "[usage.explain]" in r.err, not r.made)
r = Run("a.txt", "-o", "why.pdf", "--explain", "why.pdf")
check("--explain over an output", r.status == 3, "[output.twice]" in r.err, not r.made)
r = Run("a.txt", "-v", "-o", "a.frames")
check("-v sums up", r.status == 0, "[layout.spaces]" in r.err)
r = Run("a.txt", "-v", "-t", "epub")
check("-v without pages", r.status == 0, "[layout.spaces]" not in r.err)
r = Run("a.txt", "--report=json")
check("--report=json", r.status == 0, any(f["topic"] == "kind" and f["decision"] == "essay" for f in json.loads(r.out)))
r = Run("--help")
check("--help", r.status == 0, "octavo essay.md" in r.out, max(map(len, r.out.splitlines())) <= 110)
r = Run("--version")
check("--version", r.status == 0, re.fullmatch(r"octavo \d+\.\d+\.\d+\n", r.out))
r = Run("--", "-x.txt", files={"-x.txt": TEXT})
check("--", r.status == 0, r.made == {"-x.epub", "-x.pdf"})
r = Run("a.txt", "b.txt")
check("two sources", r.status == 3, "[usage.source]" in r.err)
r = Run("-qvt", "epub", "a.txt")
check("letters in one word", r.status == 0, r.made == {"a.epub"})
r = Run("-z", "a.txt")
check("unknown letter", r.status == 3, "[usage.option]" in r.err)
r = Run("a.txt", "-o")
check("no value", r.status == 3, "[usage.value]" in r.err)
for words in (["-o", ""], ["--to="], ["-d", ""], ["-s", ""], ["-m", ""], ["--notes="], ["--report="], ["--resource-path", ""]):
    r = Run("a.txt", *words)
    check(f"{words} is no value", r.status == 3, "needs a value. [usage.value]" in r.err, not r.made)
for words in (["--cover", "-o", "c.png"], ["-o", "-q"], ["-m", "--notes=foot"], ["-d", "--strict"]):
    r = Run("a.txt", *words)
    check(f"an option is no value: {words}", r.status == 3, "needs a value. [usage.value]" in r.err, not r.made)
r = Run("")
check("an empty name", r.status == 3, "[usage.source]" in r.err)
for word, meant in (("--repot", "--report"), ("--stlye", "--style"), ("--meta", "--metadata"), ("--foo", None), ("--xyzzy", None)):
    r = Run("a.txt", word)
    check(f"{word} is unknown", r.status == 3, f"Did you mean {meant}?" in r.err if meant else "octavo --help" in r.err)
for folder in ("none", "a.txt"):
    r = Run("a.txt", "--resource-path", folder)
    check(f"--resource-path {folder}", r.status == 3, "[io.folder]" in r.err, not r.made)
r = Run("--quiet=3", "a.txt")
check("a value too many", r.status == 3, "[usage.value]" in r.err)

# ---- dates
one = Run("a.txt", "-t", "epub", env={"SOURCE_DATE_EPOCH": "1700000000"})
check("SOURCE_DATE_EPOCH", "2023-11-14T22:13:20Z" in entry(one.at / "a.epub", ".opf"))
r = Run("a.txt", env={"SOURCE_DATE_EPOCH": "12x"})
check("SOURCE_DATE_EPOCH wrong", r.status == 3, "[usage.date]" in r.err, not r.made)
r = Run("a.txt", "-t", "epub", "-m", "date=2021-03-04")
check("the document's date", "2021-03-04T00:00:00Z" in entry(r.at / "a.epub", ".opf"))
r = Run("a.txt", "-t", "epub")
check("no date", "1980-01-01T00:00:00Z" in entry(r.at / "a.epub", ".opf"))

# ---- outputs: old ones stay when a run fails, links and modes are kept, nothing is left beside them
old = {"a.epub": "old epub", "a.pdf": "old pdf"}
r = Run("a.txt", "-s", "nope", files=old)
check("a failing run changes nothing", r.status == 3, r.read("a.epub") == b"old epub", not r.made)
r = Run("a.txt", "-o", "a.epub", "-o", "full.pdf", files={"a.epub": "old epub"},
        before=lambda at: (at / "full.pdf").symlink_to("/dev/full"))
check("a full disk changes nothing", r.status == 4, r.read("a.epub") == b"old epub", "[io.write]" in r.err,
      not [p for p in r.made if "part" in p], stat.S_ISCHR(os.stat("/dev/full").st_mode))
r = Run("a.txt", "-o", "link.epub", files={"real.epub": "old"}, before=lambda at: (at / "link.epub").symlink_to("real.epub"))
check("a link is followed", r.status == 0, (r.at / "link.epub").is_symlink(), r.read("real.epub")[:2] == b"PK")
os.umask(0o027)
r = Run("a.txt", "-t", "epub")
check("the usual permissions", stat.S_IMODE((r.at / "a.epub").stat().st_mode) == 0o640)
os.umask(0o022)
r = Run("a.txt", "-o", "a.txt.epub", "-o", "./sub/../a.txt.epub", before=lambda at: (at / "sub").mkdir())
check("one file named twice", r.status == 3, "[output.twice]" in r.err)

# ---- the newsletter
r = Run("a.txt", "-o", "a.eml", "-o", "a.html", "-m", "from=a@example.org", "--mail-excerpt", "12", "--mail-link=https://example.org/a", "--mail-budget", "gmail")
check("-o .eml and .html", r.status == 0, r.made == {"a.eml", "a.html"}, b"multipart/mixed" in r.read("a.eml"), r.read("a.html")[:15] == b"<!DOCTYPE html>")
for words in (["--mail-budget", "8MB"], ["--mail-budget", "9.5 MB"], ["--mail-budget=strict"], ["--mail-budget=500000"]):
    r = Run("a.txt", "-o", "a.eml", "-m", "from=a@example.org", *words)
    check(f"{words}", r.status == 0, r.made == {"a.eml"})
for words in (["--mail-budget", "much"], ["--mail-budget", "0"], ["--mail-budget", "-1MB"], ["--mail-budget", "5 stones"], ["--mail-excerpt", "0"],
              ["--mail-excerpt", "many"], ["--mail-excerpt", "5x"]):
    r = Run("a.txt", "-o", "a.eml", "-m", "from=a@example.org", *words)
    check(f"{words} is refused", r.status == 3, "[usage.value]" in r.err, not r.made)
for link in ("example.org", "ftp://example.org", "https://example.org/a b", "https://example.org/>", "https://exämple.org"):
    r = Run("a.txt", "-o", "a.html", "--mail-link", link)
    check(f"--mail-link {link} is refused", r.status == 3, "[mail.link]" in r.err, not r.made)

# ---- many messages of one code are counted
r = Run("pictures.md", "-t", "epub", files={"pictures.md": "# T\n\n" + "".join(f"![p{i}](no{i}.png)\n\n" for i in range(50))})
check("messages are capped", r.err.count("[resource.missing]") == 21, "30 more" in r.err, r.status == 2)


# ---- memory: more than the machine has is refused, not granted and then punished
def memory_limit():
    """The soft limit of the address space while the program waits for its source."""
    done = subprocess.Popen([OCTAVO, "-", "-o", "/nowhere/a.pdf"], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            limits = pathlib.Path(f"/proc/{done.pid}/limits").read_text()
            found = re.search(r"Max address space +(\d+)", limits)
            if found:
                return int(found.group(1))
            time.sleep(0.02)
    finally:
        done.communicate()
    return 0


if os.environ.get("SANITIZED"):
    print("skipped: the address sanitizer needs more addresses than there is memory")
else:
    machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    check("a limit of memory", 0 < memory_limit() <= max(machine, 1 << 30))


# ---- a terminal
def on_terminal(env):
    """What is printed on a terminal when the source is missing."""
    parent, child = pty.openpty()
    environment = {k: v for k, v in os.environ.items() if k != "NO_COLOR"}
    done = subprocess.Popen([OCTAVO, "none.md"], stderr=child, env={**environment, "TERM": "xterm", **env})
    done.wait(60)
    os.close(child)
    told = os.read(parent, 4096).decode()
    os.close(parent)
    return told


check("colour on a terminal", "\033[31merror:" in on_terminal({}))
check("NO_COLOR", "\033[" not in on_terminal({"NO_COLOR": "1"}))
check("a dumb terminal", "\033[" not in on_terminal({"TERM": "dumb"}))
done = subprocess.run([OCTAVO, "--help"], stdout=open("/dev/full", "w"), stderr=subprocess.DEVNULL)
check("--help on a full disk", done.returncode == 4)

finish()
