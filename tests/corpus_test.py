#!/usr/bin/python3
"""Whole texts from end to end, judged from outside: corpus_test.py BUILD [--only NAME] [--keep FOLDER]

Builds the EPUB and the PDF of every text in ../shared/corpus and of the project's own samples with BUILD/octavo, then asks the
judges of ../shared/judges about each. A failed check is printed with the judge's verdict. --only runs the texts whose name
holds NAME. With SANITIZED in the environment the texts are only built: the judges see the same files either way.
The last line is `N passed, N failed`; where ../shared isn't there, everything is skipped and said so.
"""
import argparse, concurrent.futures, json, os, pathlib, re, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
JUDGES, CORPUS = SHARED / "judges", SHARED / "corpus"

# What is asked of every text. A judge's status 2 means that its packages are missing: that is printed, not failed.
SPACE_CV = "0.16"         # coefficient of variation of the lines' mean space
PRECISE, COMPLETE = 97.0, 95.0   # per cent of the calls found in all flat texts that are right, and of the right ones that were found
NOTES = 97.0              # per cent of a flat text's notes that are word for word
UNEVEN = ("loose", "tight", "grid")   # verdicts of `pages` that are no demand yet
# Where `pages` errs, which sees positions and no structure: --explain tells the same pages' widows, orphans, heads and hyphens apart.
ERRS = {
    "the-economic-consequences-of-the-peace": ("orphans",),   # a list item's last line that happens to be full
    "the-rights-of-man": ("hyphens",),                          # it passes over the short last line of a paragraph that stands between
    "content-handbook.md": ("widows", "orphans", "stranded"),   # lines that begin with code; a head over a line and a program
}
SECONDS = 300             # for one command


class Text:
    """One source: what is known of it, and the checks that it has passed or failed."""

    def __init__(self, source, words=None, truth=None, twice=False):
        self.source, self.name, self.words, self.truth, self.twice = source, source.stem, words, truth, twice
        if source.parent == ROOT / "content":
            self.name = f"content-{source.name}"
        self.calls = None     # (found, wanted, wrong)
        self.told = False     # octavo said that it could not place a note
        self.results = []     # (check, True | False | None for not run, what was said)
        self.facts = json.loads(truth.read_text(encoding="utf-8")) if truth else {}

    def add(self, check, ok, said):
        self.results.append((check, ok, said))


