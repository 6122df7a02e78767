#!/usr/bin/python3
"""Why lines and pages end where they do: explain_test.py BUILD

Each folder of tests/layout/explain holds source.md and style.css (and words of the command line in `options`); what --explain
writes must read as expected.json. BLESS=1 rewrites it: review the diff. The handbook's must hold together: sums, labels, and no
runner-up that is better than what was chosen.
"""
import json, os, pathlib, subprocess, sys, tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from checks import OCTAVO, ROOT, check, finish

NEAR = 0.011   # numbers are written with two places


def explain(folder, *words):
    """The file's text, and the frames' page labels."""
    with tempfile.TemporaryDirectory() as t:
        out, frames = pathlib.Path(t) / "why.json", pathlib.Path(t) / "out.frames"
        run = subprocess.run([OCTAVO, *words, "-q", "-o", frames, "--explain", out], cwd=folder, capture_output=True, text=True)
        if run.returncode:
            return run.stderr, ""
        return out.read_text(encoding="utf-8"), frames.read_text(encoding="utf-8")


def difference(want, got):
    a, b = want.splitlines(), got.splitlines()
    for n in range(max(len(a), len(b))):
        x, y = a[n] if n < len(a) else "(end)", b[n] if n < len(b) else "(end)"
        if x != y:
            return f"differs in line {n + 1}\n    expected {x}\n    found    {y}"
    return ""


def once(pairs):
    """No key may come twice in an object."""
    check("keys are unique", len(dict(pairs)) == len(pairs), pairs)
    return dict(pairs)


def golden():
    for case in sorted(p for p in (ROOT / "tests/layout/explain").iterdir() if p.is_dir()):
        more = (case / "options").read_text().split() if (case / "options").exists() else []
        got, _ = explain(case, "source.md", "-s", "style.css", *more)
        expected = case / "expected.json"
        if os.environ.get("BLESS"):
            expected.write_text(got, encoding="utf-8")
        want = expected.read_text(encoding="utf-8") if expected.exists() else ""
        check(case.name, got == want, difference(want, got))


def paragraph_holds(p):
    at = f"{p['file']}:{p['line']}"
    total = sum(line["demerits"] for line in p["lines"])
    check(f"{at}: the lines' demerits are the paragraph's", abs(total - p["demerits"]) <= NEAR * (1 + len(p["lines"])), f"{total} {p['demerits']}")
    check(f"{at}: every line has a page", all(line["page"] for line in p["lines"]))
    if p["runner_up"]:
        check(f"{at}: the runner-up is no better", p["runner_up"]["demerits"] >= p["demerits"] - NEAR)
        check(f"{at}: it is said why", p["runner_up"]["why_it_lost"].endswith("."))


def page_holds(p):
    if p.get("blank") or p.get("notes_only"):
        return
    at = f"page {p['label']}"
    parts = sum(p["demerits_for"].values())
    check(f"{at}: the demerits are the sum of their reasons", abs(parts - p["demerits"]) <= 8 * NEAR, f"{parts} {p['demerits']}")
    if p["runner_up"]:
        check(f"{at}: the runner-up is no better", p["runner_up"]["more_demerits"] >= -NEAR, p["runner_up"]["more_demerits"])
    if p.get("changed"):
        check(f"{at}: the paragraph says so too", (p["changed"]["line"], p["changed"]["lines_more"]) in taken)


golden()
why, frames = explain(ROOT, "content/handbook.md", "--notes", "foot")
again, _ = explain(ROOT, "content/handbook.md", "--notes", "foot")
check("the same bytes twice", why == again)
told = json.loads(why, object_pairs_hook=once)
taken = {(p["line"], more) for p in told["paragraphs"] for key, more in (("line_more", 1), ("line_less", -1)) if p[key] and p[key]["taken"]}
for p in told["paragraphs"]:
    paragraph_holds(p)
for p in told["pages"]:
    page_holds(p)
labels = [line.split()[1] for line in frames.splitlines() if line.startswith("page ")]
check("a half title isn't too thin", "thin" not in told["pages"][0]["demerits_for"])
check("all pages are there", [p["label"] for p in told["pages"]] == labels, labels)
lines = [line for p in told["paragraphs"] for line in p["lines"]]
check("the summary counts what follows", told["summary"]["paragraphs"] == len(told["paragraphs"]) and told["summary"]["lines"] == len(lines))
check("the summary counts hyphens", told["summary"]["hyphens"] == sum(line["hyphen"] for line in lines))
finish()
