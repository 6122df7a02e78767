#!/usr/bin/python3
"""variants.py FOLDER COUNT [SEED] BOOK.md …: flattens pieces of Markdown books in random manners, each as N.txt with N.truth.json, to see
how the reader does on texts it wasn't made with. The same seed makes the same texts. The first line of each truth's `manner` says how."""
import json, pathlib, random, re, sys, textwrap

HEADS = ["The Shape of the Argument", "Early Objections", "What the Records Show", "Method and Sources", "A Note on Terms", "Policy Options",
         "Rivals and Allies", "The Case Against Reform", "Money and Credit", "An Uncertain Peace", "The View from the Provinces", "Conclusion",
         "Lessons for the present day", "How the system works", "Why it matters", "Winners and losers", "After the fall", "Population",
         "Order and Disorder", "The Road to 1848", "Is There a Third Way?", "Trade, Tariffs and Treaties"]
TITLES = ["The Long Road to Agreement", "Notes on a Quarrel", "Why Treaties Fail: Lessons from a Century", "Democracy and Its Discontents in 1919",
          "The Limits of Power", "On the Uses of History", "Remembering", "A Short History of an Idea That Would Not Die"]
DISTRACT = ["The G7 met in 1914, and again on 3 May 1921.", "COVID-19 changed that in 2020.", "Version 1.5 of the text cost $4 million.",
            "See pp. 12–15 and Article 5 of the Treaty.", "At 12:30 on June 28, 1919, some 27 delegates signed.", "In World War 2 this was repeated.",
            "The formula is H2O, as chapter 3 explains.", "Figure 3 shows a rise of 7.5 percent from 1913 to 1920.", "Of 11 members, 8 voted for it and 3 against.",
            "The MI6 report of 2 August ran to 14 pages.", "By 1871 there were 12 such states, by 1914 only 4.", "He paid £2 in January and £15 in May.",
            "The F16 and the S-400 are weapons, and B12 a vitamin.", "It is (1) dear, (2) slow and (3) ugly.", "No. 9 of the Decrees, vol. 2, says so.",
            "The years 1914–18 cost 9 million lives.", "Psalm 23 and Romans 8:28 say otherwise.", "The room measured 12 m² and held 3 m³ of paper.",
            "The temperature was 21 °C on the 4th day.", "Louis XIV ruled 72 years, from 1643 to 1715.", "The debt rose by 12.5% to $1,250,000."]
TOP = ["Skip to main content", "Menu", "Home › Essays › History", "Home > Research > Papers", "Subscribe to our newsletter", "12 min read", "5 minute read",
       "We use cookies to improve your experience. By continuing you accept our cookie policy.", "Share", "Log in", "Sign up for our weekly newsletter"]
MIDDLE = ["Advertisement", "Read more: Ten books for the summer", "Share this article", "Sign up for our newsletter", "Article continues below"]
BOTTOM = ["Share this article", "Facebook Twitter LinkedIn Email", "Share on Facebook", "Related reading", "© 2024 The Institute. All rights reserved.",
          "Privacy policy", "Terms of use", "Now Reading {title}", "Leave a comment", "Tags: history, peace", "Back to top", "Follow us on Twitter",
          "Copyright © 2021 The Review", "Related articles", "Previous article", "Print this page"]
NOTE_HEADS = ["Notes", "NOTES", "Endnotes", "References", "Footnotes", "Notes:", "Anmerkungen", "Notes de bas de page", "Notes and References", "Fußnoten", "Notas"]
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def words(text):
    return re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text.replace("\u2060", ""))


def plain(md):
    md = re.sub(r"\\([^\w\s])", r"\1", re.sub(r"\[([^\]^]+)\]\([^)]*\)", r"\1", md))
    return re.sub(r"(?<![\w*])[*_]+(?=\S)|(?<=\S)[*_]+(?![\w*])", "", md).strip()


def load(path):
    text = pathlib.Path(path).read_text(encoding="utf-8").split("\n---\n", 1)[-1]
    notes, paragraphs = {}, []
    for block in re.split(r"\n\s*\n", text):
        if m := re.match(r"\[\^(\d+)\]:\s*(.*)", block, re.S):
            notes[m[1]] = plain(" ".join(m[2].split()))
        elif not re.match(r"\s*([#>|<]|\d+\.\s|-\s|    )", block) and len(block) > 60 and not block.rstrip().endswith(":"):
            paragraphs.append(" ".join(block.split()))
    return paragraphs, notes


