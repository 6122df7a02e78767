#!/usr/bin/python3
"""The examples of the CommonMark and GFM specifications against the Markdown reader, compared as XHTML.

Both sides become trees of (name, attributes, content) with white space as a browser sees it. Where a rule of octavo
differs by design the difference is undone on our side (`as_commonmark`) or the example is listed below with the
reason. The specifications lie beside the project in ../shared/corpus/specs; without them the test is skipped.
"""
import pathlib, re, subprocess, sys, urllib.parse
from lxml import etree, html

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from checks import ROOT, unit

SPECS = ROOT / "../shared/corpus/specs"

# Examples, found by their first line, in which something else comes out by design.
GFM_LINKS = "GFM's extended autolinks: addresses are links without < > too"
OLDER = "cmark-gfm follows CommonMark 0.29"
NO_TAG = "what only looks like a tag is text, which the message markdown.html says"
NOT_PARSED = "lxml reads this as HTML does, where CommonMark leaves it to the browser"
EXCEPTIONS = {
    '<div id="foo"': NO_TAG,
    "<div class": NO_TAG,
    "<div *???-&&&-<---": NO_TAG,
    "<textarea>": OLDER,
    "<?php": NOT_PARSED,
    "<![CDATA[": NOT_PARSED,
    "foo <!ELEMENT br EMPTY>": NOT_PARSED,
    "foo <![CDATA[>&<]]>": NOT_PARSED,
    "<http://foo.bar/baz bim>": GFM_LINKS,
    "&nbsp &x; &#; &#x;": OLDER,
    "*$*alpha.": OLDER,
    "foo <!-- this is a --": OLDER,
    "foo <!--> foo -->": OLDER,
    "<https://foo.bar/baz bim>": GFM_LINKS,
    "<foo\\+@bar.example.com>": GFM_LINKS,
    "< https://foo.bar >": GFM_LINKS,
    "< http://foo.bar >": GFM_LINKS,
    "https://example.com": GFM_LINKS,
    "http://example.com": GFM_LINKS,
    "foo@bar.example.com": GFM_LINKS,
}

BLOCKS = set("address article aside blockquote body caption col colgroup dd details div dl dt figcaption figure footer "
             "h1 h2 h3 h4 h5 h6 header hr li nav ol p pre section summary table tbody td tfoot th thead tr ul".split())


def examples(path):
    text = path.read_text(encoding="utf-8").replace("→", "\t")
    for number, found in enumerate(re.finditer(r"^`{32} example(.*)\n([\s\S]*?)^\.\n([\s\S]*?)^`{32}$", text, re.M), 1):
        yield number, found.group(1).split(), found.group(2), found.group(3)


def words(tree):
    """Text without white space, and without what looks like a tag: names that HTML doesn't know stay as text."""
    for element in tree.iter("script", "style"):
        element.text = ""
    return re.sub(r"\s|<[^>]*>|<!?[a-z]+|\]\]>|>", "", "".join(tree.itertext()))


def address(value):
    return urllib.parse.quote(urllib.parse.unquote(value or ""), safe="")


def attributes(element):
    found = {k: v for k, v in element.attrib.items() if k not in ("scope", "class") or v.startswith("language-")}
    if "align" in found:
        found["style"] = "text-align: " + found.pop("align")
    for name in ("href", "src"):
        if name in found:
            found[name] = address(found[name])
    found = {k: " ".join(v.split()) for k, v in found.items()}
    return tuple(sorted(found.items()))


def squeeze(parts):
    """Joins text, lets white space collapse, and drops it at the edges of blocks."""
    joined = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        else:
            joined.append(part)
    return joined


def tidy(parts, edge):
    parts = squeeze(parts)
    out = []
    for i, part in enumerate(parts):
        if isinstance(part, str):
            part = re.sub(r"[ \t\n]+", " ", part)
            before = parts[i - 1] if i else None
            after = parts[i + 1] if i + 1 < len(parts) else None
            if (before is None and edge) or (isinstance(before, tuple) and before[0] in BLOCKS | {"br"}):
                part = part.lstrip(" ")
            if (after is None and edge) or (isinstance(after, tuple) and after[0] in BLOCKS | {"br"}):
                part = part.rstrip(" ")
            if not part:
                continue
        out.append(part)
    return tuple(out)


