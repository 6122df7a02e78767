#!/usr/bin/python3
"""score.py BUILD FILE.txt …: how much of each text's truth (FILE.truth.json beside it) the reader recovers from the text.

Calls count as right when their number and the three words before agree; notes by the share of their words; heads, clutter and the title as
wholes. Prints a line a file, with -v what is wrong, and last the sums over all."""
import json, pathlib, re, subprocess, sys
from collections import Counter


def words(text):
    return re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text.replace("\u2060", "").replace("\u00ad", ""))


def norm(text):
    return " ".join(words(re.sub(r"^\s*(chapter\s+)?(\d+|[ivxlc]+)[.:)]\s+", "", text, flags=re.I))).lower()


def parse(dump):
    got = {"title": "", "heads": [], "calls": [], "notes": {}, "text": []}
    flat, note = [], None
    for line in dump.split("\n"):
        if m := re.match(r"title: (.*)", line):
            got["title"] = m[1]
        elif m := re.match(r"note (\w+)-(\d+):$", line):
            note = (m[1], int(m[2]))
            got["notes"][note] = ""
        elif m := re.match(r"((?:[a-z]+\d? )+)(?:\.[\w-]+ )?\| (.*)", line):
            kind, text = m[1].split()[-1], m[2]
            if m[1].startswith("note"):
                got["notes"][note] += " " + text
            else:
                flat.append(text + "\n")
            if re.fullmatch(r"h\d", kind):
                got["heads"].append(norm(re.sub("⟦[^⟧]*⟧", "", text)))
            got["text"].append(re.sub("⟦[^⟧]*⟧", " ", text))
    flat = "".join(flat)
    for m in re.finditer(r"⟦(\d+)-(\d+)⟧", flat):
        before = words(re.sub("⟦[^⟧]*⟧", " ", flat[flat.rfind("\n", 0, m.start()) + 1:m.start()][-400:]))[-3:]
        got["calls"].append((int(m[2]), " ".join(before)))
    return got


def f1(good, got, want):
    return 1.0 if not got and not want else 2.0 * good / (got + want)


def score(dump, truth):
    got = parse(dump)
    calls = Counter(got["calls"])
    want = Counter((c["n"], " ".join(words(" ".join(c["before"]))[-3:])) for c in truth["calls"])
    shares = []
    by_number = {}
    for (_, n), text in got["notes"].items():
        by_number.setdefault(n, []).append(Counter(words(text)))
    for n in truth["notes"]:
        w = Counter(words(n["text"]))
        best = max((sum((w & g).values()) - max(0, sum((g - w).values()) - 2) for g in by_number.get(n["n"], [])), default=0)
        shares.append(max(0, best) / max(1, sum(w.values())))
    heads = Counter(h for h in got["heads"] if h)
    heads_want = Counter(norm(h["text"]) for h in truth["headings"])
    text = " ".join(words(" ".join(got["text"]) + " ".join(got["notes"].values())))
    clutter = [c for c in truth.get("clutter", []) if " ".join(words(c)) in text]
    return {
        "good": sum((calls & want).values()), "got": sum(calls.values()), "want": sum(want.values()),
        "wrong": list((calls - want).elements()), "missed": list((want - calls).elements()),
        "notes": sum(shares) / len(shares) if shares else 1.0, "notes_got": len(got["notes"]), "notes_want": len(truth["notes"]),
        "heads": f1(sum((heads & heads_want).values()), sum(heads.values()), sum(heads_want.values())),
        "heads_wrong": list((heads - heads_want).elements()), "heads_missed": list((heads_want - heads).elements()),
        "clutter": clutter, "clutter_want": len(truth.get("clutter", [])),
        "title": norm(got["title"]) == norm(truth["title"]),
    }


def overall(s):
    gone = 1 - len(s["clutter"]) / s["clutter_want"] if s["clutter_want"] else 1
    return 45 * f1(s["good"], s["got"], s["want"]) + 25 * s["notes"] + 15 * s["heads"] + 10 * gone + 5 * s["title"]


def report(name, s, verbose):
    print(f"{overall(s):6.1f} %  calls {s['good']}/{s['want']} ({len(s['wrong'])} wrong)  notes {100 * s['notes']:.1f} %"
          f"  heads {100 * s['heads']:.0f} %  clutter left {len(s['clutter'])}/{s['clutter_want']}  title {'yes' if s['title'] else 'NO'}  {name}")
    if verbose:
        for key in ("wrong", "missed", "heads_wrong", "heads_missed", "clutter"):
            if s[key]:
                print(f"          {key}: {s[key][:12]}")
        if s["notes_got"] != s["notes_want"]:
            print(f"          notes: {s['notes_got']} for {s['notes_want']}")


def sums(all_scores):
    good, got, want = (sum(s[k] for s in all_scores) for k in ("good", "got", "want"))
    n = max(1, len(all_scores))
    print(f"{len(all_scores)} texts: calls {100 * good / max(1, got):.2f} % precise, {100 * good / max(1, want):.2f} % complete; notes "
          f"{100 * sum(s['notes'] for s in all_scores) / n:.2f} %; heads {100 * sum(s['heads'] for s in all_scores) / n:.1f} %; clutter left "
          f"{sum(len(s['clutter']) for s in all_scores)} of {sum(s['clutter_want'] for s in all_scores)}; titles {sum(s['title'] for s in all_scores)}; "
          f"overall {sum(map(overall, all_scores)) / n:.2f} %, lowest {min(map(overall, all_scores), default=0):.1f} %")


def dumps(build, paths):
    out = subprocess.run([f"{build}/tests/read/text/text_test", *map(str, paths)], capture_output=True, check=True).stdout.decode("utf-8", "replace")
    return {p[:p.index("\n")]: p[p.index("\n") + 1:] for p in re.split(r"^file: ", out, flags=re.M)[1:]}


if __name__ == "__main__":
    args = [a for a in sys.argv[1:] if a != "-v"]
    texts = [pathlib.Path(a) for a in args[1:]]
    got, scores = dumps(args[0], texts), []
    for t in texts:
        s = score(got[str(t)], json.loads(t.with_name(t.name[:-4] + ".truth.json").read_text(encoding="utf-8")))
        scores.append(s)
        report(t.name, s, "-v" in sys.argv)
    sums(scores)
