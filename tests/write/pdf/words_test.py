#!/usr/bin/python3
"""Whoever reads a PDF by its tags hears each word whole and parted from the next: words_test.py BUILD

poppler prints the tags with their text; the line ends of the page are no part of it. A word divided at a line's end goes on behind a
soft hyphen, whether a hyphen is shown there or not.
"""
import pathlib, re, subprocess, sys, tempfile
import pikepdf

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
import words as W
from checks import OCTAVO, check, finish

NARROW = "@page { size: 2.5in 4in; margin: 0.3in } body { font: 10pt 'Linux Libertine O'; text-align: justify } code { font-family: 'JetBrains Mono' }"
CODE = "`readTheWholeConfigurationFileFromItsUsualPlace`"
CASES = {
    "spaces between elements": "Take `node` `v11`, [one](http://x.org) [two](http://y.org), *a* **b** *c* `d` and ~~e~~ `f`.\n",
    "elements that touch": "Un*frigging*believable `a`*b*[c](http://x.org).\n",
    "code divided without a hyphen": f"We then {CODE} and {CODE}, or else {CODE} and once more {CODE} again.\n",
    "a word without end": "Here " + "abcdefghij" * 30 + " ends.\n",
    "hyphens shown": "Incomprehensibilities notwithstanding, internationalization characteristically necessitates reconsideration. " * 5 + "\n",
    "hyphens of the text": "A well-known, long-forgotten, never-to-be-repeated, once-in-a-lifetime, not-quite-so-simple matter. " * 4 + "\n",
    "readings": "The <ruby>base<rt>gloss</rt></ruby>, un<ruby>part<rt>teil</rt>ed<rt>et</rt></ruby>ly <ruby>set<rt>gesetzt</rt></ruby> on. " * 7 + "\n",
    "readings in brackets": "A <ruby>base<rp>(</rp><rt>gloss</rt><rp>)</rp> and<rp> [ </rp> <rt> und </rt><rp> ] </rp></ruby>more of it. " * 7 + "\n",
    "readings from the right": "שלום <ruby>עולם<rp>(</rp><rt>קריאה אחת</rt><rp>)</rp></ruby> ועוד <ruby>מילה<rt>word</rt></ruby>כאן. " * 7 + "\n",
    "readings in line": "A <ruby>base that is much too wide for its line, and so<rt>its reading</rt></ruby> on, <ruby>a<br>b<rt>c</rt></ruby>.\n",
}


def tagged(pdf):
    """The text of the tags, block by block."""
    printed = subprocess.run(["pdfinfo", "-struct-text", pdf], capture_output=True, text=True, check=True).stdout
    out = []
    for line in printed.splitlines():
        quoted = re.fullmatch(r' *"(.*)"', line)
        out.append(quoted.group(1) if quoted else "\n" if line.endswith("(block)") else "")
    return "".join(out)


def soft_hyphens(pdf):
    """Those that stand for a line's end within a word."""
    with pikepdf.open(pdf) as opened:
        return sum(bool(re.search(rb"/ActualText\s*<FEFF00AD>", page.Contents.read_bytes())) for page in opened.pages)


with tempfile.TemporaryDirectory() as folder:
    at = pathlib.Path(folder)
    (at / "narrow.css").write_text(NARROW)
    for name, text in CASES.items():
        (at / "a.md").write_text("# Title\n\n" + text)
        done = subprocess.run([OCTAVO, "a.md", "-s", "./narrow.css", "-m", "language=en", "-o", "a.pdf", "-o", "a.xhtml"], cwd=at,
                              capture_output=True, text=True, timeout=120)
        want = W.xhtml_words(at / "a.xhtml") if done.returncode == 0 else []
        got = W.words(tagged(at / "a.pdf")) if done.returncode == 0 else []
        lost, added = W.difference(want, got)
        ok = want and not lost and not added
        if "divided" in name or "without end" in name:
            ok = ok and soft_hyphens(at / "a.pdf") > 0
        check(name, ok, f"status {done.returncode}; lost {lost}, added {added}")
finish()
