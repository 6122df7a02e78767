"""A book of which each chapter has something that is too large for a file of an e-book, and can be cut only within."""
import random

WORDS = "the river house of morning a letter light stone and we went slowly paper under voice".split()
ROWS, GROUPS, LINES, ITEMS, TERMS = 2500, 900, 6000, 1500, 2500


def source():
    r = random.Random(7)
    notes = []

    def s(n):
        return " ".join(r.choice(WORDS) for _ in range(n))

    def note():
        notes.append(s(12))
        return f"[^{len(notes)}]"

    out = ["---\ntitle: Long Things\nauthor: Nobody\nlanguage: en\n---\n\n# One: a table\n\n" + s(50) + "\n",
           f"| House{note()} | River | *Count* |\n|---|:---:|---:|"]
    out += [f"| {s(8)}{note() if i % 100 == 50 else ''} | {s(10)} | {i} |" for i in range(ROWS)]
    out.append("\n# Two: rows that belong together\n\n<table><caption>Spans</caption><colgroup><col/><col/><col/></colgroup><thead><tr>"
               "<th id='aye'>Aye</th><th id='bee'>Bee</th><th>See</th></tr></thead><tbody>")
    for i in range(GROUPS):
        out.append(f"<tr><th rowspan='3' id='g{i}'>group {i}</th><td headers='bee g{i}'>{s(10)}</td><td>{s(12)}</td></tr>"
                   f"<tr><td headers='bee g{i}'>{s(10)}</td><td>x</td></tr><tr><td>{s(10)}</td><td>y</td></tr>")
    out.append("</tbody><tfoot><tr><td>sum</td><td>all</td><td>end</td></tr></tfoot></table>\n\n"
               "After [the ninth](#g9) and [group 800](#g800).\n\n# Three: a program\n\n```html")
    out += [f"  <li class=\"a\">{i}\t&amp; {s(6)}</li>" for i in range(LINES)]
    out.append(f"```\n\n## After the program\n\n{s(40)}\n\n# Four: lists\n")
    for i in range(1, 60):
        out.append(f"{i}. {s(10)}\n")
        out += [f"    {k}. {s(30)}{note() if k == 3 else ''}\n\n       {s(20)}\n" for k in range(1, 30)]
    out.append("\n\n***\n")
    for i in range(3):
        out.append(f"- top {i} {s(5)}")
        out += [f"  - {s(14)}" for k in range(ITEMS)]
    out.append("\n# Five: quotations\n")
    out += [f"> > {s(50)}{note() if i % 200 == 9 else ''}\n> >" for i in range(900)]
    out.append("\n## Within {#within}\n\nA word.\n\n# Six: a glossary\n\n<dl>")
    out += [f"<dt>term {i}</dt><dd>{s(20)}</dd><dd>{s(5)}</dd>" for i in range(TERMS)]
    out.append(f"</dl>\n\n# Seven\n\nGo to [Within](#within).{note()}\n")
    out += [f"[^{i}]: {n}\n" for i, n in enumerate(notes, 1)]
    return "\n".join(out)
