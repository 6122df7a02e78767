#!/usr/bin/python3
"""Chapters by chance, with floats, columns and notes at the foot: pages_test.py BUILD. On the pages each word must stand
once, above the foot of the text, and floats of one kind in their order; and references must say the pages that they lead to."""
import pathlib, random, re, subprocess, sys, tempfile

OCTAVO = (pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "build") / "octavo").resolve()
PAGE = '@page { size: 200pt 160pt; margin: 20pt } body { font: 10pt/12pt "Linux Libertine O"; margin: 0; hyphens: none }\n' \
       ".title-block { display: none } p, ol, h1 { margin: 0; padding: 0 } .backlink { display: none }\n"
STYLES = {
    "floats to the top": ".f { float: top; margin: 6pt 0 }",
    "floats to the foot": ".f { float: bottom; margin: 6pt 0 }",
    "columns": "body > section { columns: 2; column-gap: 10pt }",
    "filled columns": "body > section { columns: 3; column-gap: 10pt; column-fill: auto } .f { column-span: all }",
    "notes at the foot": ".endnotes li { float: footnote } .f { float: top; margin: 6pt 0 }",
    "columns over notes": ".endnotes li { float: footnote; footnote-display: compact } body > section { columns: 2; column-gap: 10pt }",
    "floats over notes": ".endnotes li { float: footnote } .f { float: bottom; margin: 6pt 0 }",
}
FOOT = 160 - 20 + 1


def chapter(chance, notes):
    """A source, its words, and those of its floats."""
    blocks, words, floated, foot = [], [], [], []

    def some(name, least, most):
        new = [f"{name}x{k}" for k in range(chance.randint(least, most))]
        words.extend(new)
        return new

    for i in range(12):
        text = " ".join(some(f"w{i}", 5, 60))
        if notes and chance.random() < 0.4:
            text += f"[^{i}]"
            foot.append(f"[^{i}]: " + " ".join(some(f"n{i}", 1, 25)))
        blocks.append(text)
        if chance.random() < 0.5:
            new = some(f"f{i}", 1, 6)
            floated += new
            blocks.append('<div class="f">\n\n' + "\n\n".join(new) + "\n\n</div>")
    return "---\ntitle: T\nlanguage: en\n---\n\n" + "\n\n".join(blocks + foot) + "\n", words, floated


def wrong(name, style, seed, folder):
    source, words, floated = chapter(random.Random(f"{name} {seed}"), "notes" in name)
    (folder / "a.md").write_text(source)
    (folder / "a.css").write_text(PAGE + style)
    run = subprocess.run([OCTAVO, "a.md", "-s", "a.css", "-o", "a.frames"], cwd=folder, capture_output=True, text=True)
    if run.returncode or run.stderr:
        return f"status {run.returncode}: {run.stderr}"
    frames = (folder / "a.frames").read_text()
    lines = re.findall(r'^  text \S+ (\S+) .*?"(.*)"$', frames, re.M)
    found = [w for _, text in lines for w in re.findall(r"[wnf]\d+x\d+", text)]
    if sorted(found) != sorted(words):
        return f"lost {sorted(set(words) - set(found))[:5]}, twice {sorted(w for w in set(found) if found.count(w) > 1)[:5]}"
    low = [text for y, text in lines if float(y) > FOOT]
    if low:
        return f"below the foot: {low[:3]}"
    if [w for w in found if w[0] == "f"] != floated and "columns" not in name:
        return "floats out of order"
    return None


def untrue(seed, folder):
    """Do references say the pages on which their heads stand?"""
    chance = random.Random(f"references {seed}")
    source = "---\ntitle: T\nlanguage: en\n---\n\n"
    for i in range(25):
        source += f"## h{i} {{#h{i}}}\n\n" + " ".join(f"[to](#h{chance.randrange(25)}) " + "and " * chance.randint(1, 12)
                                                    for _ in range(chance.randint(1, 8))) + "\n\n"
    (folder / "a.md").write_text(source)
    (folder / "a.css").write_text(PAGE + "h1, h2 { font-size: 10pt; margin: 0 } body { counter-reset: page 95 }\n"
                                  'a::after { content: " " target-text(attr(href)) "@" target-counter(attr(href), page) }')
    run = subprocess.run([OCTAVO, "a.md", "-s", "a.css", "-o", "a.frames"], cwd=folder, capture_output=True, text=True)
    page, pages, said = None, {}, set()
    for line in (folder / "a.frames").read_text().splitlines():
        if line.startswith("page "):
            page = line.split()[1]
        text = line[line.find('"'):]
        pages.update({h: page for h in re.findall(r'^"(h\d+)"', text)})
        said |= set(re.findall(r"(h\d+)@(\d+)", text))
    false = sorted((h, p) for h, p in said if pages.get(h) != p)
    return f"said {false[:3]}" if false or run.returncode or not said else None


passed = failed = 0
with tempfile.TemporaryDirectory() as folder:
    for name, style in STYLES.items():
        for seed in range(30):
            what = wrong(name, style, seed, pathlib.Path(folder))
            passed += what is None
            if what:
                failed += 1
                print(f"{name}, {seed}: {what}")
    for seed in range(30):
        what = untrue(seed, pathlib.Path(folder))
        passed += what is None
        if what:
            failed += 1
            print(f"references, {seed}: {what}")
print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed else 0)
