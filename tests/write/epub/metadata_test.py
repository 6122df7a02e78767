#!/usr/bin/python3
"""Front matter with all that libraries ask for, in the package and, where both have it, in the PDF; metadata_test.py BUILD"""
# Not sanitized: every build gives the same files.
import pathlib, subprocess, sys, tempfile, zipfile
import pikepdf
from lxml import etree

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from checks import OCTAVO, check, finish

DC, OPF = "{http://purl.org/dc/elements/1.1/}", "{http://www.idpf.org/2007/opf}"
SOURCE = """---
title: First & Last
subtitle: A <small> thing
language: [ar, en]
author:
  - {name: Ada Example, file-as: "Example, Ada"}
editor: {name: Ben Example, role: edt}
contributor: {name: Cleo Example, role: photographer}
subject:
  - history
  - {name: Typography, scheme: DDC, code: "686.22"}
  - {scheme: BISAC, code: HIS010000}
series: A Series
series-number: 4.1
collection: Works
collection-number: 7
rights: All rights reserved
source: "urn:isbn:9780306406157"
%s
---

# One

A text.%s

# Two

More.
"""


def make(folder, more="", text=""):
    (folder / "a.md").write_text(SOURCE % (more, text), encoding="utf-8")
    run = subprocess.run([OCTAVO, "a.md", "-q", "-o", "a.epub", "-o", "a.pdf"], cwd=folder, capture_output=True, text=True)
    check(f"status {run.returncode}: {run.stderr}", run.returncode == 0)
    with zipfile.ZipFile(folder / "a.epub") as book:
        opf = etree.fromstring(book.read("EPUB/package.opf"))
    with pikepdf.open(folder / "a.pdf") as pdf, pdf.open_metadata() as m:
        return opf, m.get("dc:identifier")


def refined(opf, element):
    return {(m.get("property"), m.text) for m in opf.iter(OPF + "meta") if m.get("refines") == f"#{element.get('id')}" and element.get("id")}


with tempfile.TemporaryDirectory() as t:
    t = pathlib.Path(t)
    opf, of_pdf = make(t)
    texts = lambda name: [e.text for e in opf.iter(DC + name)]
    check(texts("title"), texts("title") == ["First & Last", "A <small> thing"])
    check(texts("language"), texts("language") == ["ar", "en"])
    check("the direction of an Arabic book", opf.find(OPF + "spine").get("page-progression-direction") == "rtl")
    check("the NCX", opf.find(OPF + "spine").get("toc") == "ncx")
    people = {e.text: (e.tag.removeprefix(DC), refined(opf, e)) for n in ("creator", "contributor") for e in opf.iter(DC + n)}
    check(people, people == {"Ada Example": ("creator", {("role", "aut"), ("file-as", "Example, Ada")}),
                     "Ben Example": ("contributor", {("role", "edt")}),
                     "Cleo Example": ("contributor", {("role", "pht")})})
    subjects = {e.text: refined(opf, e) for e in opf.iter(DC + "subject")}
    check(subjects, subjects == {"history": set(), "Typography": {("authority", "DDC"), ("term", "686.22")},
                       "HIS010000": {("authority", "BISAC"), ("term", "HIS010000")}})
    belongs = {m.text: refined(opf, m) for m in opf.iter(OPF + "meta") if m.get("property") == "belongs-to-collection"}
    check(belongs, belongs == {"A Series": {("collection-type", "series"), ("group-position", "4.1")},
                      "Works": {("collection-type", "set"), ("group-position", "7")}})
    check("rights and source", "urn:isbn:9780306406157" in texts("source") and texts("rights") == ["All rights reserved"])
    own = texts("identifier")[0]
    pages = [m.text for m in opf.iter(OPF + "meta") if m.get("property") == "pageBreakSource"]
    check(f"{pages}, {own}", pages == [own] and own.startswith("urn:uuid:"))
    check(f"the page-list's source is {own}, the PDF is {of_pdf}", of_pdf == own)
    corrected, again = make(t, text=" It is corrected.")
    check("a corrected edition keeps its UUID", again == own == corrected.find(f".//{DC}identifier").text)
    with_isbn, of_pdf = make(t, "isbn: 0-306-40615-2")
    check(of_pdf, of_pdf == with_isbn.find(f".//{DC}identifier").text == "urn:isbn:9780306406157")
    check("what kind it is", refined(with_isbn, with_isbn.find(f".//{DC}identifier")) == {("identifier-type", "15")})
finish()
