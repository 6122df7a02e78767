#!/usr/bin/python3
"""Sources and styles that are deep, long or wide beyond reason, from end to end: deep_test.py BUILD [--only WORDS] [--all]

Each case must end in bounded time and memory with status 0 to 3, both outputs or a message: never with a signal, and never in
silence. A case names what could go wrong: square time, recursion a level, a number that is too narrow. Nestings are 100,000 deep.
What is only long (a line, a word, a million paragraphs) is a tenth of what --full tries: up to 50 MB, which takes minutes and
gigabytes. With SANITIZED in the environment all sizes are a tenth. --all prints each case's figures, not only those of failures.
"""
import argparse, concurrent.futures, os, pathlib, signal, subprocess, sys, tempfile, threading, time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/read"))
SANITIZED = bool(os.environ.get("SANITIZED"))
N = 10_000 if SANITIZED else 100_000
FULL = "--full" in sys.argv
LONG = N if FULL else N // 10
SECONDS = 300 if FULL else 60     # of the processor, for one case
MEGABYTES = 16000 if FULL else 3000
WAIT = 1200       # for one case, on a machine that has other work
STYLE = "p { margin: 0 }\n"


def words(count, size=5):
    return " ".join("abcdefghij"[i % 5:i % 5 + size] for i in range(count))


