#!/usr/bin/python3
"""Mails from outside: parsed by Python's email package, sent over SMTP, read word for word: mail_test.py BUILD"""
import os, pathlib, re, smtplib, struct, subprocess, sys, tempfile, zipfile, zlib, io

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from checks import OCTAVO, ROOT, check_all as check, finish
from words import difference, html_words, plain_words, read_mail, words, xhtml_words

HERE = pathlib.Path(__file__).resolve().parent
SEED = ROOT / "../shared/corpus/seed"
FROM = ["-m", "from=Zoë Example <zoe@example.org>", "-m", "date=2026-03-06"]


def run(folder, *options, source="sample.md", env=None):
    done = subprocess.run([OCTAVO, source, *options], cwd=folder, capture_output=True, timeout=120,
                          env={**os.environ, **(env or {})})
    return done.returncode, done.stderr.decode()


def put(folder, name, data):
    path = pathlib.Path(folder) / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def form(name, data):
    """What every mail must be."""
    lines = data.split(b"\r\n")
    check(f"{name}: CRLF only", data.count(b"\n") == data.count(b"\r\n") == data.count(b"\r"))
    check(f"{name}: short lines", max(map(len, lines)) < 998)
    check(f"{name}: 7 bits", all(b < 128 for b in data), b"\0" not in data)
    mail = read_mail(data)
    check(f"{name}: no defects", not any(p.defects for p in mail.walk()), not any(h.defects for h in mail.values() if hasattr(h, "defects")))
    return mail


def texts(mail):
    return tuple(mail.get_body((kind,)).get_content().replace("\r\n", "\n") for kind in ("plain", "html"))


def notes(name, html, count):
    """Each call leads to its note, each note back to its calls."""
    calls = re.findall(r'<a id="(r[\d-]+)" href="#(n\d+)"', html)
    backs = re.findall(r'href="#(r[\d-]+)"', html)
    items = re.findall(r'<li id="(n\d+)"', html)
    check(f"{name}: notes linked both ways", len(items) == count, {n for _, n in calls} == set(items), sorted(backs) == sorted(c for c, _ in calls))


def fidelity(name, want, plain, html, extra=frozenset()):
    for part, got in (("plain", plain_words(plain)), ("html", html_words(html))):
        missing, more = difference(want, got)
        check(f"{name}: words of the {part} text, missing {missing[:8]}, extra {more[:8]}", not missing, set(more) <= set(extra))


def noise_png(width, height):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    import random
    r = random.Random(7)
    rows = b"".join(b"\0" + r.randbytes(width * 3) for _ in range(height))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b""))


def png_size(data):
    return struct.unpack(">II", data[16:24])


