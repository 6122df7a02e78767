#!/usr/bin/python3
"""What is too large for a file is cut: tables between rows, programs between lines, lists, quotations and glossaries between
what they hold. No file has more than 250 KB, no word is lost, ids and links hold, and pages are marked where they begin."""
# Not sanitized: every build gives the same files.
import collections, pathlib, re, subprocess, sys, tempfile, zipfile
from lxml import etree

sys.path[:0] = [str(p) for p in pathlib.Path(__file__).resolve().parents[:3]]
from checks import ROOT, check, finish
import long_things
from words import words

HERE = pathlib.Path(__file__).resolve().parent

H, EPUB = "{http://www.w3.org/1999/xhtml}", "{http://www.idpf.org/2007/ops}"
MOST = 250 * 1000


def text_of(e, skip=()):
    """With the ends of blocks as line ends."""
    out = []

    def walk(e):
        if not isinstance(e.tag, str) or e in skip or e.get("role") in ("doc-noteref", "doc-backlink", "doc-pagebreak"):
            return
        out.append(e.text or "")
        for k in e:
            walk(k)
            out.append(k.tail or "")
        out.append("" if e.tag[len(H):] in ("span", "em", "code", "a") else "\n")

    walk(e)
    return "".join(out)


def repeated_heads(files):
    """Heads of tables that go on: those of a table which is the first thing in a file, and not in the first."""
    found = []
    for name, tree in files.items():
        table = tree.find(f".//{H}table")
        if table is not None and re.search(r"-p\d", name) and tree.find(f"{H}body//{H}table/..")[0] is table:
            found.append(table.find(H + "thead"))
    return found


def links(files):
    ids = {(name, e.get("id")) for name, tree in files.items() for e in tree.iter() if e.get("id")}
    for name, tree in files.items():
        own = [e.get("id") for e in tree.iter() if e.get("id")]
        check(f"{name}: an id stands twice", len(own) == len(set(own)))
        for a in tree.iter(H + "a"):
            file, _, to = a.get("href").partition("#")
            check(f"{name}: {a.get('href')} leads nowhere", not to or (file or name, to) in ids)
        for e in tree.iter(H + "td"):
            for id in (e.get("headers") or "").split():
                check(f"{name}: headers={id} is in another file", (name, id) in ids)