def markdown():
    """What the reader alone is asked in tests/read/deep_test.py, and what only shows in the passes, layout and writers."""
    from deep_nestings import CASES
    for name, source in CASES.items():
        if name != "long line":   # there is one below
            yield name, source
    yield "a line of 50 MB", words(80 * LONG) + "\n"
    yield "a million short paragraphs", "a b c.\n\n" * (10 * LONG)
    yield "a table of many rows", "|a|b|\n|-|-|\n" + "|c|d|\n" * N
    yield "many tables", "|a|b|\n|-|-|\n|c|d|\n\n" * (N // 5)
    yield "a table of 20,000 columns", "|" + "a|" * (N // 5) + "\n|" + "-|" * (N // 5) + "\n|" + "b|" * (N // 5) + "\n"
    yield "a table of 512 columns", "|" + "a|" * 512 + "\n|" + "-|" * 512 + "\n" + ("|" + "b|" * 512 + "\n") * 20
    yield "100,000 notes", " ".join(f"a[^{i}]" for i in range(N)) + "\n\n" + "".join(f"[^{i}]: n\n\n" for i in range(N))
    yield "100,000 notes in paragraphs", "".join(f"a[^{i}]\n\n[^{i}]: n\n\n" for i in range(N))
    yield "one note called 100,000 times", "a[^1] " * N + "\n\n[^1]: n\n"
    yield "notes within notes", "a[^0]\n\n" + "".join(f"[^{i}]: n[^{i + 1}]\n\n" for i in range(N // 10))
    yield "a word of 5 MB", "a" * (50 * LONG) + "\n"
    yield "a word of 5 MB in code", "`" + "a" * (50 * LONG) + "`\n"
    yield "a word of 5 MB with soft hyphens", "ab\u00ad" * (20 * LONG) + "\n"
    yield "a word of 5 MB in a heading", "# " + "a" * (50 * LONG) + "\n"
    yield "a word of 5 MB in a table", "|a|\n|-|\n|" + "a" * (50 * LONG) + "|\n"
    yield "combining marks", "a" + "\u0301" * (10 * LONG) + "\n"
    yield "no-break spaces", "a\u00a0" * (5 * LONG) + "\n"
    yield "a paragraph of hard breaks", "a\\\n" * N
    yield "a code block of 100,000 lines", "```\n" + "a b\n" * N + "```\n"
    yield "a code line of 5 MB", "```\n" + "a b " * (12 * LONG) + "\n```\n"
    yield "100,000 headings", "# a\n\nb\n\n" * N
    yield "100,000 chapters of one title", "# a\n\n" * (N // 10)
    yield "100,000 items", "- a\n" * N
    yield "100,000 rules", "---\n\n" * N
    yield "100,000 links", "[a](http://b.c) " * N
    yield "100,000 inner links", "# a\n\n" + "[a](#a) " * N
    yield "100,000 languages", "".join(f"[a]{{lang=x-{i:05}}} " for i in range(N // 10))
    yield "100,000 pictures that aren't there", "![a](b.png) " * N
    yield "100,000 scripts in turn", "a\u0431\u05d0\u4e00 " * N
    yield "right to left and back", ("\u2067a\u2066b" * N) + "\n"
    yield "a heading of 100,000 words", "# " + words(N) + "\n\n" + words(N) + "\n"
    yield "a caption of 100,000 words", "|a|\n|-|\n|b|\n\n: " + words(N) + "\n"
    yield "a note of 100,000 words", "a[^1]\n\n[^1]: " + words(N) + "\n"
    yield "a title of 5 MB", "---\ntitle: " + "a " * (25 * LONG) + "\n---\n\nb\n"
    yield "100,000 authors", "---\nauthor:\n" + "- a\n" * N + "---\n\nb\n"


def text():
    """Flat text: the search for notes, calls and heads looks at everything."""
    yield "a line of 50 MB", "Title\n\n" + words(80 * LONG) + "\n"
    yield "empty lines", "Title\n" + "\n" * (50 * LONG) + "a\n"
    yield "a million short paragraphs", "Title\n\n" + "a b c.\n\n" * (10 * LONG)
    yield "a million short lines", "Title\n\n" + "a b c\n" * (10 * LONG)
    yield "numbers only", "Title\n\n" + "".join(f"{i} " for i in range(N)) + "\n"
    yield "numbers glued to words", "Title\n\n" + "".join(f"word{i}. " for i in range(N)) + "\n\n" + "".join(f"{i}. n\n" for i in range(1, N))
    yield "one number everywhere", "Title\n\n" + "word1. " * N + "\n\nNotes\n\n" + "1. note\n" * N
    yield "100,000 notes in brackets", "Title\n\n" + "".join(f"word[{i}] " for i in range(1, N)) + "\n\nNotes\n\n" + "".join(f"[{i}] n\n\n" for i in range(1, N))
    yield "notes without calls", "Title\n\na\n\nNotes\n\n" + "".join(f"{i}. n\n\n" for i in range(1, N))
    yield "notes of many chapters", "Title\n\n" + "word[1] and[2].\n\n" * 10 + "Part of it\n\n1. n\n\n2. n\n\n" * (N // 16)
    yield "notes of many paragraphs", "Title\n\nword[1]\n\n" + "".join(f"[{i}] n\n\n" + "more\n\n" * 100 for i in range(1, N // 100))
    yield "ways back", "Title\n\nword[1]\n\nNotes\n\n" + "n ↩\n\n" * N
    yield "numbered notes with ways back", "Title\n\nword[1]\n\nNotes\n\n" + "".join(f"{i}. n\n\nmore ↩\n\n" for i in range(1, N))
    yield "heads only", "Title\n\n" + "A Head\n\n" * N
    yield "capitals", "Title\n\n" + "A HEAD\n\ntext here.\n\n" * N
    yield "quotes", "Title\n\n" + ">" * N + " a\n"
    yield "indents", "Title\n\n" + "".join(" " * (i % 1000) + "a\n" for i in range(N // 10))
    yield "bullets", "Title\n\n" + "* a\n" * N
    yield "web clutter", "Title\n\n" + "Share this\nSubscribe\n5 min read\n" * N
    yield "brackets", "Title\n\n" + "[" * N + "1" + "]" * N + "\n"
    yield "raised digits", "Title\n\n" + "a\u00b9\u00b2\u00b3" * N + "\n"
    yield "a word of 5 MB", "Title\n\n" + "a" * (50 * LONG) + "\n"
    yield "digits of 5 MB", "Title\n\n" + "1" * (50 * LONG) + "\n"
    yield "full stops of 5 MB", "Title\n\n" + "." * (50 * LONG) + "\n"
    yield "a line without end of bytes", b"Title\n\n" + b"\xff\xfe\x80" * (10 * LONG)


def styles():
    yield "blocks", "a { " * N
    yield "whole blocks", "a { " * N + "}" * N
    yield "media within media", "@media print { " * N + "p { color: red } " + "}" * N
    yield "supports within supports", "@supports (color: red) { " * N + "}" * N
    yield "conditions", "@supports " + "(" * N + "color: red" + ")" * N + " { p { color: red } }"
    yield "conditions of not", "@supports " + "not (" * N + "color: red" + ")" * N + " { p { color: red } }"
    yield "brackets", "p { margin: " + "(" * N + ")" * N + " }"
    yield "sums", "p { margin: calc(" + "(1px + " * N + "1px" + ")" * N + ") }"
    yield "long sums", "p { margin: calc(1px" + " + 1px" * N + ") }"
    yield "functions", "p { margin: " + "calc(" * N + "1px" + ")" * N + " }"
    yield "variables within", "p { --a: " + "var(--b, " * N + "1px" + ")" * N + "; margin: var(--a) }"
    yield "variables in a row", ":root { --a0: 1px; " + "".join(f"--a{i}: var(--a{i - 1}); " for i in range(1, N)) + f"}} p {{ margin: var(--a{N - 1}) }}"
    yield "variables that double", ":root { --a0: x; " + "".join(f"--a{i}: var(--a{i - 1}) var(--a{i - 1}); " for i in range(1, 64)) + "} p { font-family: var(--a63) }"
    yield "a variable of itself", "p { --a: var(--b); --b: var(--a); margin: var(--a) }"
    yield "descendants", "p " * N + "{ color: red }"
    yield "children", "p > " * N + "p { color: red }"
    yield "siblings", "p ~ " * N + "p { color: red }"
    yield "classes", "p" + ".a" * N + " { color: red }"
    yield "negations", "p" + ":not(" * N + "a" + ")" * N + " { color: red }"
    yield "alternatives", "p" + ":is(" * N + "p" + ")" * N + " { color: red }"
    yield "a list of selectors", "p, " * N + "p { color: red }"
    yield "attributes", "p" + "[a=b]" * N + " { color: red }"
    yield "attributes without end", "p[a='" * N
    yield "rules", "p { color: red }\n" * N
    yield "rules that don't match", "".join(f".a{i} p {{ color: red }}\n" for i in range(N))
    yield "declarations", "p { " + "color: red; " * N + "}"
    yield "declarations without sense", "p { " + "colour: red; " * N + "}"
    yield "comments", "/* " * N
    yield "strings", "p { content: '" + "a" * (50 * LONG) + "' }"
    yield "a name of 5 MB", "a" * (50 * LONG) + " { color: red }"
    yield "escapes", "\\61 " * N + "{ color: red }"
    yield "imports of itself", "@import 'style.css';\n" * 100 + STYLE
    yield "fonts", "@font-face { font-family: a; src: local(b) }\n" * (N // 10)
    yield "font families", "p { font-family: " + "a, " * N + "serif }"
    yield "pages", "@page a { margin: 1cm }\n" * (N // 10)
    yield "generated text", "p::before { content: " + "'a' " * N + "}"
    yield "counters", "p { counter-reset: " + "a 1 " * N + "}"
    yield "a page without room", "@page { size: 1pt 1pt; margin: 10cm }"
    yield "a page without size", "@page { size: 0 0; margin: 0 }"
    yield "a page beyond measure", "@page { size: 1e30cm 1e30cm; margin: 0 }"
    yield "letters without size", "p { font-size: 0; line-height: 0 }"
    yield "letters beyond measure", "p { font-size: 1e9pt; line-height: 1e9 }"
    yield "a negative margin", "p { margin: -1e9pt; text-indent: -1e9pt }"
    yield "a margin beyond measure", "p { margin: 1e9pt }"


def laid():
    """What a style asks of layout for a source that is long or deep: a name, the sheet, the source."""
    yield "columns", "section, body { columns: 3 }", "# A\n\n" + (words(40) + "\n\n") * (N // 20)
    yield "columns within columns", "div { columns: 2; column-span: all }", "<div>" * (N // 10) + "a" + "</div>" * (N // 10) + "\n"
    yield "columns with notes", ".endnotes li { float: footnote } section { columns: 2 }", "# A\n\n" + "".join(f"a[^{i}]\n\n[^{i}]: n\n\n" for i in range(N // 20))
    yield "floats", "blockquote { float: top } h2 { float: bottom }", "# A\n\n" + "> a\n\nb\n\n## c\n\n" * (N // 20)
    yield "floats to the foot", "em { float: footnote }", "a *b* c " * (N // 10)
    yield "floats within floats", "span { float: footnote }", "<span>a " * (N // 10) + "</span>" * (N // 10) + "\n"
    yield "floats at the side", "div, span { float: left; width: 30pt } span { float: right }", "<div>a</div>\n\n" * (N // 20) + "b <span>c</span> " * (N // 20) + "\n\n" + "<div>d</div>\n\ne\n\n" * (N // 20)
    yield "boxes in lines", "span { padding: 1pt; border: 1pt solid }", "<span>a " * (N // 10) + "</span>" * (N // 10) + "\n"
    yield "heights", "div { height: 20pt }", "<div>" * (N // 10) + "a" + "</div>" * (N // 10) + "\n"
    yield "references", "a::after { content: target-counter(attr(href), page) target-text(attr(href)) }", "# A {#a}\n\n" + "[b](#a) " * (N // 10)
    yield "a first line", "p::first-line { font-variant-caps: small-caps } p::first-letter { initial-letter: 3 1 }", words(N) + "\n"
    yield "counters", "div { counter-reset: a } div::before { counter-increment: a b; content: counters(a, '.') counter(b) }", "<div>" * (N // 10) + "a" + "</div>" * (N // 10) + "\n"
    yield "markers inside", "li { list-style-position: inside } li::marker { content: counter(list-item) }", "- a\n" * (N // 10)
    yield "strings and counters before a paragraph", "hr { string-set: a 'b'; counter-increment: c; border: none }", "---\n\n" * (N // 10) + "a\n"


def cases():
    for name, source in markdown():
        yield f"Markdown: {name}", {"source.md": source}
    for name, source in text():
        yield f"text: {name}", {"source.txt": source}
    for name, sheet in styles():
        yield f"style: {name}", {"source.md": "# A\n\nb *c* d\n\n> e\n", "style.css": sheet}
    for name, sheet, source in laid():
        yield f"layout: {name}", {"source.md": source, "style.css": STYLE + sheet}
    yield "style: brackets in the source's own", {"source.md": "<p style=\"" + "a:(" * N + "\">b</p>\n"}


def bounded(command):
    """The command under its limits; the sanitizers reserve terabytes of addresses."""
    memory = [] if SANITIZED else [f"--as={MEGABYTES << 20}"]
    return ["prlimit", f"--cpu={SECONDS * (3 if SANITIZED else 1)}", "--core=0", *memory, *command]


def ended(octavo, folder, files):
    """(what is wrong or "", seconds of the processor, megabytes, status, whether both outputs are there, what was said)"""
    for name, content in files.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    source = next(n for n in files if n.startswith("source."))
    command = [octavo, source, "-o", "out.epub", "-o", "out.pdf", *(["-s", "./style.css"] if "style.css" in files else [])]
    with open(folder / "said", "wb") as said:
        p = subprocess.Popen(bounded(command), cwd=folder, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        alarm = threading.Timer(WAIT, p.kill)
        alarm.start()
        _, status, used = os.wait4(p.pid, 0)
        alarm.cancel()
    p.returncode = status = os.waitstatus_to_exitcode(status)
    seconds, megabytes = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    words_said = (folder / "said").read_bytes().decode("utf-8", "replace").strip()
    made = all((folder / f"out{s}").exists() for s in (".epub", ".pdf"))
    fault = ("no end in time" if status in (-signal.SIGKILL, -signal.SIGXCPU) else f"signal {-status}" if status < 0 else f"status {status}" if status > 3 else
             "nothing made, nothing said" if not made and not words_said else "")
    return fault, seconds, megabytes, status, made, words_said


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", nargs="?", default="build")
    parser.add_argument("--only", default="", metavar="WORDS", help="the cases whose names hold WORDS")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--full", action="store_true")
    a = parser.parse_args()
    octavo = str((ROOT / a.build / "octavo").resolve())
    passed = failed = 0

    def tried(case):
        with tempfile.TemporaryDirectory() as folder:
            return case[0], ended(octavo, pathlib.Path(folder), case[1])

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for name, (fault, seconds, megabytes, status, made, said) in pool.map(tried, (c for c in cases() if a.only in c[0])):
            passed, failed = passed + (not fault), failed + bool(fault)
            if fault or a.all:
                print(f"{'FAILED: ' + fault if fault else 'ok'}: {name}: status {status}, {seconds:.1f} s, {megabytes:.0f} MB"
                      f"{'' if made else ', not made'}", flush=True)
            if fault:
                print("\n".join(said[-600:].splitlines()[-4:]), flush=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
