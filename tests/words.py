"""The words of a text, in order: of a page, a mail, an XHTML file, as the tests compare them.

Left out everywhere: note calls, back links, the numbers of notes. Notes that stand beside their calls are read
where a list of them would stand, at the end.
"""
import email, email.policy, re, unicodedata
from lxml import etree, html

BLOCK = set("p div section article main h1 h2 h3 h4 h5 h6 li ol ul dl dt dd blockquote figure figcaption table caption thead "
            "tbody tr td th pre hr br aside header footer nav img body".split())
SKIP = {"doc-noteref", "doc-backlink"}


def words(text):
    text = unicodedata.normalize("NFKC", text.replace("\u00ad", "").replace("\u2060", "")).replace("\u2019", "'")
    return re.findall(r"[^\W_]+", text.casefold())


def classes(e):
    return (e.get("class") or "").split()


def _text(e, out, notes):
    if not isinstance(e.tag, str):
        return
    tag = etree.QName(e).localname
    style = (e.get("style") or "").replace(" ", "")
    if tag in ("head", "script", "style") or (e.get("role") or "") in SKIP or "display:none" in style or "note-number" in classes(e):
        return
    if "note" in classes(e) and notes is not None:
        out, notes = notes, None
        out.append("\n")
    if tag in BLOCK:
        out.append("\n")
    out.append(e.text or "")
    for k in e:
        _text(k, out, notes)
        out.append(k.tail or "")
    if tag in BLOCK:
        out.append("\n")


def tree_words(root):
    out, notes = [], []
    _text(root, out, notes)
    return words("".join(out + notes))


def xhtml_words(path):
    return tree_words(etree.parse(str(path)).getroot())


def html_words(text):
    return tree_words(html.document_fromstring(text))


def plain_words(text, lists=False):
    """Without [3], <https://…>, stars inside a word, the lines under headings, and the numbers of lists, unless `lists`
    wants these."""
    text = re.sub(r"\[\d+\]", " ", re.sub(r"<(https?|mailto):[^>]*>", " ", text))
    text = re.sub(r"(?<=\w)\*+(?=\w)", "", text)
    return words(text if lists else re.sub(r"^( *)\d+\. ", r"\1", text, flags=re.M))


def read_mail(data):
    return email.message_from_bytes(data, policy=email.policy.default)


def difference(want, got):
    """(missing, extra): words of one that the other hasn't, each where it stands."""
    import subprocess, tempfile
    if want == got:
        return [], []
    with tempfile.NamedTemporaryFile("w", suffix="w") as a, tempfile.NamedTemporaryFile("w", suffix="g") as b:
        a.write("\n".join(want) + "\n"); a.flush()
        b.write("\n".join(got) + "\n"); b.flush()
        lines = subprocess.run(["diff", "--minimal", a.name, b.name], capture_output=True, text=True).stdout.splitlines()
    return [l[2:] for l in lines if l.startswith("< ")], [l[2:] for l in lines if l.startswith("> ")]
