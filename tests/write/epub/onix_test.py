#!/usr/bin/python3
"""--report=json tells the e-book's access in the codes of ONIX list 196, and none that isn't true; onix_test.py BUILD"""
import json, pathlib, subprocess, sys, tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from checks import OCTAVO, check, finish

ALWAYS = {"00", "10", "13", "30", "32", "36"}
CLAIM = ("--conforms", "--certified-by", "A. Reader")


def codes(folder, text, *words, status=0):
    (folder / "a.md").write_text(f"---\ntitle: T\nlanguage: en\n---\n\n{text}\n", encoding="utf-8")
    run = subprocess.run([OCTAVO, "a.md", "--report=json", "-q", *words], cwd=folder, capture_output=True, text=True)
    check(f"status {run.returncode}: {run.stderr}", run.returncode == status)
    return {f["seen"]: f["decision"] for f in json.loads(run.stdout) if f["topic"] == "onix-196"}


with tempfile.TemporaryDirectory() as t:
    t = pathlib.Path(t)
    (t / "x.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>')
    book = ("-o", "a.epub")
    plain = codes(t, "Text.", *book)
    check(f"a text without headings: {sorted(plain)}", set(plain) == ALWAYS | {"11", "22", "52"})
    headed = codes(t, "## One\n\nText.\n\n### Deep\n\nMore.", *book, "-o", "a.pdf", *CLAIM)
    check(f"with pages, certified: {sorted(headed)}", set(headed) == ALWAYS | {"04", "11", "19", "22", "29", "52", "82", "85", "90"})
    check(f"by {headed.get('90')}", headed["90"] == "A. Reader")
    shallow = codes(t, "## One\n\nText.\n\n### Deep\n\nMore.", *book, "-m", "contents-depth=1")
    check("the contents don't lead to all headings", "11" not in shallow and "29" in shallow)
    shown = codes(t, "![a square](x.svg)\n\n<math><mi>x</mi></math>", *book)
    check(f"a picture that is described: {sorted(shown)}", {"14", "17", "52"} <= set(shown) and "11" not in shown)
    mute = codes(t, "![](x.svg)", *book, *CLAIM)
    check(f"one that isn't: {sorted(mute)}", not {"14", "52", "04", "82", "85", "90"} & set(mute))
    check(mute["00"], "Some pictures have no alternative text" in mute["00"])
    check("codes without an e-book", codes(t, "Text.", "-o", "a.xhtml") == {})
    check("a report when writing fails", "11" in codes(t, "Text.", "-o", "a.eml", "--mail-budget", "1kB", status=3))
finish()