def run(command, folder=None):
    """The status and the output of a command; 124 when it took too long."""
    try:
        p = subprocess.run([str(c) for c in command], cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                           stderr=subprocess.STDOUT, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return 124, f"no answer after {SECONDS} s"
    except OSError as e:
        return 127, str(e)
    return p.returncode, p.stdout.decode("utf-8", "replace")


def last_line(text):
    lines = text.strip().splitlines()
    return lines[-1] if lines else "(it printed nothing)"


def judge(text, check, name, *arguments, forgive=()):
    """Asks a judge. Its last line is the verdict; faults that begin with a word of `forgive` don't count."""
    tool = JUDGES / name
    if not tool.exists():
        return text.add(check, None, f"there is no judge {name}")
    status, out = run([tool, *arguments])
    verdict = last_line(out)
    if status in (2, 127):
        return text.add(check, None, verdict)
    if status and forgive and verdict.startswith("verdict: falls short"):
        faults = verdict.split(" — ", 1)[-1].split(", ")
        status = any(not f.startswith(forgive) for f in faults)
    text.add(check, status == 0, verdict)


def built(text, octavo, folder):
    """Both outputs, with status 0, or 2 and a message that has a place and a code."""
    status, out = run([octavo, text.source, "-d", folder])
    named = re.search(r"^[^\n]*:\d+(:\d+)?: error: .+ \[[a-z0-9-]+\.[a-z0-9-]+\]$", out, re.M)
    text.told = "[notes.uncalled]" in out or "[notes.missing]" in out
    made = all((folder / (text.source.stem + s)).exists() for s in (".epub", ".pdf"))
    ok = made and (status == 0 or (status == 2 and bool(named)))
    text.add("built", ok, f"status {status}{'' if made else ', not both outputs'}: {last_line(out)}" if not ok else "")
    return made


def called_notes(text):
    """How many notes both ends of the text know of; None when the truth has gaps or octavo told that a note has no sure call: the
    audit can't be whole then."""
    if text.told:
        return None
    calls, notes = ({e["n"] for e in text.facts.get(k, [])} for k in ("calls", "notes"))
    count = len(text.facts.get("notes", []))
    return count if "calls" in text.facts and calls == notes and len(text.facts["calls"]) >= count else None


def recovered(text, epub):
    """Notes, clutter and title of one flat text; its calls count in the sum over all of them. Heads that the truth doesn't list aren't
    asked about: it leaves out those within a chapter."""
    _, out = run([sys.executable, CORPUS / "tools" / "scoretext.py", epub, text.truth])
    said = "; ".join(out.strip().splitlines())
    got = re.search(r"calls: (\d+) of (\d+), (\d+) wrong.*notes: ([\d.]+) %.*heads: (\d+) of (\d+).*clutter gone: (\d+) %.*title: (\d)", said)
    if not got:
        return text.add("recovered", False, said)
    good, wanted, wrong = (int(n) for n in got.groups()[:3])
    text.calls = good, wanted, wrong
    heads = got.group(5) == got.group(6)
    text.add("recovered", float(got.group(4)) >= NOTES and heads and got.group(7) == "100" and got.group(8) == "1", said)


def calls_of_all(examined):
    """One check over all flat texts: how many of their calls were found, and how many of those found are right."""
    calls = [t.calls for t in examined if t.calls]
    if not calls:
        return []
    good, wanted, wrong = (sum(c[i] for c in calls) for i in range(3))
    precise, complete = 100 * good / max(1, good + wrong), 100 * good / max(1, wanted)
    return [("all flat texts", "calls", precise >= PRECISE and complete >= COMPLETE, f"{precise:.2f} % precise, {complete:.2f} % complete")]


def no_claim_is_no_fault(text, pdf):
    """A PDF is judged by the standards that it claims; to claim none is allowed, and shown."""
    if not (JUDGES / "pdfjudge").exists():
        return text.add("pdf: standards", None, "there is no judge pdfjudge")
    status, out = run([JUDGES / "pdfjudge", pdf])
    if "claims no standard" in out:
        return text.add("pdf: standards", None, "it claims none")
    first = next((l for l in out.splitlines() if l.startswith(str(pdf)) and "claims" not in l), last_line(out))
    text.add("pdf: standards", None if status == 2 else status == 0, f"{last_line(out)}; first: {first}")


def longest_run(lines):
    """How many lines that end with a hyphen follow each other."""
    longest = run_now = 0
    for line in lines:
        run_now = run_now + 1 if line["hyphen"] else 0
        longest = max(longest, run_now)
    return longest


def rules_kept(text, octavo, folder):
    """Do the pages' own demerits know of no widow, orphan or head at the foot, and the lines of no three hyphens in a row?"""
    why = folder / "why.json"
    run([octavo, text.source, "-q", "-o", folder / "why.pdf", "--explain", why])
    told = json.loads(why.read_text(encoding="utf-8")) if why.exists() else {"pages": [{"demerits_for": {"nothing": 1}}], "paragraphs": []}
    broken = [p.get("label") for p in told["pages"] for reason in ("widow", "orphan", "head", "nothing") if p.get("demerits_for", {}).get(reason)]
    text.add("pdf: widows, orphans, heads", not broken, f"pages {broken}")
    runs = [f"{p['file']}:{p['line']}" for p in told["paragraphs"] if longest_run(p["lines"]) > 2]
    text.add("pdf: hyphens in a row", told["paragraphs"] and not runs, f"paragraphs {runs}")


def examine(text, octavo, folder, only_build):
    folder.mkdir(parents=True, exist_ok=True)
    if not built(text, octavo, folder) or only_build:
        return text
    epub, pdf = folder / (text.source.stem + ".epub"), folder / (text.source.stem + ".pdf")
    if text.words:
        judge(text, "epub: word for word", "fidelity", text.words, epub)
        judge(text, "pdf: word for word", "fidelity", text.words, pdf)
    count = called_notes(text)
    expect = ["--expect", count] if count is not None else []
    if expect or not text.truth:
        judge(text, "epub: notes both ways", "notes", epub, *expect)
        judge(text, "pdf: notes both ways", "notes", pdf, *expect)
    judge(text, "pdf: lines and pages", "pages", pdf, "--cv", SPACE_CV, forgive=UNEVEN + ERRS.get(text.name, ()))
    if text.name in ERRS:
        rules_kept(text, octavo, folder)
    no_claim_is_no_fault(text, pdf)
    judge(text, "epub: package", "epubs", epub)
    if text.source.suffix == ".txt" and text.truth:
        recovered(text, epub)
    if text.twice:
        judge(text, "twice the same", "twice", octavo, text.source, "-d", "{}")
    return text


def texts():
    seed = CORPUS / "seed"
    yield Text(seed / "essay.txt", seed / "essay.words.txt", seed / "essay.truth.json", twice=True)
    for source in sorted(CORPUS.glob("books/*.md")):
        words, truth = source.with_suffix(".words.txt"), source.with_suffix(".truth.json")
        yield Text(source, words if words.exists() else None, truth if truth.exists() else None)
    for source in sorted(CORPUS.glob("flat/*.txt")):
        yield Text(source, None, source.with_suffix(".truth.json"))
    for name in ("handbook.md", "essay.md", "essay.txt"):
        if (ROOT / "content" / name).exists():
            yield Text(ROOT / "content" / name)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", nargs="?", default="build")
    parser.add_argument("--only", default="", metavar="NAME")
    parser.add_argument("--keep", metavar="FOLDER", help="leave the outputs there")
    a = parser.parse_args()
    if not JUDGES.is_dir() or not CORPUS.is_dir():
        print("skipped: the corpus and the judges (../shared) aren't there\n0 passed, 0 failed")
        return 0
    octavo = pathlib.Path(a.build).resolve() / "octavo"
    chosen = [t for t in texts() if a.only in t.name]
    if not chosen or not os.access(octavo, os.X_OK):
        print(f"{octavo} isn't there" if chosen else f"no text is named {a.only}", "\n0 passed, 1 failed", sep="")
        return 1
    only_build = bool(os.environ.get("SANITIZED"))
    passed = failed = 0
    examined = []
    with tempfile.TemporaryDirectory() as scratch, concurrent.futures.ThreadPoolExecutor(2) as pool:
        home = pathlib.Path(a.keep).resolve() if a.keep else pathlib.Path(scratch)
        for text in pool.map(lambda t: examine(t, octavo, home / t.name, only_build), chosen):
            examined.append(text)
            rows = [(text.name, *r) for r in text.results]
            rows += calls_of_all(examined) if len(examined) == len(chosen) else []
            for name, check, ok, said in rows:
                passed += ok is True
                failed += ok is False
                if ok is not True:
                    print(f"{name}: {check}: {'FAILED' if ok is False else 'not run'}: {said[:400]}", flush=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
