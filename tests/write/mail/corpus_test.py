#!/usr/bin/python3
"""Word for word: the mail's two texts and the page for the web of whole books and of texts off web pages, against the
XHTML of the same run, and that against the corpus: corpus_test.py BUILD"""
import pathlib, re, subprocess, sys, tempfile
from lxml import etree, html as lxml_html

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from checks import OCTAVO, ROOT, check, finish
from words import difference, html_words, plain_words, read_mail, tree_words, words

CORPUS = ROOT / "../shared/corpus"
XHTML = "{http://www.w3.org/1999/xhtml}"
UNCALLED = "uncalled"
TYPE = "{http://www.idpf.org/2007/ops}type"


class Whole:
    """The words of the text, in pieces with a section of notes behind each but the last."""

    def __init__(self, path):
        root = etree.parse(str(path)).getroot()
        self.sections, self.ids = [], []
        title = [e for e in root.iter(XHTML + "header") if "title-block" in (e.get("class") or "").split()]
        self.title = [w for e in title for w in tree_words(e)]
        for section in [s for s in root.iter(XHTML + "section") if s.get(TYPE) == "endnotes"]:
            head = tree_words(next(e for e in section if re.fullmatch(XHTML + "h[1-6]", e.tag)))
            lists = [(words(ol.get("aria-label") or ""), {li.get("id") or (UNCALLED, k): tree_words(li) for k, li in enumerate(ol)})
                     for ol in section.iterchildren(XHTML + "ol")]
            mark = etree.Element(XHTML + "p")
            mark.text, mark.tail = f"zznotes{len(self.sections)}zz", section.tail
            section.getparent().replace(section, mark)
            self.sections.append((head, lists))
            self.ids += [i for _, notes in lists for i in notes if isinstance(i, str)]
        self.pieces = self.split(tree_words(root))
        for ol in root.iter(XHTML + "ol"):
            number = int(ol.get("start") or 1)
            for li in ol.findall(XHTML + "li"):
                number = int(li.get("value") or number)
                mark = etree.Element(XHTML + "p")
                mark.text = f"{chr(ord(ol.get('type')) + number - 1) if ol.get('type') in ('a', 'A') else number}."
                li.text, mark.tail = "", li.text
                li.insert(0, mark)
                number += 1
        self.numbered = self.split(tree_words(root))   # as plain text shows it

    @staticmethod
    def split(all_words):
        pieces = [[]]
        for w in all_words:
            if re.fullmatch(r"zznotes\d+zz", w):
                pieces.append([])
            else:
                pieces[-1].append(w)
        return pieces

    def notes(self, i, ids=None, labels=True):
        """The words of a section, of those notes that have the ids, or none since nothing calls them."""
        head, lists = self.sections[i]
        out = []
        for label, notes in lists:
            kept = [w for k, n in notes.items() if ids is None or k in ids or k[0] is UNCALLED for w in n]
            out += (label if labels else []) + kept if kept else []
        return head + out if out else []

    def words(self, numbered=False, ids=None, end=None):
        """All of them, or up to `end` and then what a mail says, and the notes."""
        out = []
        for i, piece in enumerate(self.numbered if numbered else self.pieces):
            if end is not None and len(out) + len(piece) > end:
                rest = [w for k in range(i, len(self.sections)) for w in self.notes(k, ids)]
                return out + piece[:end - len(out)] + ATTACHED + rest
            out += piece
            if end == len(out):
                return out + ATTACHED + [w for k in range(i, len(self.sections)) for w in self.notes(k, ids)]
            if i < len(self.sections):
                out += self.notes(i, ids)
        return out


ATTACHED = words("The whole text is attached.")


def compare(name, want, got):
    missing, extra = difference(want, got)
    check(f"{name}: missing {missing[:6]}, extra {extra[:6]}", want == got)


def compare_mail(name, whole, numbered, ids, got):
    """The whole text with its notes; or the text up to where the mail says that the rest is attached."""
    cuts = [i for i in range(len(got)) if got[i:i + len(ATTACHED)] == ATTACHED]
    compare(name, whole.words(numbered, ids, cuts[-1] if cuts else None), got)
    return bool(cuts)