def node(element):
    if not isinstance(element.tag, str):
        return [element.tail or ""]
    name = etree.QName(element).localname
    inner = [element.text or ""]
    for child in element:
        inner += node(child)
    if name == "pre":
        inside = "".join(element.itertext())
        code = element.find("{*}code") if element.find("{*}code") is not None else element.find("code")
        made = (name, attributes(code) if code is not None else (), inside)
    elif name == "code":
        made = (name, attributes(element), tuple(squeeze(inner)))
    else:
        made = (name, attributes(element), tidy(inner, name in BLOCKS))
    return [made] + ([element.tail] if element.tail else [])


def as_commonmark(tree):
    """Undoes what octavo does by design."""
    for figure in tree.iter("figure"):
        figure.tag = "p"  # a picture alone in its paragraph is a figure, its title the caption
        for caption in figure.findall("figcaption"):
            if "".join(caption.itertext()):
                figure[0].set("title", "".join(caption.itertext()))
            figure.remove(caption)
    for table in tree.iter("table"):
        for cell in table.iter("td", "th"):
            if cell.getparent().getparent().tag == "thead":
                cell.tag = "th"  # a head cell without content is a plain one
    return tree


def parse_ours(text):
    body = re.sub(r"<!-- .* -->\n", "", text)
    return etree.fromstring("<body xmlns:o='urn:octavo:notes' xmlns:epub='x'>" + body + "</body>")


def as_book(made):
    """What octavo does to raw HTML by design: rows stand in a body, text among blocks stands in a paragraph."""
    name, given, inner = made
    if name == "pre" or name == "code":
        return made
    inner = [as_book(c) if isinstance(c, tuple) else c for c in inner]
    if name == "table" and any(isinstance(c, tuple) and c[0] == "tr" for c in inner):
        inner = [("tbody", (), tuple(c for c in inner if isinstance(c, tuple)))]
    if name in ("body", "blockquote"):
        wrapped = []
        for c in inner:
            if isinstance(c, tuple) and c[0] in BLOCKS:
                wrapped.append(c)
            elif wrapped and isinstance(wrapped[-1], list):
                wrapped[-1].append(c)
            else:
                wrapped.append([c])
        inner = [("p", (), tidy(c, True)) if isinstance(c, list) else c for c in wrapped]
        inner = [c for c in inner if c != ("p", (), ())]
    return (name, given, tuple(inner))


def parse_theirs(text):
    if not re.sub(r"<!--.*?-->|<[?!][^>]*>|\s", "", text, flags=re.S):
        return html.Element("body")  # lxml won't parse nothing
    text = text.replace("<input disabled=\"\" type=\"checkbox\"> ", "☐ ")
    text = text.replace("<input checked=\"\" disabled=\"\" type=\"checkbox\"> ", "☑ ")
    return html.fragment_fromstring(text, create_parent="body")


def same(answer, expected):
    """Where raw HTML is named in a message, only its text is kept: then the words are compared."""
    got, want = parse_ours(answer), parse_theirs(expected)
    if "[markdown.html]" in answer:
        return words(got) == words(want)
    return node(as_commonmark(got))[0] == as_book(node(want)[0])


def main():
    if not SPECS.is_dir():
        print("skipped: no ../shared/corpus/specs here\n0 passed, 0 failed")
        return 0
    program = unit("read/markdown_test")
    passed = failed = 0
    for path in sorted(SPECS.glob("*.txt")):
        cases = list(examples(path))
        answers = subprocess.run([program, "--each"], input="\x1e".join(c[2] for c in cases).encode(),
                                 capture_output=True, check=True).stdout.decode().split("\x1e")
        for (number, _, source, expected), answer in zip(cases, answers):
            exception = source.split("\n")[0] in EXCEPTIONS
            try:
                right = same(answer, expected)
            except etree.XMLSyntaxError as fault:
                right, answer = False, f"not well-formed: {fault}\n{answer}"
            if right or exception:
                passed += 1
                continue
            failed += 1
            print(f"--- {path.name} {number}\n{source}--- expected\n{expected}--- got\n{answer}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
