#!/usr/bin/python3
"""The page-list against the PDF: the same labels in the same order, and at each page the same first words.

bridge_test.py BUILD [SOURCE…]: the project's own texts, sources/kinds.md, and all of ../shared/corpus where it is.
"""
# Not sanitized: every build gives the same files.
import pathlib, posixpath, re, subprocess, sys, tempfile, unicodedata, zipfile
import pikepdf
from lxml import etree

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from checks import ROOT, check, finish

HERE = pathlib.Path(__file__).resolve().parent
CORPUS = ROOT.parent / "shared/corpus"
XHTML, EPUB = "{http://www.w3.org/1999/xhtml}", "{http://www.idpf.org/2007/ops}"
BLOCKS = set("p div section h1 h2 h3 h4 h5 h6 li dt dd blockquote figcaption caption td th pre br a".split())


def words(text):
    """The words without numbers: calls and the numbers of lists stand in one of the two texts only."""
    text = unicodedata.normalize("NFKC", text.replace("\u00ad", "").replace("’", "'"))
    return re.findall(r"[^\W\d_]+", text.casefold())


def pages(pdf):
    return [words(t) for t in subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, text=True).stdout.split("\f")]


def flow(page):
    """The text of a content file with a mark at each page break."""
    out = []

    def walk(e):
        if not isinstance(e.tag, str) or e.tag == XHTML + "head" or e.get("hidden"):
            return
        if e.get("role") == "doc-pagebreak":
            call = e.getnext() is not None and e.getnext().get("role") == "doc-noteref" and not e.tail
            check(f"page {e.get('aria-label')} begins between a word and its call", not call)
            out.append(f" \ue000{e.get('id')}\ue001")
            return
        if e.get("role") in ("doc-noteref", "doc-backlink"):
            return
        out.append(e.text or "")
        for child in e:
            walk(child)
            out.append(child.tail or "")
        if e.tag.removeprefix(XHTML) in BLOCKS and e.tag != XHTML + "a":
            out.append(" ")

    walk(page)
    return "".join(out)


def begins(here, ahead):
    """A word that the PDF divides between two pages has the mark before it, and its second part on the page."""
    return len(here) == len(ahead) > 0 and here[1:] == ahead[1:] and ahead[0].endswith(here[0])


def judge(source, folder):
    epub, pdf = folder / "x.epub", folder / "x.pdf"
    subprocess.run([ROOT / sys.argv[1] / "octavo", source, "-q", "-o", epub, "-o", pdf], cwd=ROOT, check=True)
    with pikepdf.open(pdf) as opened:
        labels = [str(p.label) for p in opened.pages]
    book = zipfile.ZipFile(epub)
    tree = lambda name: etree.fromstring(book.read(f"EPUB/{name}"), etree.XMLParser(huge_tree=True))
    nav = next(n for n in tree("nav.xhtml").iter(XHTML + "nav") if n.get(EPUB + "type") == "page-list")
    entries = [("".join(a.itertext()), *a.get("href").split("#")) for a in nav.iter(XHTML + "a")]
    listed = [e[0] for e in entries]
    on = dict(zip(labels, pages(pdf)))
    check(f"{source.name}: the page-list has another order than the PDF", listed == [l for l in labels if l in set(listed)])
    title = words(etree.fromstring(book.read("EPUB/package.opf")).findtext(".//{http://purl.org/dc/elements/1.1/}title"))
    # a half title repeats the title, for the printed book only
    lost = [l for l in labels if l not in set(listed) and len(on[l]) > 3 and on[l] != title]
    check(f"{source.name}: pages without an entry: {lost}", not lost)
    flows, marked = {}, 0
    for label, file, id in entries:
        if file not in flows:
            flows[file] = flow(tree(file))
            marked += flows[file].count("\ue000")
        before, _, after = flows[file].partition(f"\ue000{id}\ue001")
        check(f"{source.name}: page {label} begins within a word", not before or not re.search(r"\w$", before))
        ahead = words(re.sub("\ue000[^\ue001]*\ue001", "", after))[:5]
        here = on.get(label, [])
        if file == "nav.xhtml":   # the PDF has page labels beside the entries, which may be roman
            ahead, here = ([w for w in text if w not in set(labels)] for text in (ahead, here))
        # before the text stands the running head, behind the head of the notes may stand that of their chapter
        found = any(begins(here[i:i + len(part)], part) for part in (ahead, ahead[1:]) for i in range(40))
        check(f"{source.name}: at page {label} the e-book has {ahead}, the PDF {here[:12]}", found or len(ahead) < 3)
    check(f"{source.name}: {marked} marks, {len(entries)} entries", marked == len(entries))
    ncx = tree("toc.ncx")
    targets = [t.findtext(".//{*}text") for t in ncx.iter("{*}pageTarget")]
    check(f"{source.name}: the NCX lists other pages", targets == listed)


sources = [pathlib.Path(s) for s in sys.argv[2:]] or [
    *sorted((ROOT / "content").glob("*.md")), *sorted((ROOT / "content").glob("*.txt")), HERE / "sources/kinds.md",
    *sorted(CORPUS.glob("books/*.md")), CORPUS / "seed/essay.txt", *sorted(CORPUS.glob("flat/*.txt"))]
if not CORPUS.is_dir():
    print("skipped: ../shared/corpus is not there")
    sources = [s for s in sources if CORPUS not in s.parents]
for s in sources:
    with tempfile.TemporaryDirectory() as t:
        judge(s, pathlib.Path(t))
finish()
