#!/usr/bin/python3
"""PDFs from pages set by hand, seen from the outside: qpdf, mutool, poppler, pikepdf, and pdfjudge where it is there.

usage: judged_test.py BUILD
"""
import os, pathlib, re, subprocess, sys, tempfile
import pikepdf

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from checks import ROOT, check, finish, unit

program = unit("write/pdf/pdf_test")
judge = ROOT.parent / "shared/judges/pdfjudge"


def run(*command, env=None):
    r = subprocess.run([str(c) for c in command], capture_output=True, text=True, errors="replace",
                       env={**os.environ, **(env or {})})
    return r.returncode, r.stdout, r.stderr


folder = pathlib.Path(tempfile.mkdtemp())
# what is written, how, and the standards that it must keep
SAMPLES = {
    "all": ("all", [], ("ua1", "2a")),
    "table": ("table", [], ("ua1", "2a")),
    "300": ("300", [], ("ua1", "2a")),
    "attached": ("all", ["attach"], ("ua1", "3a")),
    "modern": ("all", ["2"], ("ua2", "4")),
    "modern table": ("table", ["2"], ("ua2", "4")),
    "modern attached": ("all", ["2", "attach"], ("ua2", "4f")),
    "untagged": ("all", ["none"], ()),
    "broken": ("broken", [], ()),
}
made = {}
for name, (sample, how, flavours) in SAMPLES.items():
    made[name] = folder / f"{name}.pdf"
    code, out, err = run(program, sample, made[name], *how)
    check(f"writing {name}", code == 0, out + err)

# ---- other programs find no fault
for name, path in made.items():
    code, out, err = run("qpdf", "--check", path)
    check(f"qpdf --check {name}", code == 0 and "WARNING" not in out + err, out + err)
    code, out, err = run("mutool", "draw", "-F", "txt", "-o", folder / "out.txt", path)
    quiet = [l for l in err.splitlines() if not re.match(r"page |warning: ICC support is not available", l)]
    check(f"mutool draw {name}", code == 0 and not quiet, err)
    code, out, err = run("pdfinfo", "-struct-text", path)
    check(f"pdfinfo {name}", code == 0 and not err, err)

if os.environ.get("SANITIZED"):
    pass    # every build gives the same files: once is enough for the judge
elif judge.exists():
    for name, (_, _, flavours) in SAMPLES.items():
        if not flavours:
            continue
        code, out, err = run(judge, *[a for f in flavours for a in ("--flavour", f)], made[name])
        check(f"pdfjudge {name}", code == 0 and " 0 broken" in out, out + err)
else:
    print("skipped: ../shared/judges is not there")

# ---- the text comes back
text = run("pdftotext", "-layout", made["all"], "-")[1].replace("\u00ad\n", "")
for line in ("difficult waffle to the office staff", "odd that The Thin Man", "du français : naïve and WHOwho and",
             "a hyphen\u2011ated word; cafe\u0301 and q\u0303 marked.", "if (a != b) return x->y;", "and λόγος", "שלום",
             "A word with a note1 and more words behind it"):
    check("pdftotext", re.sub(r"\s+", " ", line) in re.sub(r"\s+", " ", text) or
          line.replace("cafe\u0301", "café") in re.sub(r"\s+", " ", text), line)
spoken = run("pdfinfo", "-struct-text", made["all"])[1]
check("reading order", " and a hyphen\u2011ated word" in spoken, spoken[:2000])
check("running heads aren't read", "running head" not in spoken)

# ---- the catalog
pdf = pikepdf.open(made["all"])
root = pdf.Root
check("language", root.Lang == "en")
check("outline is shown", root.PageMode == "/UseOutlines")
check("title is shown", root.ViewerPreferences.DisplayDocTitle)
labels = [str(p.label) for p in pdf.pages]
check("labels", labels == ["i", "ii", "1", "2", "5", "5"], labels)
with pdf.open_outline() as outline:
    titles = [(i.title, [k.title for k in i.children]) for i in outline.root]
check("outline", titles == [("Chapter One", ["A section — with dàshes"]), ("Chapter Two", []), ("Notes", [])], titles)
names = [str(k) for k in pikepdf.NameTree(root.Names.Dests)]
check("destinations", names == sorted(names) and {"n1", "r1", "one"} <= set(names), names)
links = [a for p in pdf.pages for a in p.get("/Annots", [])]
check("links have Contents", all("/Contents" in a and "/StructParent" in a for a in links))
check("outside address", any(a.get("/A") and str(a.A.URI) == "https://example.org/%C3%BCber%20uns?a=(b)" for a in links))
notes = {str(k): v for k, v in pikepdf.NameTree(root.StructTreeRoot.IDTree).items()}
check("note by its ID", set(notes) == {"n1"} and notes["n1"].S == "/Note")
filters = [str(i.Filter) + ("+SMask" if "/SMask" in i else "") for p in pdf.pages
           for _, i in p.Resources.get("/XObject", pikepdf.Dictionary()).items()]
check("pictures", filters.count("/DCTDecode") == 4 and sum("SMask" in f for f in filters) == 4, filters)

# ---- files inside
files = pikepdf.open(made["attached"])
check("attached", sorted(files.attachments) == ["data.csv", "sample.md"], list(files.attachments))
check("its bytes", files.attachments["sample.md"].get_file().read_bytes() == b"# Sample\n")
check("its relation", [str(f.AFRelationship) for f in files.Root.AF] == ["/Data", "/Source"])
check("untagged is smaller", made["untagged"].stat().st_size < made["all"].stat().st_size)
check("untagged", "/StructTreeRoot" not in pikepdf.open(made["untagged"]).Root)

# ---- the same bytes, whatever the place and the time
again = folder / "elsewhere.pdf"
run(program, "all", again, env={"TZ": "Asia/Tokyo", "LC_ALL": "de_DE.UTF-8"})
check("the same twice", again.read_bytes() == made["all"].read_bytes())

# ---- a broken one claims nothing
check("no claim", b"pdfaid:part>" not in made["broken"].read_bytes() and b"pdfuaid:part>" not in made["broken"].read_bytes())

for path in folder.iterdir():
    path.unlink()
folder.rmdir()
finish()
