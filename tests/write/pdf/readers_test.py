#!/usr/bin/python3
"""Whole PDFs as their readers see them: readers_test.py BUILD

Makes the PDFs of sources/ and of content/ in both standards, with each place for notes and with files inside, and opens each with
qpdf, mutool, poppler and pdf.js, which must not warn; looks at the structure tree (what may hold what, references both ways,
destinations equal to the e-book's ids, metadata in step); asks the judges of ../shared where they are. ALL=1 takes all of
../shared/corpus as well. The structure of sources/everything.md and cells.md is compared with expected/, which BLESS=1 rewrites.
"""
import collections, concurrent.futures, json, os, pathlib, re, struct, subprocess, sys, tempfile, zipfile, zlib
import pikepdf
from lxml import etree

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from checks import OCTAVO, ROOT, check, finish

HERE = pathlib.Path(__file__).resolve().parent
SHARED = ROOT.parent / "shared"
JUDGES = SHARED / "judges"
MODULES = [pathlib.Path(p) for p in (ROOT / "tests/node_modules", os.environ.get("JUDGE_NODE", "/none") + "/node_modules")]
PLACES = ("end", "chapter", "foot")
FLAVOURS = {("1", False): ("ua1", "2a"), ("1", True): ("ua1", "3a"), ("2", False): ("ua2", "4"), ("2", True): ("ua2", "4f")}


def run(*command, **more):
    r = subprocess.run([str(c) for c in command], capture_output=True, text=True, errors="replace", timeout=600, **more)
    return r.returncode, r.stdout, r.stderr