def call(how, n, before, after):
    """The text before a call, the call and the text after it, in a manner."""
    d = str(n)
    mark = re.match(r"[.,;:!?]*[”’]?[.,;]*", after)[0]
    if how == "after":
        return before + mark + d, after[len(mark):]
    if how == "raised":
        return before + mark + d.translate(RAISED), after[len(mark):]
    if how == "bracket":
        return before + mark + f"[{d}]", after[len(mark):]
    if how == "bracket-before":
        return before + f"[{d}]", after
    if how == "bracket-space":
        return before + f" [{d}]", after
    if how == "paren":
        return before + mark + f"({d})", after[len(mark):]
    if how == "paren-space":
        return before + mark + f" ({d})", after[len(mark):]
    if how == "before":
        return before + d, after
    if how == "spaced":
        return before + mark + " " + d, after[len(mark):]
    if how == "caret":
        return before + mark + "^" + d, after[len(mark):]
    if how == "inside":
        return (before + mark[:-1] + d + mark[-1], after[len(mark):]) if mark[-1:] in ("”", "’") else (before + mark + d, after[len(mark):])
    if how == "named":
        return before + mark + f"[note {d}]", after[len(mark):]
    raise ValueError(how)


def note_lines(style, n, text):
    starts = {"dot": f"{n}. ", "bracket": f"[{n}] ", "bare": f"{n} ", "parens": f"({n}) ", "paren": f"{n}) ", "raised": str(n).translate(RAISED) + " ",
              "raised-glued": str(n).translate(RAISED), "caret": "^ ", "tab": f"{n}.\t", "glued": f"{n}", "colon": f"[{n}]: ", "dot-caret": f"{n}. ^ ",
              "dot-glued": f"{n}.", "word": f"Note {n}: "}
    if style == "alone":
        return [f"{n}", text]
    if style == "back":
        return [f"{n}. {text} ↩"]
    return [starts[style] + text]


def make(rng, books):
    manner = {}
    pick = lambda key, *options: manner.setdefault(key, rng.choice(options))
    paragraphs, notes = rng.choice(books)
    while True:
        size = rng.randrange(14, 70)
        at = rng.randrange(max(1, len(paragraphs) - size))
        piece = paragraphs[at:at + size]
        count = sum(len(re.findall(r"\[\^\d+\]", p)) for p in piece)
        if count >= 2:
            break
    how = pick("calls", "after", "after", "after", "before", "inside", "bracket", "bracket-before", "bracket-space", "paren", "paren-space", "raised", "spaced", "caret", "named")
    style = pick("notes", "dot", "dot", "dot", "bracket", "bare", "parens", "paren", "raised", "raised-glued", "caret", "tab", "glued", "colon", "dot-caret", "alone", "back", "dot-glued", "word")
    place = pick("place", "end", "end", "end", "chapter", "chapter-on")
    head = pick("head", "yes", "yes", "no")
    if style in ("glued", "alone", "bare", "caret", "word", "dot-glued"):
        head = manner["head"] = "yes"
    heads = pick("heads", "bare", "bare", "capitals", "double", "single", "numbered", "chapter", "roman", "none")
    if place != "end" and heads == "none":
        heads = manner["heads"] = "bare"
    wrap = pick("wrap", 0, 0, 0, 60, 66, 72, 78)
    if how == "spaced" and False:
        wrap = 0
    gap = "\n" if not wrap and pick("gap", "empty", "empty", "empty", "none") == "none" else "\n\n"
    tight = pick("tight-notes", False, False, True)
    clutter = pick("clutter", False, False, True)
    distract = pick("distract", False, True)
    missing = pick("missing", "none", "none", "none", "calls", "notes", "both")
    more = pick("more", False, False, False, True) and head == "yes" and style not in ("alone",)
    title = rng.choice(TITLES)
    truth = {"title": title, "headings": [], "calls": [], "notes": [], "clutter": [], "manner": manner}
    out, pending, n = [], [], 0
    note_head = rng.choice(NOTE_HEADS)
    manner["note-head"] = note_head
    names = rng.sample(HEADS, len(HEADS))
    chapters = rng.randrange(2, 5)
    size = max(3, len(piece) // chapters)

    def fold(line, hang=""):
        return "\n".join(textwrap.wrap(line, wrap, break_on_hyphens=False, break_long_words=False, subsequent_indent=hang)) if wrap else line

    def add_head(text):
        number = len(truth["headings"]) + 1
        roman = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][min(number, 9) - 1]
        shown = {"bare": text, "capitals": text.upper(), "double": text + "\n" + "=" * len(text), "single": text + "\n" + "-" * len(text),
                 "numbered": f"{number}. {text}", "chapter": f"Chapter {number}: {text}", "roman": f"{roman}. {text}"}[heads]
        truth["headings"].append({"text": shown.split("\n")[0], "level": 2})
        out.append(shown)

    def flush(last):
        nonlocal n, pending
        if not pending:
            return
        if head == "yes":
            out.append(note_head + ("\n" + "-" * len(note_head) if heads == "single" else ""))
        lines = []
        for number, text in pending:
            lines += [fold(l, rng.choice(["", "   "]) if tight else "") for l in note_lines(style, number, text)]
            body = text
            if more and rng.random() < 0.2:
                lines.append(fold("This is said again in the second edition, with further proofs."))
                body += " This is said again in the second edition, with further proofs."
            truth["notes"].append({"n": number, "text": body})
        out.append("\n".join(lines) if tight and style != "alone" else "\n\n".join(lines) if gap == "\n\n" else "\n".join(lines))
        pending = []
        if place == "chapter":
            n = 0

    for i, p in enumerate(piece):
        if heads != "none" and i % size == 0 and (i + 3 < len(piece)):
            if i and place != "end":
                flush(False)
            add_head(names.pop())
        if distract and rng.random() < 0.35:
            cut = [m.end() for m in re.finditer(r"(?<=[a-z]{3})\. (?=[A-Z])", p)]
            if cut:
                c = rng.choice(cut)
                p = p[:c] + rng.choice(DISTRACT) + " " + p[c:]
        done, rest = "", p
        while m := re.search(r"\[\^(\d+)\]", rest):
            before, rest = plain_keep(done + rest[:m.start()]), rest[m.end():]
            text = notes.get(m[1], "")
            if not text:
                done = before
                continue
            # The Markdown has its calls behind the punctuation: bring them before it, then set them in our manner.
            tail = re.search(r"[.,;:!?]*[”’]?[.,;]*$", before)[0]
            stem, follow = before[:len(before) - len(tail)], tail + rest
            n += 1
            if missing in ("calls", "both") and rng.random() < 0.12:
                pending.append((n, text))
                done, rest = stem + tail, rest
                continue
            shown, follow = call(how, n, stem, follow)
            if missing in ("notes", "both") and n > 1 and rng.random() < 0.12:
                done, rest = shown, follow
                continue
            pending.append((n, text))
            inner = plain(re.sub(r"\[\^\d+\]", "", shown))
            truth["calls"].append({"n": n, "at": len(shown), "before": None, "p": i})
            truth["calls"][-1]["before"] = words(strip_calls(stem, how))[-3:]
            done, rest = shown, follow
        out.append(fold(plain_keep(done + rest)))
        if clutter and rng.random() < 0.04 and gap == "\n\n":
            line = rng.choice(MIDDLE)
            truth["clutter"].append(line)
            out.append(line)
    flush(True)
    top, bottom = [], []
    if clutter:
        top = rng.sample(TOP, rng.randrange(1, 5))
        bottom = [b.format(title=title) for b in rng.sample(BOTTOM, rng.randrange(1, 6))]
        truth["clutter"] += top + bottom
    shown = title.upper() if rng.random() < 0.1 else title
    truth["title"] = shown
    text = gap.join(top + [shown] + out + bottom) + "\n"
    truth["clutter"] = sorted(set(truth["clutter"]))
    return text, truth