def look(folder, source, *options):
    name = source.name
    done = subprocess.run([OCTAVO, str(source), "-q", "-m", "from=a@example.org", "-m", "language=en", *options, "-o", folder / "m.eml", "-o", folder / "m.html",
                           "-o", folder / "m.xhtml"], cwd=ROOT, capture_output=True, text=True, timeout=300)
    check(f"{name}: {done.returncode} {done.stderr[-300:]}", done.returncode == 0)
    whole = Whole(folder / "m.xhtml")
    data = (folder / "m.eml").read_bytes()
    mail = read_mail(data)
    plain, html = (mail.get_body((kind,)).get_content().replace("\r\n", "\n") for kind in ("plain", "html"))
    tree = lxml_html.document_fromstring(html)
    ids = [li.get("id") for li in tree.iter("li") if li.get("id") in whole.ids]
    cut = compare_mail(f"{name}: the mail's html text", whole, False, ids, html_words(html))
    compare_mail(f"{name}: the mail's plain text", whole, True, ids, plain_words(plain, True))
    size = len(html.replace("\n", "\r\n").encode())
    check(f"{name}: {size} bytes of HTML, cut: {cut}", size <= 90_000 and (not cut or size > 70_000 or options))
    calls = [a.get("href")[1:] for a in tree.iter("a") if a.get("role") == "doc-noteref"]
    check(f"{name}: {len(ids)} notes, called {len(set(calls))}", set(calls) <= set(ids) and (cut or ids == whole.ids))
    backs = [a.get("href")[1:] for a in tree.iter("a") if a.get("role") == "doc-backlink"]
    anchors = {e.get("id") for e in tree.iter() if isinstance(e.tag, str)}
    check(f"{name}: {len(backs)} ways back for {len(calls)} calls", set(backs) <= anchors and len(backs) == len(calls))
    check(f"{name}: form", max(map(len, data.split(b"\r\n"))) < 998 and max(data) < 128 and not any(p.defects for p in mail.walk()))
    wide = [l for l in plain.splitlines() if len(l) > 72 and " " in l.strip()[:60] and "http" not in l]
    check(f"{name}: lines over 72 columns: {wide[:2]}", not wide)
    page_text = (folder / "m.html").read_text(encoding="utf-8")
    page = html_words(page_text)
    kept = lxml_html.document_fromstring(page_text).xpath("//*[@role='doc-endnotes']/*[self::h1 or self::h2 or self::h3 or self::h4]")
    text = [w for piece in whole.pieces for w in piece]
    notes = [w for i in range(len(whole.sections)) for w in whole.notes(i, labels=False)[len(whole.sections[i][0]):]]
    compare(f"{name}: the page's text", text, page[:len(text)])
    compare(f"{name}: the page's notes", sorted(notes + [w for h in kept for w in tree_words(h)]), sorted(page[len(text):]))
    return whole


with tempfile.TemporaryDirectory() as t:
    t = pathlib.Path(t)
    look(t, ROOT / "content/essay.md")
    look(t, ROOT / "content/essay.md", "--mail-excerpt", "500")
    if not CORPUS.exists():
        print("skipped: the corpus, since ../shared isn't there")
    else:
        for source in sorted((CORPUS / "books").glob("*.md")):
            whole = look(t, source)
            given = words(source.with_suffix(".words.txt").read_text(encoding="utf-8-sig"))
            text = [w for piece in whole.pieces for w in piece][len(whole.title):]
            notes = [w for i in range(len(whole.sections)) for w in whole.notes(i, labels=False)[len(whole.sections[i][0]):]]
            compare(f"{source.name}: the corpus's words", sorted(given), sorted(text + notes))
        for source in sorted((CORPUS / "flat").glob("*.txt")):
            look(t, source, "-m", f"title={source.stem}")
        look(t, CORPUS / "seed/essay.txt")

finish()
