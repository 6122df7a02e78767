"""typst.py - Markdown as we write it for measuring, in Typst's markup: the same text for both programs.

Heads, paragraphs, block quotes, lists, pipe tables, notes, emphasis, strong, code. A book of its own need not be more.
"""
import re

PAGE = """#set document(title: "{title}")
#set page(width: 6in, height: 9in, margin: 0.9in, numbering: "1")
#set text(lang: "en", size: 11pt)
#set par(justify: true, first-line-indent: 1em, spacing: 0.65em)
#show heading: set block(above: 1.5em, below: 1em)
"""


def escaped(text):
    return re.sub(r"([\\#*_$@<>`~\[\]/])", r"\\\1", text)


def inline(text, notes):
    out = []
    for piece in re.split(r"(\[\^[^\]]+\]|\*\*.+?\*\*|\*.+?\*|`[^`]+`)", re.sub(r"\s+", " ", text)):
        note = re.fullmatch(r"\[\^([^\]]+)\]", piece)
        if note and note[1] in notes:
            out.append(f"#footnote[{inline(notes[note[1]], {})}]")
        elif re.fullmatch(r"\*\*.+\*\*", piece):
            out.append(f"#strong[{escaped(piece[2:-2])}]")
        elif re.fullmatch(r"\*.+\*", piece):
            out.append(f"#emph[{escaped(piece[1:-1])}]")
        elif re.fullmatch(r"`.+`", piece):
            out.append(piece)
        else:
            out.append(escaped(piece))
    return "".join(out)


def table(lines, notes):
    rows = [[c.strip() for c in l.strip().strip("|").split("|")] for l in lines if not re.fullmatch(r"[|:\-\s]+", l)]
    cells = ", ".join(f"[{inline(c, notes)}]" for r in rows for c in r)
    return f"#table(columns: {len(rows[0])}, {cells})"


def block(text, notes):
    lines = text.splitlines()
    head = re.match(r"(#+) (.*)", text)
    if head:
        return ("#pagebreak(weak: true)\n" if len(head[1]) == 1 else "") + "=" * len(head[1]) + " " + inline(head[2], notes)
    if text.startswith(">"):
        return f"#quote(block: true)[{inline(re.sub(r'^> ?', '', text, flags=re.M), notes)}]"
    if text.startswith("|"):
        return table(lines, notes)
    if re.match(r"- ", text):
        return "\n".join("- " + inline(l, notes) for l in re.split(r"^- ", text, flags=re.M)[1:])
    if re.match(r"\d+\. ", text):
        return "\n".join("+ " + inline(l, notes) for l in re.split(r"^\d+\. ", text, flags=re.M)[1:])
    return inline(text, notes)


def typst_of(markdown):
    front = re.match(r"---\n(.*?)\n---\n", markdown, flags=re.S)
    title = re.search(r"^title: *\"?(.*?)\"?$", front[1], re.M)[1] if front else ""
    notes, blocks = {}, []
    for part in re.split(r"\n\s*\n", markdown[front.end() if front else 0:].strip()):
        note = re.match(r"\[\^([^\]]+)\]: +(.*)", part, flags=re.S)
        if note:
            notes[note[1]] = note[2]
        else:
            blocks.append(part.strip())
    return PAGE.format(title=title.replace('"', "")) + "\n" + "\n\n".join(block(b, notes) for b in blocks) + "\n"