def plain_keep(t):
    return plain(t) if "*" in t or "\\" in t or "_" in t else t.strip() if t.endswith(" ") else t


def strip_calls(t, how):
    """The words before a call, without the digits of earlier ones."""
    forms = {"bracket": r"\[\d+\]", "bracket-before": r"\[\d+\]", "bracket-space": r" \[\d+\]", "paren": r"(?<=\S)\(\d{1,2}\)", "named": r"\[note \d+\]",
             "raised": r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+", "caret": r"\^\d+", "after": r"(?<=[.,;:!?”’)])(?<!\d,)(?<!\d\.)\d{1,2}(?=\s|$)", "inside": r"(?<=[.,;:!?])(?<!\d,)(?<!\d\.)\d{1,2}(?=[”’\s]|$)",
             "before": r"(?<=[a-z)])\d{1,2}(?=\W|$)", "paren-space": r" \(\d{1,2}\)(?=\s|$)", "spaced": r"(?<=[.,;:!?”’]) \d{1,2}(?=\s|$)"}
    return re.sub(forms[how], " ", t)


if __name__ == "__main__":
    folder, count = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    rest = sys.argv[3:]
    seed = int(rest.pop(0)) if rest and rest[0].isdigit() else 1
    books = [b for b in map(load, rest) if len(b[1]) >= 10]
    folder.mkdir(parents=True, exist_ok=True)
    rng = random.Random(seed)
    for i in range(count):
        text, truth = make(rng, books)
        for c in truth["calls"]:
            c.pop("at"), c.pop("p")
        (folder / f"{i:03}.txt").write_text(text, encoding="utf-8")
        (folder / f"{i:03}.truth.json").write_text(json.dumps(truth, ensure_ascii=False, indent=1), encoding="utf-8")