def sample(folder):
    source = put(folder, "Grüße № 1.md", (HERE / "sample.md").read_bytes())
    options = [*FROM, "-m", "to=friday@example.org, Ben Example <ben@example.org>", "-m", "to=list@example.net",
               "-m", "list-id=The Friday Letter <friday.example.org>", "-m", "list-unsubscribe=https://example.org/leave?u=1, mailto:leave@example.org",
               "--mail-link", "https://example.org/1.html", "-o", "m.eml", "-o", "s.xhtml", "-o", "s.epub", "-o", "s.pdf"]
    status, told = run(folder, *options, source=source.name)
    check("sample: made without a message", status == 0, told == "")
    data = (folder / "m.eml").read_bytes()
    mail = form("sample", data)
    plain, html = texts(mail)
    check("sample: headers", mail["subject"] == "Grüße vom Freitag: tables, notes & quotations", mail["from"].addresses[0].display_name == "Zoë Example",
          [a.addr_spec for a in mail["to"].addresses] == ["friday@example.org", "ben@example.org", "list@example.net"],
          mail["date"].datetime.isoformat() == "2026-03-06T00:00:00+00:00", re.fullmatch(r"<[0-9a-f]{40}@example\.org>", mail["message-id"].strip()),
          mail["list-id"] == "The Friday Letter <friday.example.org>", mail["list-unsubscribe"] == "<https://example.org/leave?u=1>, <mailto:leave@example.org>",
          mail["list-unsubscribe-post"] == "List-Unsubscribe=One-Click", mail["content-language"] == "en", mail["archived-at"] == "<https://example.org/1.html>",
          mail["mime-version"] == "1.0")
    kinds = [p.get_content_type() for p in mail.walk()]
    check("sample: structure", kinds == ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "application/epub+zip", "application/pdf"])
    attached = list(mail.iter_attachments())
    check("sample: attachments are the outputs", [a.get_filename() for a in attached] == ["s.epub", "s.pdf"],
          attached[0].get_content() == (folder / "s.epub").read_bytes(), attached[1].get_content() == (folder / "s.pdf").read_bytes(),
          all(a["content-transfer-encoding"] == "base64" for a in attached))
    notes("sample", html, 5)
    foot = words("Read on the web https://example.org/1.html Unsubscribe https://example.org/leave?u=1")
    fidelity("sample", xhtml_words(folder / "s.xhtml"), plain, html, extra={"x", *foot})
    check("sample: where else, and how to leave", plain.rstrip().endswith("Read on the web:\nhttps://example.org/1.html\n\nUnsubscribe:\nhttps://example.org/leave?u=1"),
          '<a href="https://example.org/1.html">Read on the web</a> · <a href="https://example.org/leave?u=1">Unsubscribe</a>' in html)
    preview = re.search(r'<div style="display:none[^>]*>(.*?)</div>', html, re.S)[1]
    check("sample: the preview, and nothing behind it", preview.startswith("What stands in the mail program’s list, &lt;short&gt;."), preview.count("\u200c") > 80)
    check("sample: who and when on one line", re.search(r"<p [^>]*><span>Zoë Example</span>\s*· <span>March 6, 2026</span>\s*· <span>The Friday Press</span>\s*</p>", html))
    check("sample: no arrow alone on its line", not re.search(r"[^\u00a0>]<a href=\"#r", html), html.count('\u00a0<a href="#r') == 6)
    check("sample: plain text", max(len(l) for l in plain.splitlines() if "int main" not in l) <= 72, "[5] A note from a table" in plain,
          "> A quotation in two paragraphs." in plain, "1. one item" in plain, "   - an item inside it" in plain,
          "link <https://example.org/a?b=c&d=e>" in plain, re.search(r"^Octavo +8  a note\[5\]$", plain, re.M))
    check("sample: html text", html.startswith("<!DOCTYPE html>"), '<html lang="en">' in html, "color-scheme" in html, "epub:type" not in html,
          "&lt;short&gt;" in html, "text-align:right" in html, "src=" not in html)
    check("sample: the ornament is lighter on dark screens", ".accent{color:#c16a68!important" in html, re.search(r'<div class="accent" style="[^"]*border-top:4px solid #a3201d', html))
    # without outputs of their own, attachments have the source's name
    status, told = run(folder, *FROM, "-o", "n.eml", source=source.name)
    data = (folder / "n.eml").read_bytes()
    check("names: RFC 2231", [a.get_filename() for a in form("names", data).iter_attachments()] == ["Grüße № 1.epub", "Grüße № 1.pdf"],
          b"filename*=" in data, b"=?utf-8?" not in data.split(b"\r\n\r\n", 1)[1].lower())
    check("names: no other output", {p.name for p in folder.iterdir()} == {source.name, "m.eml", "n.eml", "s.xhtml", "s.epub", "s.pdf"})


def twice(folder):
    there = []
    for name, env in (("a", {"TZ": "Asia/Tokyo", "LC_ALL": "C", "LANG": "C"}), ("b", {"TZ": "America/Lima", "LC_ALL": "C.UTF-8"})):
        (folder / name).mkdir()
        put(folder / name, "sample.md", (HERE / "sample.md").read_bytes())
        run(folder / name, *FROM, "-o", "m.eml", "-o", "m.html", env=env)
        there.append((folder / name / "m.eml").read_bytes() + (folder / name / "m.html").read_bytes())
    check("the same bytes twice", there[0] == there[1])
    put(folder / "b", "sample.md", (HERE / "sample.md").read_bytes() + b"\nOne sentence more.\n")
    run(folder / "b", *FROM, "-o", "m.eml")
    one, other = (read_mail((folder / n / "m.eml").read_bytes())["message-id"] for n in "ab")
    check("another text has another Message-ID", one != other)


