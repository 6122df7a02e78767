#!/usr/bin/python3
"""Front matter with all that libraries ask for, in the package and, where both have it, in the PDF; metadata_test.py BUILD"""
# Not sanitized: every build gives the same files.
import pathlib, subprocess, sys, tempfile, zipfile
import pikepdf
from lxml import etree

ROOT = pathlib.Path(__file__).resolve().parents[3]
OCTAVO = (ROOT / (sys.argv[1] if len(sys.argv) > 1 else "build") / "octavo").resolve()
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
passed = failed = 0


def check(ok, what):
    global passed, failed
    passed += bool(ok)
    failed += not ok
    if not ok:
        print("failed:", what)


def make(folder, more="", text=""):
    (folder / "a.md").write_text(SOURCE % (more, text), encoding="utf-8")
    run = subprocess.run([OCTAVO, "a.md", "-q", "-o", "a.epub", "-o", "a.pdf"], cwd=folder, capture_output=True, text=True)
    check(run.returncode == 0, f"status {run.returncode}: {run.stderr}")
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
    check(texts("title") == ["First & Last", "A <small> thing"], texts("title"))
    check(texts("language") == ["ar", "en"], texts("language"))
    check(opf.find(OPF + "spine").get("page-progression-direction") == "rtl", "the direction of an Arabic book")
    check(opf.find(OPF + "spine").get("toc") == "ncx", "the NCX")
    people = {e.text: (e.tag.removeprefix(DC), refined(opf, e)) for n in ("creator", "contributor") for e in opf.iter(DC + n)}
    check(people == {"Ada Example": ("creator", {("role", "aut"), ("file-as", "Example, Ada")}),
                     "Ben Example": ("contributor", {("role", "edt")}),
                     "Cleo Example": ("contributor", {("role", "pht")})}, people)
    subjects = {e.text: refined(opf, e) for e in opf.iter(DC + "subject")}
    check(subjects == {"history": set(), "Typography": {("authority", "DDC"), ("term", "686.22")},
                       "HIS010000": {("authority", "BISAC"), ("term", "HIS010000")}}, subjects)
    belongs = {m.text: refined(opf, m) for m in opf.iter(OPF + "meta") if m.get("property") == "belongs-to-collection"}
    check(belongs == {"A Series": {("collection-type", "series"), ("group-position", "4.1")},
                      "Works": {("collection-type", "set"), ("group-position", "7")}}, belongs)
    check("urn:isbn:9780306406157" in texts("source") and texts("rights") == ["All rights reserved"], "rights and source")
    own = texts("identifier")[0]
    pages = [m.text for m in opf.iter(OPF + "meta") if m.get("property") == "pageBreakSource"]
    check(pages == [own] and own.startswith("urn:uuid:"), f"{pages}, {own}")
    check(of_pdf == own, f"the page-list's source is {own}, the PDF is {of_pdf}")
    corrected, again = make(t, text=" It is corrected.")
    check(again == own == corrected.find(f".//{DC}identifier").text, "a corrected edition keeps its UUID")
    with_isbn, of_pdf = make(t, "isbn: 0-306-40615-2")
    check(of_pdf == with_isbn.find(f".//{DC}identifier").text == "urn:isbn:9780306406157", of_pdf)
    check(refined(with_isbn, with_isbn.find(f".//{DC}identifier")) == {("identifier-type", "15")}, "what kind it is")
print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed else 0)
