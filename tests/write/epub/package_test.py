#!/usr/bin/python3
"""Golden files of the packages, the form of the archive, and the same bytes whatever the time zone."""
import os, pathlib, subprocess, sys, tempfile, zipfile
from lxml import etree

sys.path[:0] = [str(p) for p in pathlib.Path(__file__).resolve().parents[:3]]
from checks import check, finish
from sampling import HERE, SAMPLES, pack

GOLDEN = ["book", "essay"]   # the others are for the checkers


def golden(name, book, page):
    folder = HERE / "expected" / name
    texts = {n.removeprefix("EPUB/"): book.read(n).decode() for n in book.namelist() if n.startswith("EPUB/") and not n.endswith(".png")}
    texts["page.xhtml"] = page.read_text(encoding="utf-8")   # the single page
    if os.environ.get("BLESS") == "1":
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
        for path, text in texts.items():
            (folder / path).write_text(text, encoding="utf-8")
    expected = {p.name: p.read_text(encoding="utf-8") for p in folder.iterdir()} if folder.is_dir() else {}
    check(f"{name}: files {sorted(texts)}, expected {sorted(expected)}", sorted(texts) == sorted(expected))
    for path in sorted(set(texts) & set(expected)):
        same = texts[path] == expected[path]
        check(f"{name}/{path} differs (BLESS=1 rewrites it)", same)
        if not same:
            subprocess.run(["diff", "-u", str(folder / path), "-"], input=texts[path], text=True)


def archive(name, book):
    infos = book.infolist()
    first = infos[0]
    check(f"{name}: mimetype is not first and stored", first.filename == "mimetype" and first.compress_type == zipfile.ZIP_STORED)
    check(f"{name}: mimetype's content", book.read("mimetype") == b"application/epub+zip")
    check(f"{name}: extra fields", all(not i.extra and not i.comment for i in infos))
    check(f"{name}: times {({i.date_time for i in infos})}", {i.date_time for i in infos} == {(2024, 3, 22, 0, 0, 0)})
    check(f"{name}: attributes", {i.external_attr for i in infos} == {0o100644 << 16})
    check(f"{name}: flags", {i.flag_bits & ~0x806 for i in infos} == {0})
    check(f"{name}: checksums", book.testzip() is None)


def well_formed(path):
    try:
        return etree.parse(str(path)) is not None
    except etree.XMLSyntaxError as e:
        return print(e)


with tempfile.TemporaryDirectory() as t:
    t = pathlib.Path(t)
    for name in SAMPLES:
        said = pack(name, t / f"{name}.epub")
        check(f"{name}: said {said}", said == "")
        with zipfile.ZipFile(t / f"{name}.epub") as book:
            pack(name, t / f"{name}.xhtml")
            if name in GOLDEN:
                golden(name, book, t / f"{name}.xhtml")
            archive(name, book)
        check(f"{name}: the single page is not well-formed", well_formed(t / f"{name}.xhtml"))
        env = dict(os.environ, TZ="Pacific/Chatham", LC_ALL="C", SOURCE_DATE_EPOCH="1")
        pack(name, t / "again.epub", env=env, umask=0o077)
        check(f"{name}: other bytes in another zone", (t / "again.epub").read_bytes() == (t / f"{name}.epub").read_bytes())
finish()
