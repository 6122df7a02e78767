#!/usr/bin/python3
"""How much of flat texts the reader recovers: of those in ../shared/corpus, and of variants flattened from its books in ways that it
doesn't show. Called with the build folder; skips what isn't there."""
import json, pathlib, subprocess, sys, tempfile

sys.path[:0] = [str(p) for p in pathlib.Path(__file__).resolve().parents[:3]]
import score
from checks import BUILD, check, finish, unit

corpus = pathlib.Path("../shared/corpus")


def recovers(name, texts, precise, complete, notes):
    got = score.dumps(BUILD, texts)
    all_scores = [score.score(got[str(t)], json.loads(t.with_name(t.name[:-4] + ".truth.json").read_text(encoding="utf-8"))) for t in texts]
    good, found, want = (sum(s[k] for s in all_scores) for k in ("good", "got", "want"))
    p, c, n = 100 * good / max(1, found), 100 * good / max(1, want), 100 * sum(s["notes"] for s in all_scores) / len(all_scores)
    left = sum(len(s["clutter"]) for s in all_scores)
    right = p >= precise and c >= complete and n >= notes and left == 0 and all(s["title"] for s in all_scores)
    check(f"{name}: calls {p:.2f} % precise (wanted {precise}), {c:.2f} % complete ({complete}), notes {n:.2f} % ({notes}), clutter left {left}", right)
    if not right:
        score.sums(all_scores)


unit("read/text/text_test")
if corpus.is_dir():
    recovers("corpus", [corpus / "seed/essay.txt", *sorted((corpus / "flat").glob("*.txt"))], 99, 99, 99.5)
    with tempfile.TemporaryDirectory() as folder:
        books = map(str, sorted((corpus / "books").glob("*.md")))
        subprocess.run([str(pathlib.Path(__file__).with_name("variants.py")), folder, "120", "7", *books], check=True)
        recovers("variants", sorted(pathlib.Path(folder).glob("*.txt")), 99, 98.5, 98)
else:
    print("skipped: no ../shared/corpus")
finish()