def pictures(folder):
    put(folder, "wide.png", noise_png(1500, 300))
    put(folder, "small.png", noise_png(40, 30))
    put(folder, "pictures.md", "# Pictures\n\nBefore.\n\n![A wide one](wide.png)\n\n![A small one](small.png)\n\n![The small one again](small.png)\n")
    status, told = run(folder, *FROM, "-o", "p.eml", source="pictures.md")
    mail = form("pictures", (folder / "p.eml").read_bytes())
    _, html = texts(mail)
    related = next(p for p in mail.walk() if p.get_content_type() == "multipart/related")
    inline = {p["content-id"].strip("<>"): p for p in related.iter_parts() if p.get_content_type() == "image/png"}
    cids = re.findall(r'src="cid:([^"]+)"', html)
    check("pictures: inline by cid", status == 0, len(inline) == 2, set(cids) == set(inline), len(cids) == 3, related.get_param("type") == "text/html",
          'alt="A wide one"' in html, all(p.get_content_disposition() == "inline" for p in inline.values()))
    sizes = sorted(png_size(p.get_content()) for p in inline.values())
    check("pictures: at most 1,200 px", sizes == [(40, 30), (1200, 240)])
    check("pictures: shown no wider than the text", 'width="560"' in html, 'width="40"' in html)
    whole = len((folder / "p.eml").read_bytes())
    status, told = run(folder, *FROM, "-o", "p.eml", "--mail-budget", str(whole - 400_000), source="pictures.md")
    check("budget: pictures are reduced first", status == 0, "[mail.reduced]" in told, "[mail.linked]" not in told,
          len((folder / "p.eml").read_bytes()) <= whole - 400_000, len(list(read_mail((folder / "p.eml").read_bytes()).iter_attachments())) == 2)
    status, told = run(folder, *FROM, "-o", "p.eml", "--mail-budget", "230kB", "--mail-link", "https://example.org/p", source="pictures.md")
    mail = form("linked", (folder / "p.eml").read_bytes())
    plain, html = texts(mail)
    check("budget: then attachments are linked to", status == 0, "[mail.linked]" in told, len(list(mail.iter_attachments())) < 2,
          'href="https://example.org/p"' in html, "https://example.org/p" in plain, len((folder / "p.eml").read_bytes()) <= 230_000)
    before = (folder / "p.eml").read_bytes()
    status, told = run(folder, *FROM, "-o", "p.eml", "-o", "p.epub", "--mail-budget", "20kB", "--mail-link", "https://example.org/p", source="pictures.md")
    check("budget: else nothing is written", status == 3, "[mail.budget]" in told, re.search(r"wide\.png \d\.\d\d MB", told),
          (folder / "p.eml").read_bytes() == before, not (folder / "p.epub").exists())
    put(folder, "broken.png", noise_png(1500, 300)[:4000])
    put(folder, "broken.md", "# Pictures\n\nBefore.\n\n![A broken one](broken.png)\n")
    status, told = run(folder, *FROM, "-o", "b.eml", "-t", "epub", source="broken.md")
    check("a picture that can't be scaled stays as it is", status in (0, 2), status == 2 or b"image/png" in (folder / "b.eml").read_bytes())