def picture(clear):
    """A small PNG, with or without transparency."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + b"".join(bytes([x * 6, y * 8, 128] + [x * 6] * clear) for x in range(40)) for y in range(30))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 40, 30, 8, 6 if clear else 2, 0, 0, 0)) +
            chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


class Made:
    """One PDF, and how it was made. `claims`: whether it must claim its standards."""

    def __init__(self, source, folder, standard="1", place="end", attach=False, claims=True, facts=None):
        self.source, self.standard, self.attach, self.claims, self.facts = source, standard, attach, claims, facts or {}
        self.place = place
        self.name = f"{source.stem}-{place}-{standard}{'-files' * attach}"
        self.pdf, self.epub = folder / f"{self.name}.pdf", folder / f"{self.name}.epub"

    def make(self):
        words = ["--attach-source", "--attach-epub"] if self.attach else []
        self.status, _, self.said = run(OCTAVO, self.source, "-q", "--notes", self.place, "--pdf-standard", self.standard,
                                        "-o", self.pdf, "-o", self.epub, *words)
        return self


# ---- other programs

def opened(m):
    """What each program says of it beyond its usual words."""
    code, out, err = run("qpdf", "--check", m.pdf)
    yield "qpdf --check", code == 0 and "WARNING" not in out + err, out + err
    code, _, err = run("mutool", "clean", m.pdf, m.pdf.with_suffix(".clean.pdf"))
    yield "mutool clean", code == 0 and not err.strip(), err
    code, _, err = run("mutool", "trace", m.pdf)
    err = "\n".join(l for l in err.splitlines() if not re.match(r"page |warning: ICC support is not available", l))
    yield "mutool trace", code == 0 and not err.strip(), err
    for tool in (["pdfinfo", "-struct-text"], ["pdfinfo", "-dests"], ["pdftotext"], ["pdffonts"]):
        code, _, err = run(tool[0], *tool[1:], m.pdf, *(["-"] if tool[0] == "pdftotext" else []))
        if m.standard == "2":     # poppler 22 doesn't know PDF 2.0's Description, which lists of labels must have there
            err = err.replace("Syntax Warning: Attribute ListNumbering value is of wrong type (name)\n", "")
        yield " ".join(tool), code == 0 and not err.strip(), err
    if not (JUDGES / "pdfjudge").exists():
        return
    if m.claims:
        flavours = [w for f in FLAVOURS[m.standard, m.attach] for w in ("--flavour", f)]
        code, out, err = run(JUDGES / "pdfjudge", *flavours, m.pdf)
        yield "pdfjudge", code == 0, out + err
    if "notes" in m.facts:
        ask = [JUDGES / "notes", "--expect", m.facts["notes"]]
        if m.source.suffix == ".md" or run(*ask, m.epub)[0] == 0:     # what flat text hides is its reader's affair
            code, out, err = run(*ask, m.pdf)
            yield "notes", code == 0, out + err
    if "words" in m.facts and m.place != "chapter":     # where the notes stand elsewhere than in the truth
        code, out, err = run(JUDGES / "fidelity", m.facts["words"], m.pdf)
        yield "fidelity", code == 0, out + err


def by_pdfjs(all_made):
    modules = next((p for p in MODULES if (p / "pdfjs-dist").exists()), None)
    if not modules:
        return print("skipped: pdf.js is not installed (make deps-dev)")
    code, out, err = run("node", HERE / "pdfjs.mjs", modules, *[m.pdf for m in all_made])
    good = {l.split(": ")[0] for l in out.splitlines() if re.search(r": \d+ pages, \d+ texts, ", l)}
    for m in all_made:
        check(f"{m.name}: pdf.js", str(m.pdf) in good)
    check("pdf.js", code == 0, "\n".join(l for l in (out + err).splitlines() if " pages, " not in l))


# ---- structure. What an element of our files may hold in PDF 2.0 (ISO/TS 32005); CONTENT stands for marked content.

INLINE = "CONTENT Span Em Strong Quote Code Link Figure Formula Ruby"
BLOCK = "Part Index P H BlockQuote L Lbl Table Figure Div Code Sect Note FENote TOC Formula"
CELL = "P H L Lbl Table Figure Div Code Sect Note FENote Formula"
MAY_HOLD = {
    "Document": "Title Part Sect " + BLOCK, "Part": "Sect " + BLOCK, "Sect": BLOCK, "Div": BLOCK, "BlockQuote": BLOCK,
    "Title": INLINE, "H": INLINE, "P": INLINE, "Span": INLINE, "Em": INLINE, "Strong": INLINE, "Quote": INLINE, "Link": INLINE,
    "Code": "CONTENT Span Em Strong Link", "Caption": INLINE + " P Div", "Figure": "CONTENT Caption " + BLOCK, "Formula": "CONTENT", "Index": "H P L Sect",
    "L": "LI", "LI": "Lbl LBody", "Lbl": INLINE, "LBody": INLINE + " " + BLOCK,
    "Reference": "Link Span", "Ruby": "RB RT RP", "RB": INLINE, "RT": INLINE, "RP": INLINE,
    "Table": "Caption THead TBody TFoot TR", "THead": "TR", "TBody": "TR", "TFoot": "TR", "TR": "TH TD",
    "TH": INLINE + " " + CELL, "TD": INLINE + " " + CELL, "TOC": "TOCI", "TOCI": "P TOC Lbl", "FENote": "Lbl " + BLOCK, "Note": "Lbl " + BLOCK,
}
OLDER = {"TD": "Reference BlockQuote", "TH": "Reference BlockQuote", "Lbl": "Reference P"}      # what PDF 1.7 permits as well
MAY_BE_EMPTY = {"TD", "TH", "LBody"}


def plain(e):
    name = str(e.S)[1:]
    return "H" if re.fullmatch(r"H[1-6]", name) else name


def kids_of(e):
    kids = e.get("/K", pikepdf.Array())
    kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return [k if isinstance(k, pikepdf.Dictionary) and "/S" in k else None for k in kids]


def elements(top):
    todo = [(top, 0)]
    while todo:
        e, depth = todo.pop()
        yield e, depth
        todo += [(k, depth + 1) for k in reversed(kids_of(e)) if k is not None]


def shown(e):
    """An element's attributes as a person reads them."""
    words = [str(e.S)[1:]]
    for key in ("/ID", "/Lang", "/Alt", "/E", "/T"):
        if key in e:
            words.append(f"{key[1:]}={str(e[key])!r}")
    attributes = e.get("/A", pikepdf.Dictionary())
    for key in ("/ListNumbering", "/Scope", "/ColSpan", "/RowSpan"):
        if key in attributes:
            words.append(f"{key[1:]}={str(attributes[key]).lstrip('/')}")
    if "/Headers" in attributes:
        words.append("Headers=" + ",".join(str(h) for h in attributes.Headers))
    if "/Ref" in e:
        words.append("Ref=" + ",".join(str(r.get("/ID", r.S)).lstrip("/") for r in e.Ref))
    own = sum(k is None for k in kids_of(e))
    return " ".join(words + ["·" * own] * bool(own))


def tree_of(pdf):
    return "".join("  " * depth + shown(e) + "\n" for e, depth in elements(pdf.Root.StructTreeRoot.K[0]))


