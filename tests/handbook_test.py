#!/usr/bin/python3
"""Does the handbook tell all? Every option, metadata key, CSS property and message code that stands in src/ must stand in
content/handbook.md as `code`, and every message code in the handbook's table must be one that src/ can send."""
# Not sanitized: it reads, and runs nothing.
import pathlib, re, sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
handbook = (ROOT / "content" / "handbook.md").read_text(encoding="utf-8")
told = " " + " ".join(re.findall(r"`([^`\n]+)`", handbook)) + " "


def source(*names):
    return "\n".join(p.read_text(encoding="utf-8") for name in names for p in sorted((ROOT / "src").glob(name)))


def options():
    for name, letter in re.findall(r'^\s*\{"([a-z-]+)", \'(.|\\0)\', VALUE_', source("options.c"), re.M):
        yield "--" + name
        if letter != "\\0":
            yield "-" + letter


def properties():
    text = source("style/properties.c", "style/shorthand.c")
    for name in re.findall(r'^\s*\{"([a-z-]+)", (?:parse|expand)_', text, re.M):
        if not re.match(r"(border|font-variant|list-style|page-break|text-decoration)-", name):   # told by their family
            yield name


def keys():
    yield from re.findall(r'^\s*\{"([a-z-]+)", (?:STRING|WORDS|PERSON)', source("document/meta.c"), re.M)


# A code is a string literal `topic.what` in a file that sends messages; file names and formats are not.
NOT_CODES = re.compile(r"\.(css|xhtml|epub|pdf|opf|ncx|xml|png|jpg|jpeg|md|txt|svg|dic|c|h)$|^(org|www|http)|^(dc|schema|unicode|dublin)\.")


def codes():
    found = set()
    for path in sorted((ROOT / "src").rglob("*.c")):
        text = path.read_text(encoding="utf-8")
        if not re.search(r"\bmessage\(|wrong\(|\bSEVERITY_|OCTAVO_SYSTEM", text):
            continue
        found |= {c for c in re.findall(r'"([a-z][a-z0-9-]*\.[a-z][a-z0-9-]*)"', text) if not NOT_CODES.search(c)}
    return sorted(found)


passed = failed = 0
for what, names in (("option", options()), ("CSS property", properties()), ("metadata key", keys()), ("message", codes())):
    for name in names:
        if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", told):
            passed += 1
        else:
            failed += 1
            print(f"content/handbook.md doesn't tell of the {what} {name}")
sent = set(codes())
table = handbook[handbook.find("\n## Messages\n"):]
table = table[:table.find("\n# ")]
for code in re.findall(r"^\| `([a-z0-9-]+\.[a-z0-9-]+)`", table, re.M):
    if code in sent:
        passed += 1
    else:
        failed += 1
        print(f"content/handbook.md tells of the message {code}, which src/ doesn't send")
print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed else 0)
