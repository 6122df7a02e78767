#!/usr/bin/python3
"""Front matter in the e-book: which files and in which order, the lists in the navigation, landmarks, pages; by key and by style."""
import pathlib, subprocess, sys, tempfile, zipfile
import pikepdf
from lxml import etree

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from checks import OCTAVO, ROOT, check, finish

PICTURES = ROOT / "tests/refine/cases"
XHTML, TYPE = "{http://www.w3.org/1999/xhtml}", "{http://www.idpf.org/2007/ops}type"

META = """title: A Book
author: A. Writer
language: en-GB
date: 2026-11-24
publisher: The Press
rights: Copyright 2026
dedication: To C.
"""
BODY = """
::: epigraph
Some words.
:::

# Preface

It has a note.[^1]

# One

![A dot](pixel.png "Fig. 1. A dot")

# Two

| a | b |
|---|---|
| 1 | 2 |

: Letters

# Index

Letters, 3.

[^1]: This one.
"""
ESSAY = "\nIt begins.\n\n## A head\n\n![A dot](pixel.png \"A dot\")\n"


class Made:
    def __init__(self, folder, body, more="", style="book"):
        source = folder / "x.md"
        source.write_text(f"---\n{META}{more}---\n{body}", encoding="utf-8")
        run = subprocess.run([OCTAVO, source, "-s", style, "-o", folder / "x.epub", "-o", folder / "x.pdf", "--resource-path", PICTURES],
                             capture_output=True, text=True)
        self.said, self.status = run.stderr, run.returncode
        self.zip = zipfile.ZipFile(folder / "x.epub")
        with pikepdf.open(folder / "x.pdf") as pdf:
            self.labels = [str(p.label) for p in pdf.pages]
        opf = self.tree("package.opf")
        files = {i.get("id"): i.get("href") for i in opf.iter("{*}item")}
        self.spine = [files[r.get("idref")].removesuffix(".xhtml") for r in opf.iter("{*}itemref") if r.get("linear") != "no"]
        self.navs = {n.get(TYPE): n for n in self.tree("nav.xhtml").iter(XHTML + "nav")}

    def tree(self, name):
        return etree.fromstring(self.zip.read(f"EPUB/{name}"))

    def entries(self, kind):
        return [("".join(a.itertext()), a.get("href")) for a in self.navs[kind].iter(XHTML + "a")] if kind in self.navs else None

    def landmarks(self):
        return {a.get(TYPE): a.get("href") for a in self.navs["landmarks"].iter(XHTML + "a")}


def book(folder):
    b = Made(folder, BODY)
    check(f"book: it says {b.said}", b.status == 0 and not b.said)
    check(f"book: the files are {b.spine}",
          b.spine == ["cover", "title", "copyright-page", "dedication", "epigraph", "nav", "preface", "chapter-01", "chapter-02", "backmatter", "notes"])
    check(f"book: figures {b.entries('loi')}", b.entries("loi") == [("Fig.\u00a01. A dot", "chapter-01.xhtml#figure-1")])
    check(f"book: tables {b.entries('lot')}", b.entries("lot") == [("Letters", "chapter-02.xhtml#table-1")])
    check("book: lists are hidden", all(b.navs[k].get("hidden") is None for k in ("loi", "lot")))
    marks = b.landmarks()
    want = {"cover": "cover.xhtml", "titlepage": "title.xhtml", "copyright-page": "copyright-page.xhtml", "toc": "nav.xhtml#toc", "loi": "nav.xhtml#loi",
            "lot": "nav.xhtml#lot", "bodymatter": "chapter-01.xhtml", "endnotes": "notes.xhtml", "backmatter": "backmatter.xhtml"}
    check(f"book: landmarks {marks}", marks == want)
    # i and ii: the half title and its back; other pages without an entry are blank
    pages = [label for label, _ in b.entries("page-list")]
    check(f"book: pages {pages} of {b.labels}", pages == ["iii", "iv", "v", "vii", "ix", "xi", "1", "2", "3", "4"])
    check(f"book: the PDF's pages are {b.labels}", pages == [p for p in b.labels if p in set(pages)])
    title = "".join(b.tree("title.xhtml").itertext())
    check("book: the date isn't in the imprint", "2026-11-24" not in title and "24 November 2026" in "".join(b.tree("copyright-page.xhtml").itertext()))


def lists_asked(folder):
    b = Made(folder, BODY, "front-matter: [contents, figures, tables]\n")
    pages = b.entries("page-list")
    check(f"asked: pages {pages}", [href for _, href in pages][:6] == ["title.xhtml#page-i", "dedication.xhtml#page-iii", "epigraph.xhtml#page-v", "nav.xhtml#page-vii", "nav.xhtml#page-viii",
                                              "nav.xhtml#page-ix"])
    heads = [b.navs[k].find(f"{XHTML}h2/{XHTML}span") for k in ("loi", "lot")]
    check("asked: lists without their pages", [h is not None and h.get("aria-label") for h in heads] == ["viii", "ix"])
    check("asked: there is an imprint", "imprint" not in b.zip.read("EPUB/title.xhtml").decode() and "copyright-page" not in b.spine)
    check("asked: the date is lost", "24 November 2026" in "".join(b.tree("title.xhtml").itertext()))


def refused(folder):
    b = Made(folder, BODY, "front-matter: none\n")
    check(f"none: the files are {b.spine}", b.spine[:3] == ["cover", "title", "dedication"] and "nav" not in b.spine)
    check("none: lists are shown", all(b.navs[k].get("hidden") == "hidden" for k in ("loi", "lot")))
    check(f"none: landmarks {b.landmarks()}", not {"loi", "lot", "copyright-page"} & set(b.landmarks()))
    check(f"none: pages {b.labels}", b.labels[:2] == ["i", "ii"] and b.labels.index("1") < 10)


def style_hides(folder):
    b = Made(folder, BODY, style="essay")
    check(f"hidden by the style: the files are {b.spine}", "copyright-page" not in b.spine)
    b = Made(folder, BODY, "front-matter: imprint\n", style="essay")
    check(f"asked for in another style: the files are {b.spine}", "copyright-page" in b.spine)


def essay(folder):
    b = Made(folder, ESSAY, style="essay")
    check(f"essay: the files are {b.spine}, the pages {b.labels}", b.spine == ["cover", "text"] and b.labels[0] == "1")
    b = Made(folder, ESSAY, "front-matter: all\n", style="essay")
    check(f"essay asked: the files are {b.spine}", b.spine == ["cover", "title", "copyright-page", "dedication", "nav", "text"])
    check(f"essay asked: landmarks {b.landmarks()}", b.landmarks().get("bodymatter") == "text.xhtml")
    pages = [label for label, _ in b.entries("page-list")]
    check(f"essay asked: pages {pages} of {b.labels}", pages == [p for p in b.labels if p in set(pages)] and {"iii", "1"} <= set(pages))


for test in (book, lists_asked, refused, style_hides, essay):
    with tempfile.TemporaryDirectory() as t:
        test(pathlib.Path(t))
finish()
