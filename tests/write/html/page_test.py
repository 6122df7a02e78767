#!/usr/bin/python3
"""The page for the archive, as a file: page_test.py BUILD"""
import base64, json, os, pathlib, re, subprocess, sys, tempfile
from lxml import html

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from checks import OCTAVO, ROOT, check_all as check, finish
from words import difference, html_words, words, xhtml_words

HERE = pathlib.Path(__file__).resolve().parent

SEED = ROOT / "../shared/corpus/seed"


def make(folder, source, *options):
    done = subprocess.run([OCTAVO, str(source), "-o", str(folder / "p.html"), "-o", str(folder / "p.xhtml"), *options],
                          cwd=ROOT, capture_output=True, timeout=120)
    return (folder / "p.html").read_text(encoding="utf-8"), done.stderr.decode()


def alone(name, page, tree):
    """Nothing is fetched, nothing runs."""
    addresses = [a for e in tree.iter() if isinstance(e.tag, str) and e.tag != "a" and e.get("rel") != "canonical" for k, a in e.items() if k in ("src", "href", "data", "srcset", "poster")]
    check(f"{name}: no remote resource", all(a.startswith("data:") for a in addresses), "@import" not in page, not re.search(r"url\((?!data:)", page))
    check(f"{name}: no script", all(s.get("type") == "application/ld+json" for s in tree.iter("script")), page.count("</script>") == 1, page.count("</style>") == 1)
    check(f"{name}: HTML, not XML", page.startswith("<!DOCTYPE html>"), "epub:type" not in page, "xml:lang" not in page, "xmlns" not in page)


def notes(name, tree):
    """Each id once; each link inside leads somewhere; each call has its note and a way back."""
    ids = [e.get("id") for e in tree.iter() if isinstance(e.tag, str) and e.get("id")]
    links = [a.get("href")[1:] for a in tree.iter("a") if (a.get("href") or "").startswith("#")]
    check(f"{name}: ids and links", len(ids) == len(set(ids)), set(links) <= set(ids))
    for a in tree.xpath("//a[@role='doc-noteref']"):
        note = tree.get_element_by_id(a.get("href")[1:])
        check(f"{name}: {a.get('id')} and back", note.xpath(f".//a[@role='doc-backlink'][@href='#{a.get('id')}']"))