def structure(m, pdf):
    wrong, targets = collections.Counter(), {}
    for e, _ in elements(pdf.Root.StructTreeRoot.K[0]):
        name, kids = plain(e), kids_of(e)
        may = MAY_HOLD.get(name, "").split() + OLDER.get(name, "Reference").split() * (m.standard == "1")
        for k in kids:
            if (plain(k) if k is not None else "CONTENT") not in may:
                wrong[f"{plain(k) if k is not None else 'content'} in {name}"] += 1
        if not kids and name not in MAY_BE_EMPTY:
            wrong[f"an empty {name}"] += 1
        if name == "Figure" and not str(e.get("/Alt", "")):
            wrong["a Figure without Alt"] += m.claims
        inside = [plain(k) for k in kids if k is not None]
        if "Caption" in inside[1:-1] or inside.count("Caption") > 1 or (name == "Div" and "Caption" in inside):
            wrong["a Caption in the middle"] += 1
        if name == "TOCI" and m.standard == "2" and "/Ref" not in e:
            wrong["a TOCI without Ref"] += 1
        if name in ("Note", "FENote") and not any(plain(x) == "Link" for x, _ in elements(e)):
            wrong[f"a {name} that nothing calls"] += 1
        for r in e.get("/Ref", []):
            targets.setdefault(r.objgen, set()).add(e.objgen)
    for e, _ in elements(pdf.Root.StructTreeRoot.K[0]):
        if plain(e) == "FENote":
            wrong["an FENote's Ref isn't mutual"] += {r.objgen for r in e.Ref} != targets.get(e.objgen, set())
    wrong = +wrong
    yield "structure", not wrong, dict(wrong)


def destinations(m, pdf):
    tree = pikepdf.NameTree(pdf.Root.Names.Dests)      # held: its iterator doesn't
    names = {str(k) for k in tree.keys()}
    ids = set()
    with zipfile.ZipFile(m.epub) as z:
        for name in z.namelist():
            if name.endswith(".xhtml") and not name.endswith("nav.xhtml"):
                ids |= set(etree.fromstring(z.read(name)).xpath("//@id"))
    yield "destinations are the e-book's ids", names <= ids | {"contents"}, sorted(names - ids)[:10]
    if m.standard == "2":
        bare = [str(k) for k, v in tree.items() if "/SD" not in v or "/S" not in v.SD[0]]
        yield "structure destinations", not bare, bare


def metadata(m, pdf):
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        title, dated, producer = xmp.get("dc:title"), xmp.get("xmp:CreateDate"), xmp.get("pdf:Producer")
        claims = (xmp.get("{http://www.aiim.org/pdfua/ns/id/}part"), xmp.get("pdfaid:part"), xmp.get("pdfaid:conformance"))
    if m.standard == "1":
        info = pdf.docinfo
        year, month, day = str(info.CreationDate)[2:6], str(info.CreationDate)[6:8], str(info.CreationDate)[8:10]
        yield "Info in step", (title, producer, dated[:10]) == (str(info.Title), str(info.Producer), f"{year}-{month}-{day}"), (title, dated)
    else:
        yield "no Info", "/Info" not in pdf.trailer, ""
    wanted = {("1", False): ("1", "2", "A"), ("1", True): ("1", "3", "A"), ("2", False): ("2", "4", None), ("2", True): ("2", "4", "F")}
    if m.claims:
        yield "claims", claims == wanted[m.standard, m.attach], claims
        declared = re.findall(rb"wtpdf#(\w+1\.0)<", pdf.Root.Metadata.read_bytes())
        yield "Well-Tagged PDF", declared == [b"accessibility1.0", b"reuse1.0"] * (m.standard == "2"), declared
    else:
        yield "no claim of PDF/UA", claims[0] is None and claims[1] is not None, claims
        figures = sum(plain(e) == "Figure" for e, _ in elements(pdf.Root.StructTreeRoot.K[0]))
        yield "pictures that aren't described, and no ornament", figures == 3, figures
    yield "ID", len(pdf.trailer.ID) == 2, ""
    yield "opens at the first page", "/OpenAction" in pdf.Root, ""


def drawings(m, pdf):
    if m.source.stem != "drawings":
        return
    kinds = [str(x.Subtype) for page in pdf.pages for _, x in page.Resources.get("/XObject", pikepdf.Dictionary()).items()]
    yield "drawings stay drawings", kinds == ["/Form", "/Form"], kinds
    yield "their words are found", "Kestrel" in run("pdftotext", m.pdf, "-")[1], ""