def budget(folder):
    """Pictures weigh most in what is attached: they are reduced there, too, before anything gives way to a link."""
    from PIL import Image
    Image.effect_noise((2000, 1500), 80).convert("RGB").save(folder / "photo.jpg", quality=90)
    put(folder, "b.md", "# A budget\n\nText.[^1]\n\n![A photo](photo.jpg)\n\n[^1]: A note.\n")
    files = ["-o", "b.eml", "-o", "b.epub", "-o", "b.pdf"]
    run(folder, *FROM, *files, source="b.md")
    whole, epub, pdf = (len((folder / f"b.{s}").read_bytes()) for s in ("eml", "epub", "pdf"))
    status, told = run(folder, *FROM, *files, "--mail-budget", f"{whole // 2000}kB", "--mail-link", "https://example.org/b", source="b.md")
    data = (folder / "b.eml").read_bytes()
    mail = form("budget", data)
    attached = {a.get_content_subtype(): a.get_content() for a in mail.iter_attachments()}
    check("budget: pictures of what is attached are reduced", status == 0, "[mail.reduced]" in told, "attached" in told, "[mail.linked]" not in told,
          set(attached) == {"epub+zip", "pdf"}, len(data) <= whole // 2, len(data) > whole // 8)
    check("budget: the outputs themselves aren't", len((folder / "b.epub").read_bytes()) == epub, len((folder / "b.pdf").read_bytes()) == pdf)
    with zipfile.ZipFile(io.BytesIO(attached["epub+zip"])) as z:
        names = [n for n in z.namelist() if n.endswith(".jpg")]
        size = Image.open(io.BytesIO(z.read(names[0]))).size
        check("budget: the e-book has it smaller", z.testzip() is None, size in ((1800, 1350), (1200, 900), (800, 600)))
    put(folder, "attached.pdf", attached["pdf"])
    listed = subprocess.run(["pdfimages", "-list", folder / "attached.pdf"], capture_output=True, text=True)
    text = subprocess.run(["pdftotext", folder / "attached.pdf", "-"], capture_output=True, text=True).stdout
    check("budget: the PDF, too", listed.returncode == 0, [l.split()[3:5] for l in listed.stdout.splitlines()[2:]] == [[str(n) for n in size]], "A note." in text)
    run(folder, *FROM, *files, "--mail-budget", f"{whole // 2000}kB", "--mail-link", "https://example.org/b", source="b.md")
    check("budget: the same bytes twice", (folder / "b.eml").read_bytes() == data)


def drawings(folder):
    """What mail programs can't show goes as pixels."""
    put(folder, "plan.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="150"><rect width="300" height="150" fill="#2468ac"/></svg>')
    put(folder, "wide.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2000 500"><circle cx="250" cy="250" r="200"/></svg>')
    from PIL import Image
    Image.new("RGB", (30, 20), (10, 200, 30)).save(folder / "photo.webp", lossless=True)
    Image.new("P", (31, 21)).save(folder / "old.gif")
    put(folder, "d.md", "# Drawings\n\n![A plan](plan.svg)\n\n![A wide one](wide.svg)\n\n![A photo](photo.webp)\n\n![An old one](old.gif)\n")
    status, told = run(folder, *FROM, "-o", "d.eml", source="d.md")
    mail = form("drawings", (folder / "d.eml").read_bytes())
    _, html = texts(mail)
    shown = {p.get_filename(): p for p in mail.walk() if p["content-id"]}
    check("drawings: as PNG", status == 0, told == "", set(shown) == {"plan.png", "wide.png", "photo.png", "old.png"},
          all(p.get_content_type() == "image/png" and p.get_content()[:4] == b"\x89PNG" for p in shown.values()))
    check("drawings: fine enough, not wider than shown", png_size(shown["plan.png"].get_content()) == (600, 300), png_size(shown["wide.png"].get_content()) == (1200, 300),
          'width="300"' in html, 'width="560"' in html)
    colour = Image.open(io.BytesIO(shown["plan.png"].get_content())).convert("RGB").getpixel((300, 150))
    check("drawings: their colours", colour == (0x24, 0x68, 0xac))
    whole = len((folder / "d.eml").read_bytes())
    again = run(folder, *FROM, "-o", "e.eml", source="d.md")
    check("drawings: the same bytes twice", (folder / "e.eml").read_bytes() == (folder / "d.eml").read_bytes())


def chapters(folder):
    """Notes whose numbers begin anew in each chapter stand below the chapter's name."""
    put(folder, "book.md", "---\ntitle: A book\nstyle: book\n---\n\n# First things\n\nOne.[^a] Two.[^b]\n\n# Last things\n\nThree.[^c]\n\n[^a]: Note of one.\n[^b]: Note of two.\n[^c]: Note of three.\n")
    status, told = run(folder, *FROM, "-o", "b.eml", "-o", "b.xhtml", source="book.md")
    plain, html = texts(form("chapters", (folder / "b.eml").read_bytes()))
    rest = plain[plain.index("\nNotes\n"):]
    check("chapters: in the plain text", status == 0, re.search(r"First things\n\n\[1\] Note of one\.\n.*\[2\] Note of two\.\n\nLast things\n\n\[\d\] Note of three\.", rest, re.S))
    labels = re.findall(r'<p aria-hidden="true"[^>]*>([^<]*)</p>\s*<ol[^>]*aria-label="([^"]*)"', html)
    check("chapters: in the html text, for the eye", labels == [("First things",) * 2, ("Last things",) * 2])
    notes("chapters", html, 3)
    run(folder, *FROM, "-o", "e.eml", "--mail-excerpt", "2", source="book.md")
    plain, html = texts(read_mail((folder / "e.eml").read_bytes()))
    check("chapters: an excerpt has those of its own", plain.count("First things") == 2, "Last things" not in plain, "Last things" not in html)


def excerpt(folder):
    put(folder, "sample.md", (HERE / "sample.md").read_bytes())
    status, told = run(folder, *FROM, "-o", "e.eml", "-o", "w.eml", "--mail-excerpt", "30", "--mail-link", "https://example.org/1.html")
    plain, html = texts(form("excerpt", (folder / "e.eml").read_bytes()))
    check("excerpt: ends at a paragraph and leads on", status == 0, told == "", "A list" not in plain, "A list" not in html,
          "Continue reading:\nhttps://example.org/1.html" in plain, '<a href="https://example.org/1.html">Continue reading</a>' in html)
    notes("excerpt", html, 2)
    check("excerpt: its notes only", "[2] The second note" in plain, "[3]" not in plain, "quoted" not in html)
    run(folder, *FROM, "-o", "e.eml", "--mail-excerpt", "44", "-m", "language=de")
    plain, html = texts(read_mail((folder / "e.eml").read_bytes()))
    check("excerpt: in the text's language, attached", "Der ganze Text ist angehängt." in plain, "Der ganze Text ist angehängt." in html)
    long = "# Long\n\n" + "".join(f"## Part {i}\n\n" + "Some words of a text. " * 60 + f"[^{i}]\n\n[^{i}]: Note {i}.\n\n" for i in range(120))
    put(folder, "long.md", long)
    status, told = run(folder, *FROM, "-o", "l.eml", "--mail-link", "https://example.org/l", source="long.md")
    plain, html = texts(form("long", (folder / "l.eml").read_bytes()))
    check("a long text: the html text stays below 90 KB", "[mail.excerpt]" in told, 75_000 < len(html.encode()) + html.count("\n") <= 90_000,
          not re.search(r"Part \d+</h\d>\s*(</div>\s*)*<p[^>]*><a", html))
    notes("long", html, len(re.findall(r'role="doc-noteref"', html)))


def headers(folder):
    put(folder, "sample.md", (HERE / "sample.md").read_bytes())
    for key, value, code in (("from", "a@b@c", "mail.address"), ("from", "zoe@exa mple.org", "mail.address"), ("from", "Zoë", "mail.address"),
                             ("from", "zoë@example.org", "mail.address"), ("to", "friends: a@example.org;", "mail.address"), ("to", "a@-x.org", "mail.address"),
                             ("to", "a@example.org\r\nBcc: x@example.org", "mail.header"), ("from", "A\nX: <a@example.org>", "mail.header"),
                             ("list-id", "no list", "mail.address"), ("list-unsubscribe", "ftp://example.org", "mail.address"),
                             ("list-unsubscribe", "mailto:x", "mail.address"), ("list-archive", "the attic", "mail.address"), ("list-post", "nobody", "mail.address"),
                             ("reply-to", "nobody", "mail.address"), ("reply-to", "a@example.org\nBcc: x@example.org", "mail.header"), ("list-help", "https://x.org\n<y>", "mail.header"), ("list-id", "a\nb <x.org>", "mail.header"), ("mail-subject", "x" * 1000, "mail.header")):
        status, told = run(folder, *FROM, "-o", "h.eml", "-m", f"{key}={value}")
        check(f"headers: {key} {value[:30]!r}", status == 3, f"[{code}]" in told, not (folder / "h.eml").exists())
    status, told = run(folder, "-o", "h.eml", "-m", "from=\"Example, Zoë\" <zoe+x@bücher.example>", "-m", "mail-subject=Only this week: ☃ and " + "words " * 20)
    mail = form("headers", (folder / "h.eml").read_bytes())
    check("headers: quoted name, IDN domain, long subject", status == 0, mail["from"].addresses[0].display_name == "Example, Zoë",
          "xn--bcher-kva" in mail["from"].addresses[0].domain, mail["subject"].startswith("Only this week: ☃ and words words"), mail["subject"].count("words") == 20)
    lists = {"list-help": "https://example.org/help", "list-subscribe": "mailto:join@example.org?subject=join", "list-unsubscribe": "mailto:leave@example.org",
             "list-post": "NO", "list-owner": "mailto:ada@example.org", "list-archive": "https://example.org/archive"}
    status, told = run(folder, *FROM, "-o", "l.eml", "-m", "reply-to=Ada <ada@example.org>", *[w for k, v in lists.items() for w in ("-m", f"{k}={v}")])
    mail = form("lists", (folder / "l.eml").read_bytes())
    check("headers: of lists", status == 0, told == "", all(mail[k] == (v if v == "NO" else f"<{v}>") for k, v in lists.items()), mail["reply-to"].addresses[0].addr_spec == "ada@example.org",
          mail["list-unsubscribe-post"] is None)
    plain, html = texts(mail)
    check("headers: leaving by mail", "Unsubscribe:\nmailto:leave@example.org" in plain, '<a href="mailto:leave@example.org">' in html)
    status, told = run(folder, "-o", "d.eml")
    mail = form("draft", (folder / "d.eml").read_bytes())
    check("a draft", "[mail.sender]" in told, mail["from"] is None, mail["x-unsent"] == "1")
    put(folder, "to.md", "---\ntitle: T\nto: [a@example.org, B <b@example.org>]\nfrom: c@example.org\ndate: 2026-03-06\n---\n\nText.\n")
    status, told = run(folder, "-o", "to.eml", source="to.md")
    check("a list of receivers in the front matter", told == "", [a.addr_spec for a in read_mail((folder / "to.eml").read_bytes())["to"].addresses] == ["a@example.org", "b@example.org"])
    put(folder, "title.md", '---\ntitle: "One\\nBcc: x@example.org\\n"\n---\n\nText.\n')
    run(folder, *FROM, "-o", "t.eml", source="title.md")
    check("a title on two lines is one subject", read_mail((folder / "t.eml").read_bytes())["subject"] == "One Bcc: x@example.org")
    put(folder, "ru.md", "---\ntitle: Письмо\nlanguage: ru\n---\n\n" + "Слова текста на русском языке. " * 40 + "\n")
    run(folder, *FROM, "-o", "r.eml", source="ru.md")
    mail = form("russian", (folder / "r.eml").read_bytes())
    check("another script: base 64", mail.get_body(("plain",))["content-transfer-encoding"] == "base64", texts(mail)[0].startswith("Письмо\n======"),
          max(map(len, texts(mail)[0].splitlines())) <= 72)


def delivered(folder):
    try:
        from aiosmtpd.controller import Controller
    except ImportError:
        print("skipped: delivery, since python3-aiosmtpd isn't there")
        return
    got = []

    class Sink:
        async def handle_DATA(self, server, session, envelope):
            got.append((envelope.content, server.transport is not None, envelope.smtp_utf8))
            return "250 OK"
    put(folder, "sample.md", (HERE / "sample.md").read_text(encoding="utf-8") + "\n```\n.\n..\n.hidden\nFrom here on\n```\n")
    put(folder, "noise.png", noise_png(900, 700))
    put(folder, "sample.md", (folder / "sample.md").read_bytes() + b"\n![Noise](noise.png)\n")
    run(folder, *FROM, "-o", "m.eml", "-m", "to=ben@example.org")
    data = (folder / "m.eml").read_bytes()
    check("delivered: lines of dots, and megabytes", b"\r\n    .\r\n    ..\r\n" in data or b"\r\n.\r\n" in data, len(data) > 5_000_000)
    import socket
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    sink = Controller(Sink(), hostname="127.0.0.1", port=port, enable_SMTPUTF8=False, decode_data=False)
    sink.start()
    try:
        with smtplib.SMTP("127.0.0.1", port) as smtp:
            smtp.sendmail("zoe@example.org", ["ben@example.org"], data)
    finally:
        sink.stop()
    check("delivered over SMTP to the byte", len(got) == 1, got and got[0][0] == data)


def essays(folder):
    """Whole essays: ours, and the raw one of the corpus."""
    done = subprocess.run([OCTAVO, str(ROOT / "content/essay.md"), *FROM, "-o", str(folder / "e.eml"), "-o", str(folder / "e.xhtml")], cwd=ROOT, capture_output=True)
    plain, html = texts(form("essay", (folder / "e.eml").read_bytes()))
    check("essay: made", done.returncode == 0, done.stderr == b"", max(map(len, plain.splitlines())) <= 72)
    notes("essay", html, 15)
    fidelity("essay", xhtml_words(folder / "e.xhtml"), plain, html)
    if not (SEED / "essay.txt").exists():
        print("skipped: the corpus, since ../shared isn't there")
        return
    done = subprocess.run([OCTAVO, str(SEED / "essay.txt"), *FROM[:2], "-o", str(folder / "s.eml")], cwd=ROOT, capture_output=True)
    data = (folder / "s.eml").read_bytes()
    plain, html = texts(form("seed", data))
    check("seed: within all budgets, with both attached", done.returncode == 0, len(data) < 7_300_000, len(html.encode()) < 90_000,
          len(list(read_mail(data).iter_attachments())) == 2)
    notes("seed", html, 20)
    check("seed: notes in the plain text", all(f"\n[{i}] " in plain for i in range(1, 21)))
    fidelity("seed", words((SEED / "essay.words.txt").read_text(encoding="utf-8-sig")), plain, html, extra={"notes"})


for test in (sample, twice, pictures, budget, drawings, chapters, excerpt, headers, delivered, essays):
    with tempfile.TemporaryDirectory() as folder:
        test(pathlib.Path(folder))
finish()
