#!/usr/bin/python3
"""book.py WORDS NOTES CHAPTERS [md|typst]: a long book for measuring, the same on every run, to standard output.

Sentences of content/*.md in a shuffled order, with chapters, sections, quotations, lists, tables, emphasis and notes; as
Markdown, or as the same text in Typst's markup.
"""
import pathlib, random, re, sys
from typst import typst_of

CONTENT = pathlib.Path(__file__).resolve().parents[2] / "content"


def sentences():
    """Plain sentences of the project's own texts: no markup, no code, no table."""
    found = []
    for path in sorted(CONTENT.glob("*.md")):
        text = re.sub(r"\A---\n.*?\n---\n", "", path.read_text(encoding="utf-8"), flags=re.S)
        text = re.sub(r"^(```|:::).*?^\1[^\n]*$", "", text, flags=re.S | re.M)
        for block in re.split(r"\n\s*\n", text):
            if re.match(r"\s*([#>|:!-]|\d+\.|\[\^|    )", block):
                continue
            block = re.sub(r"\[\^[^\]]+\]", "", re.sub(r"\s+", " ", block))
            found += [s for s in re.split(r"(?<=[.?!])\s+", block)
                      if 6 <= len(s.split()) <= 45 and re.match(r"[A-Z]", s) and not re.search(r"[\[\]<>|#*_`$\\@~^{}]", s)]
    return found


def book(words, notes, chapters):
    """The Markdown of a book of about that many words."""
    pool, dice = sentences(), random.Random(1450)
    pick = lambda n: [dice.choice(pool) for _ in range(n)]
    title = lambda n: " ".join(dice.choice(pool).split()[:n]).strip(",.;:?!")
    out, defined, made = ["---\ntitle: A Book for Measuring\nauthor: Nobody\nlanguage: en\n---"], [], 0
    for chapter in range(1, chapters + 1):
        out.append(f"# Chapter {chapter}: {title(5)}")
        block = 0
        while made < words * chapter // chapters:
            block += 1
            paragraph = pick(dice.randint(3, 9))
            made += sum(len(s.split()) for s in paragraph)
            if dice.random() < 0.3:
                paragraph[0] = re.sub(r"\b([a-z]{5,})\b", r"*\1*", paragraph[0], count=1)
            if len(defined) < notes * made // words:
                n = len(defined) + 1
                paragraph[dice.randrange(len(paragraph))] += f"[^{n}]"
                defined.append(f"[^{n}]: {' '.join(pick(dice.randint(1, 3)))}")
            if block % 17 == 0:
                out.append(f"## {title(6)}")
            if block % 53 == 0:
                rows = [f"| {dice.randint(1450, 1999)} | {dice.random() * 1000:.1f} | {dice.choice(['Paper', 'Ink', 'Type', 'Vellum'])} |"
                        for _ in range(6)]
                out.append("\n".join(["| Year | Amount | Goods |", "| --- | ---: | --- |", *rows]))
            if block % 29 == 0:
                out.append("\n".join("- " + s for s in paragraph))
            else:
                out.append(("> " if block % 13 == 0 else "") + " ".join(paragraph))
    return "\n\n".join(out + defined) + "\n"


if __name__ == "__main__":
    count = [int(x) for x in sys.argv[1:4]]
    text = book(*count)
    sys.stdout.write(typst_of(text) if sys.argv[4:] == ["typst"] else text)