def asked(m):
    """What other programs say; several are asked at once."""
    return list(opened(m)) if m.pdf.exists() else []


def looked_at(m):
    """What we see ourselves; pikepdf wants one thread."""
    yield "made", m.pdf.exists() and m.status in (0, 2), m.said
    if m.pdf.exists():
        with pikepdf.open(m.pdf) as pdf:
            for look in (structure, destinations, metadata, drawings):
                yield from look(m, pdf)


# ---- which

def golden(all_made):
    for m in all_made:
        if (m.source.stem, m.place) in (("everything", "end"), ("cells", "foot")) and not m.attach:
            expected = HERE / "expected" / f"{m.name}.tree"
            with pikepdf.open(m.pdf) as pdf:
                got = tree_of(pdf)
            if os.environ.get("BLESS"):
                expected.parent.mkdir(exist_ok=True)
                expected.write_text(got, encoding="utf-8")
            want = expected.read_text(encoding="utf-8") if expected.exists() else ""
            differ = [f"{a!r} should be {b!r}" for a, b in zip(got.splitlines(), want.splitlines()) if a != b]
            check(f"{m.name}: the tree", got == want, differ[:1] or "it is longer or shorter")


def few(folder):
    for name in ("p.png", "q.png"):
        (folder / name).write_bytes(picture(name == "q.png"))
    for source in sorted((HERE / "sources").glob("*.md")):
        (folder / source.name).write_bytes(source.read_bytes())
    everything, grids, names, cells = (folder / f"{n}.md" for n in ("everything", "grids", "names", "cells"))
    for standard in "12":
        for place in PLACES:
            yield Made(everything, folder, standard, place, facts={"notes": 6})
        yield Made(everything, folder, standard, attach=True, facts={"notes": 6})
        yield Made(grids, folder, standard)
        yield Made(grids, folder, standard, "foot")
        yield Made(names, folder, standard)
        yield Made(folder / "drawings.md", folder, standard)
        yield Made(folder / "uncalled.md", folder, standard, facts={"notes": 1})
        yield Made(cells, folder, standard, "foot", facts={"notes": 2})
        yield Made(folder / "unsaid.md", folder, standard, claims=False)
    yield Made(ROOT / "content/essay.md", folder)


def corpus(folder):
    """All texts, each with one combination of standard, place and files for each of its standards."""
    content, books = sorted((ROOT / "content").glob("*.md")), sorted((SHARED / "corpus/books").glob("*.md"))
    flat = sorted((SHARED / "corpus/flat").glob("*.txt")) + [SHARED / "corpus/seed/essay.txt"]
    for source in [*content, *books, *flat]:
        words, truth = source.with_suffix(".words.txt"), source.with_suffix(".truth.json")
        facts = {"words": words} if words.exists() else {}
        if truth.exists():
            data = json.loads(truth.read_text(encoding="utf-8"))
            called = {c["n"] for c in data.get("calls", [])}
            if "notes" in data and called == {n["n"] for n in data["notes"]}:
                facts["notes"] = len(data["notes"])
        for standard, attach in FLAVOURS:
            for place in PLACES if not attach else PLACES[:1]:
                yield Made(source, folder, standard, place, attach, facts=facts)


def main():
    with tempfile.TemporaryDirectory() as name, concurrent.futures.ThreadPoolExecutor(2) as pool:
        # Pango keeps a fontconfig of its own for the drawings' words, and nobody can tell it to let go of that.
        (pathlib.Path(name) / "kept").write_text("leak:libfontconfig\n")
        os.environ["LSAN_OPTIONS"] = f"suppressions={name}/kept:print_suppressions=0"
        all_made = list(few(pathlib.Path(name)))
        if os.environ.get("ALL") and SHARED.exists():
            all_made += corpus(pathlib.Path(name))
        list(pool.map(Made.make, all_made))
        for m, found in zip(all_made, pool.map(asked, all_made)):
            for what, ok, seen in [*found, *looked_at(m)]:
                check(f"{m.name}: {what}", ok, seen)
        by_pdfjs([m for m in all_made if m.pdf.exists()])
        golden(all_made)
    if not JUDGES.exists():
        print("skipped: ../shared/judges is not there")
    finish()


main()