def tables(files):
    heads = repeated_heads(files)
    check(f"{len(heads)} repeated heads", len(heads) >= 3)
    for head in heads:
        check("a table that goes on has no head", head is not None and len(head.findall(f".//{H}th")) == 3)
        check("a repeated head has calls or ids", not head.findall(f".//{H}a") and not [e for e in head.iter() if e.get("id")])
    for name in [n for n in files if n.startswith("chapter-02")]:
        for body in files[name].iter(H + "tbody"):
            rows = body.findall(H + "tr")
            spans = [r[0].get("rowspan") for r in rows]
            check(f"{name}: rows that belong together are parted", spans == ["3", None, None] * (len(rows) // 3))
        check(f"{name}: no columns", files[name].find(f".//{H}col") is not None)
    check("the foot is not last", files[[n for n in files if n.startswith("chapter-02")][-1]].find(f".//{H}tfoot") is not None)
    return heads


def lists(files):
    """Each item has the number that it has in the whole."""
    numbers, open_item = [], 0
    for name in [n for n in files if n.startswith("chapter-04")]:
        for ol in files[name].iter(H + "ol"):
            if ol.getparent().tag == H + "li":
                continue
            n = int(ol.get("start") or 1)
            for li in ol.findall(H + "li"):
                if "goes-on" in (li.get("class") or "").split():
                    check(f"{name}: item {n} goes on, and {open_item} was open", n == open_item)
                else:
                    numbers.append(n)
                open_item = n
                n += 1
    check(f"items: {numbers}", numbers == list(range(1, 60)))
    for name, tree in files.items():
        for dl in tree.iter(H + "dl"):
            tags = "".join(k.tag[len(H):] for k in dl)
            check(f"{name}: a glossary is cut within an entry", re.fullmatch("(dtdddd)+", tags))


def programs(files):
    lines = []
    for name in [n for n in files if n.startswith("chapter-03")]:
        for pre in files[name].iter(H + "pre"):
            text = "".join(t for t in pre.itertext())
            check(f"{name}: cut within a line", text.endswith("\n") and text.startswith("  <li"))
            lines += text.splitlines()
    check("lines of the program", [l.split(">")[1].split("\t")[0] for l in lines] == [str(i) for i in range(long_things.LINES)])


def page_marks(files, pdf):
    """In the program, whose lines have numbers: the page begins with the words behind the mark."""
    pages = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True).stdout.split("\f")
    shown = {}
    for page in pages:
        lines = [l for l in page.splitlines() if l.strip()]
        if len(lines) > 10:   # the first is the running head, the last the folio
            shown[lines[-1].strip()] = re.sub(r"\W", "", lines[1])
    seen = 0
    for name in [n for n in files if n.startswith("chapter-03")]:
        for mark in files[name].iter(H + "span"):
            if mark.get("role") != "doc-pagebreak" or mark.getparent().tag != H + "code":
                continue
            label, behind = mark.get("aria-label"), re.sub(r"\W", "", mark.tail.splitlines()[0])
            here = shown.get(label, "")   # what goes on behind a line's end has a sign before it
            check(f"page {label} begins with {here}, its mark stands before {behind}", here and (behind.startswith(here) or here in behind))
            seen += 1
    check(f"{seen} pages within the program", seen > 50)


def navigation(files, book):
    nav = etree.fromstring(book.read("EPUB/nav.xhtml"))
    toc = {"".join(a.itertext()): a.get("href") for a in nav.find(f".//{H}nav").iter(H + "a")}
    for label, href in toc.items():
        file, _, id = href.partition("#")
        target = files[file].find(f".//*[@id='{id}']") if id else files[file].find(f"{H}body")
        head = next((h for h in target.iter(H + "h1", H + "h2")), None) if target is not None else None
        check(f"{label} leads to {href}", head is not None and text_of(head).strip() == label)
    titles = collections.Counter(re.sub(r"-p\d+", "", n) + files[n].findtext(f".//{H}title") for n in files)
    check(f"titles of files that go on: {titles}", len(titles) == len({re.sub(r"-p\d+", "", n) for n in files}))


with tempfile.TemporaryDirectory() as t:
    t = pathlib.Path(t)
    (t / "long.md").write_text(long_things.source(), encoding="utf-8")
    p = subprocess.run([ROOT / sys.argv[1] / "octavo", t / "long.md", "-q", "-o", t / "x.epub", "-o", t / "x.pdf", "-o", t / "x.xhtml"],
                       cwd=ROOT, capture_output=True, text=True)
    check(f"octavo: {p.stderr[:400]}", p.returncode == 0 and not p.stderr)
    book = zipfile.ZipFile(t / "x.epub")
    opf = etree.fromstring(book.read("EPUB/package.opf"))
    hrefs = {i.get("id"): i.get("href") for i in opf.iter("{*}item")}
    spine = [hrefs[i.get("idref")] for i in opf.iter("{*}itemref") if hrefs[i.get("idref")] not in ("nav.xhtml", "cover.xhtml")]
    for i in book.infolist():
        check(f"{i.filename} has {i.file_size} bytes", i.file_size <= MOST or not i.filename.endswith(".xhtml"))
    files = {name: etree.fromstring(book.read(f"EPUB/{name}")) for name in spine}
    check(f"files: {list(files)}", all(sum(n.startswith(f"chapter-0{k}") for n in files) > 1 for k in range(1, 7)))
    links(files)
    heads = tables(files)
    lists(files)
    programs(files)
    page_marks(files, t / "x.pdf")
    navigation(files, book)
    got = words("\n".join(text_of(tree.find(H + "body"), heads) for tree in files.values()))
    whole = etree.parse(str(t / "x.xhtml"), etree.XMLParser(huge_tree=True))
    want = words(text_of(whole.find(f"{H}body")))
    where = next((i for i, (a, b) in enumerate(zip(got, want)) if a != b), min(len(got), len(want)))
    check(f"{len(got)} words of {len(want)}; other from {where} on: {got[where:where + 8]} {want[where:where + 8]}", got == want)
finish()
