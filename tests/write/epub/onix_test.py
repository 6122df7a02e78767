#!/usr/bin/python3
"""--report=json tells the e-book's access in the codes of ONIX list 196, and none that isn't true; onix_test.py BUILD"""
import json, pathlib, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parents[3]
OCTAVO = (ROOT / (sys.argv[1] if len(sys.argv) > 1 else "build") / "octavo").resolve()
ALWAYS = {"00", "10", "13", "30", "32", "36"}
CLAIM = ("--conforms", "--certified-by", "A. Reader")
passed = failed = 0


def check(ok, what):
    global passed, failed
    passed += bool(ok)
    failed += not ok
    if not ok:
        print("failed:", what)


def codes(folder, text, *words, status=0):
    (folder / "a.md").write_text(f"---\ntitle: T\nlanguage: en\n---\n\n{text}\n", encoding="utf-8")
    run = subprocess.run([OCTAVO, "a.md", "--report=json", "-q", *words], cwd=folder, capture_output=True, text=True)
    check(run.returncode == status, f"status {run.returncode}: {run.stderr}")
    return {f["seen"]: f["decision"] for f in json.loads(run.stdout) if f["topic"] == "onix-196"}


with tempfile.TemporaryDirectory() as t:
    t = pathlib.Path(t)
    (t / "x.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>')
    book = ("-o", "a.epub")
    plain = codes(t, "Text.", *book)
    check(set(plain) == ALWAYS | {"11", "22", "52"}, f"a text without headings: {sorted(plain)}")
    headed = codes(t, "## One\n\nText.\n\n### Deep\n\nMore.", *book, "-o", "a.pdf", *CLAIM)
    check(set(headed) == ALWAYS | {"04", "11", "19", "22", "29", "52", "82", "85", "90"}, f"with pages, certified: {sorted(headed)}")
    check(headed["90"] == "A. Reader", f"by {headed.get('90')}")
    shallow = codes(t, "## One\n\nText.\n\n### Deep\n\nMore.", *book, "-m", "contents-depth=1")
    check("11" not in shallow and "29" in shallow, "the contents don't lead to all headings")
    shown = codes(t, "![a square](x.svg)\n\n<math><mi>x</mi></math>", *book)
    check({"14", "17", "52"} <= set(shown) and "11" not in shown, f"a picture that is described: {sorted(shown)}")
    mute = codes(t, "![](x.svg)", *book, *CLAIM)
    check(not {"14", "52", "04", "82", "85", "90"} & set(mute), f"one that isn't: {sorted(mute)}")
    check("Some pictures have no alternative text" in mute["00"], mute["00"])
    check(codes(t, "Text.", "-o", "a.xhtml") == {}, "codes without an e-book")
    check("11" in codes(t, "Text.", "-o", "a.eml", "--mail-budget", "1kB", status=3), "a report when writing fails")
print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed else 0)
