#!/usr/bin/python3
"""Pages as pictures: the same page as the PDF's, as poppler renders it; names, sizes and spreads; the same bytes twice; wrong
options: pages_test.py BUILD

Two renderings never agree at the edges of letters. A page may differ by MEAN of 255 on the average and in FAR of its
pixels by more than a quarter; a page that is moved by two pixels differs by half as much again, and must be found out.
"""
import os, pathlib, subprocess, sys, tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from reading import gray_of, read_pgm, read_png

ROOT = pathlib.Path(__file__).resolve().parents[3]
OCTAVO = (ROOT / (sys.argv[1] if len(sys.argv) > 1 else "build") / "octavo").resolve()
HANDBOOK = ROOT / "content/handbook.md"
MEAN, FAR = 6.0, 0.035
passed = failed = 0


def check(ok, what):
    global passed, failed
    passed += bool(ok)
    failed += not ok
    if not ok:
        print("failed:", what)


def octavo(*words, cwd=None, **env):
    return subprocess.run([OCTAVO, *map(str, words)], capture_output=True, text=True, cwd=cwd, env={**os.environ, **env})


def difference(a, b):
    """The mean difference, and the share of pixels that differ by more than a quarter."""
    counts = [0] * 256
    for x, y in zip(a, b):
        counts[abs(x - y)] += 1
    return sum(i * n for i, n in enumerate(counts)) / len(a), sum(counts[65:]) / len(a)


def same_page(t, pdf, number, dpi, style):
    picture = t / f"{style}-{number}.png"
    octavo(HANDBOOK, "-q", "-s", style, "-o", picture, "--pages", number, "--dpi", dpi)
    page = subprocess.run(["pdftoppm", "-gray", "-r", str(dpi), "-f", str(number), "-l", str(number), pdf],
                          capture_output=True, check=True).stdout
    ours, theirs = gray_of(picture.read_bytes()), read_pgm(page)
    what = f"{style}, page {number}, {dpi} dpi"
    check(abs(ours[0] - theirs[0]) <= 1 and abs(ours[1] - theirs[1]) <= 1, f"{what}: size {ours[:2]}, {theirs[:2]}")
    if ours[:2] == theirs[:2]:
        mean, far = difference(ours[2], theirs[2])
        check(mean < MEAN and far < FAR, f"{what}: differs by {mean:.2f} on the average, {far:.4f} of it by far")
        moved = ours[2][2 * ours[0] + 2:] + bytes(2 * ours[0] + 2)
        check(difference(moved, theirs[2])[0] > 1.5 * mean, f"{what}: that it is moved by two pixels is not seen: {difference(moved, theirs[2])[0]:.2f}, {mean:.2f}")


def pages_of(pdf):
    """A page for each: with a picture, a table, code, prose; by what pdftotext and the structure say."""
    count = int(next(line.split()[1] for line in subprocess.run(["pdfinfo", pdf], capture_output=True, text=True).stdout.splitlines()
                     if line.startswith("Pages:")))
    shown = subprocess.run(["pdfimages", "-list", pdf], capture_output=True, text=True).stdout.splitlines()[2:]
    wanted = {int(line.split()[0]) for line in shown[:2]}
    for word in ("SOURCE_DATE_EPOCH=", "output.format", "@page {"):
        for n in range(1, count + 1):
            text = subprocess.run(["pdftotext", "-f", str(n), "-l", str(n), pdf, "-"], capture_output=True, text=True).stdout
            if word in text:
                wanted.add(n)
                break
    return sorted(wanted | {1, min(12, count)}), count


with tempfile.TemporaryDirectory() as t:
    t = pathlib.Path(t)
    for style in ("book", "report"):
        pdf = t / f"{style}.pdf"
        octavo(HANDBOOK, "-q", "-s", style, "-o", pdf)
        numbers, count = pages_of(pdf)
        for number in numbers if style == "book" else numbers[:2]:
            same_page(t, pdf, number, 110, style)

    # names, sizes, spreads
    p = octavo(HANDBOOK, "-v", "-s", "book", "-o", t / "p-%03d.png", "--dpi", 40)
    made = sorted(t.glob("p-*.png"))
    check(p.returncode == 0 and len(made) == count or style != "book", f"{len(made)} pictures of all pages")
    check(made and made[0].name == "p-001.png", "numbers have three digits")
    width, height, *_, dpi = read_png(made[0].read_bytes())
    check((width, height, dpi) == (240, 360, 40), f"6 by 9 inches at 40 dpi: {width}, {height}, {dpi}")
    octavo(HANDBOOK, "-q", "-s", "book", "-o", t / "s-%d.png", "--dpi", 40, "--spread", "--pages", "1-5")
    check(sorted(x.name for x in t.glob("s-*.png")) == ["s-1.png", "s-2.png", "s-4.png"], "a recto alone, then spreads")
    widths = [read_png((t / f"s-{n}.png").read_bytes())[0] for n in (1, 2, 4)]
    check(widths == [240, 480, 480], f"widths of spreads: {widths}")
    octavo(HANDBOOK, "-q", "-s", "book", "-o", t / "q.png", "--dpi", 40, "--pages", "1-3")
    check(sorted(x.name for x in t.glob("q*.png")) == ["q-1.png", "q-2.png", "q-3.png"], "several pages, one name")

    # the same bytes, whatever the threads, the zone and the locale
    octavo(HANDBOOK, "-q", "-s", "book", "-o", t / "r-%03d.png", "--dpi", 40, LC_ALL="de_DE.UTF-8", TZ="Asia/Tokyo")
    check(all((t / x.name.replace("p-", "r-")).read_bytes() == x.read_bytes() for x in made), "the same bytes twice")

    # wrong options: status 3, and nothing is written
    for words, sentence in {("--dpi", "20"): "from 36 to 600", ("--dpi", "much"): "a number of dots", ("--pages", "3-1"): "ranges",
                            ("--pages", "100-2000"): "but there are", ("--pages", ""): "needs a value"}.items():
        p = octavo(HANDBOOK, "-q", "-o", t / "w.png", "-o", t / "w.epub", *words)
        check(p.returncode == 3 and "usage.value" in p.stderr and sentence in p.stderr, f"{words}: {p.returncode} {p.stderr}")
        check(not list(t.glob("w*")), f"{words}: something is written")
    p = octavo(HANDBOOK, "-q", "-o", t / "x-%d.png", "-o", t / "x-2.png", "--pages", "1-3", "--dpi", "36")
    check(p.returncode == 3 and "output.twice" in p.stderr, f"two outputs of one name: {p.stderr}")

print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed else 0)