def sample(folder):
    for name in ("dot.png",):
        (folder / name).write_bytes(bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010800000000" "3a7e9b55" "0000000a49444154789c636000000002000148afa471" "0000000049454e44ae426082"))
    source = folder / "sample.md"
    source.write_bytes((HERE / "sample.md").read_bytes())
    page, told = make(folder, source, "--mail-link", "https://example.org/a?b=1&c=2")
    tree = html.document_fromstring(page)
    alone("sample", page, tree)
    notes("sample", tree)
    where = {n.get("id"): (n.tag, n.getparent().tag) for n in tree.find_class("note")}
    labels = {n.get("id"): n.find_class("note-number")[0].text for n in tree.find_class("note")}
    check("sample: notes of paragraphs stand at their calls", where["n1"] == ("span", "p"), where["n2"] == ("span", "p"), where["n3"] == ("span", "p"),
          tree.get_element_by_id("n1").getprevious().get("id") == "r1")
    tags = [t for t, _ in where.values()]
    check("sample: others behind their blocks", tags.count("aside") >= 4, all(parent not in ("h2", "td", "table", "caption", "figcaption", "ul", "ol", "em") for _, parent in where.values()))
    check("sample: numbers", all(labels[i] == i[1:] for i in labels))
    rest = [li.get("value") for li in tree.xpath("//section[@id='notes']/ol/li")]
    check("sample: what isn't called stays at the end", len(rest) == 2, rest == sorted(rest, key=int), "A note that nobody calls." in tree.xpath("string(//section[@id='notes'])"))
    missing, extra = difference(sorted(xhtml_words(folder / "p.xhtml")), sorted(html_words(page)))
    check(f"sample: the same words {missing[:5]} {extra[:5]}", not missing, not extra)
    head = {m.get("property") or m.get("name"): m.get("content") for m in tree.iter("meta")}
    check("sample: Open Graph", head["og:type"] == "article", head["og:title"] == "A page & its “notes” </script><b>",
          head["og:description"] == "What <others> see when they get a “link”.", head["og:url"] == "https://example.org/a?b=1&c=2", head["og:site_name"] == "The Friday Press",
          head["og:locale"] == "en_GB", head["article:published_time"] == "2026-03-06", tree.xpath("string(//link[@rel='canonical']/@href)") == head["og:url"])
    data = json.loads(tree.xpath("string(//script)"))
    check("sample: schema.org", data["@context"] == "https://schema.org", data["@type"] == "Article", data["headline"] == head["og:title"],
          [a["name"] for a in data["author"]] == ["Ada Example", "Ben Example"], data["datePublished"] == "2026-03-06", data["inLanguage"] == "en-GB",
          data["publisher"]["name"] == "The Friday Press", data["keywords"] == ["margins", "notes"], data["alternativeHeadline"] == "On what stands beside")
    check("sample: language and title", tree.get("lang") == "en-GB", tree.xpath("string(//title)") == head["og:title"], len(tree.findall(".//main")) == 1)
    check("sample: pictures inside", tree.xpath("string(//img/@src)").startswith("data:image/png;base64,iVBOR"), tree.xpath("string(//img/@alt)") == "A dot")
    check("sample: no picture without one", "og:image" not in head, "image" not in data)
    for link, where in (("https://example.org/i/12.html?a=1#b", "https://example.org/i/a%20card.png"), ("https://example.org", "https://example.org/a%20card.png")):
        page, told = make(folder, source, "--mail-link", link, "--card", str(folder / "a card.png"))
        tree = html.document_fromstring(page)
        head = {m.get("property") or m.get("name"): m.get("content") for m in tree.iter("meta")}
        check(f"sample: the card of {link}", head.get("og:image") == where, head["og:image:width"] == "1200", head["og:image:height"] == "630", head["og:image:alt"] == head["og:title"],
              head["twitter:card"] == "summary_large_image", json.loads(tree.xpath("string(//script)"))["image"] == where)
    (folder / "elsewhere").mkdir()
    page, told = make(folder, source, "--mail-link", "https://example.org/i/12.html", "-o", str(folder / "elsewhere/card.png"))
    check("sample: a card in another folder isn't known", "og:image" not in page)
    page, told = make(folder, source, "-o", str(folder / "card.png"))
    check("sample: without an address no picture", "og:image" not in page)
    (folder / "evil.css").write_text('p::after { content: "</style><script>x()</script>" }\n')
    page, told = make(folder, source, "-s", str(folder / "evil.css"))
    check("a sheet can't end its element", page.count("</style>") == 1, "<script>x" in page.split("</style>")[0] or "<script>x" not in page)
    page, told = make(folder, source, "-s", "book")
    check("the cover's ornament in its colour", '.title-block::after { content: "❦" / ""; color: var(--accent)' in page, "--accent: #d9b66e" in page)
    page, told = make(folder, source, "-s", "essay")
    check("the cover's rule in its colour", '.title-block::after { content: ""; width:' in page, "--accent: #a3201d" in page, "--accent: #c16a68" in page)
    (folder / "own.css").write_text('.cover-ornament::before { content: "</style>\\"" }\n')
    page, told = make(folder, source, "-s", str(folder / "own.css"))
    check("an ornament can't end the sheet", page.count("</style>") == 1, '.title-block::after { content: "' in page)
    page, told = make(folder, source, "-m", "embed-fonts=yes")
    faces = re.findall(r'@font-face { font-family: "([^"]+)"; font-weight: (\d+); font-style: (\w+); src: url\(data:font/(?:otf|ttf);base64,([A-Za-z0-9+/=]+)\); }', page)
    alone("typefaces", page, html.document_fromstring(page))
    check("typefaces of the text inside", len(faces) == 4, page.count("@font-face") == 4, {f[1:3] for f in faces} == {(w, s) for w in ("400", "700") for s in ("normal", "italic")},
          all(base64.b64decode(f[3])[:4] in (b"OTTO", b"\0\1\0\0") for f in faces))
    font = faces and subprocess.run(["fc-match", "-f", "%{file}", faces[0][0]], capture_output=True, text=True).stdout
    (folder / "own.otf").write_bytes(pathlib.Path(font).read_bytes())
    (folder / "named.css").write_text('@font-face { font-family: "Mine"; src: url(own.otf); }\nbody { font-family: "Mine", serif; }\n')
    page, told = make(folder, source, "-s", str(folder / "named.css"))
    check("a typeface that the style brings along", page.count('@font-face { font-family: "Mine"') == 1, 'font-family: "Mine", serif' in page, not re.search(r"url\((?!data:)", page))
    page, told = make(folder, source)
    check("else none", "@font-face" not in page)
    (folder / "bare.css").write_text("p { margin: 0 }\n")
    page, told = make(folder, source, "-s", str(folder / "bare.css"))
    check("no colour where the style has none", "--accent" not in page)
    (folder / "rtl.md").write_text("---\ntitle: שלום\nlanguage: he\n---\n\nטקסט.\n", encoding="utf-8")
    page, told = make(folder, folder / "rtl.md")
    check("from right to left", '<html lang="he" dir="rtl">' in page)


def essays(folder):
    page, told = make(folder, ROOT / "content/essay.md")
    tree = html.document_fromstring(page)
    alone("essay", page, tree)
    notes("essay", tree)
    want = xhtml_words(folder / "p.xhtml")
    missing, extra = difference(want, html_words(page))
    check(f"essay: all words in order {missing[:5]} {extra[:5]}", missing == ["notes"], not extra, len(tree.find_class("note")) == 15)
    if not (SEED / "essay.txt").exists():
        print("skipped: the corpus, since ../shared isn't there")
        return
    page, told = make(folder, SEED / "essay.txt")
    tree = html.document_fromstring(page)
    notes("seed", tree)
    missing, extra = difference(words((SEED / "essay.words.txt").read_text(encoding="utf-8-sig")), html_words(page))
    check(f"seed: all words in order {missing[:5]} {extra[:5]}", not missing, not extra, len(tree.find_class("note")) == 20)


for test in (sample, essays):
    with tempfile.TemporaryDirectory() as folder:
        test(pathlib.Path(folder))
finish()
