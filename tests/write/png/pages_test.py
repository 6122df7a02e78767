#!/usr/bin/python3
"""Pages as pictures: the same page as the PDF's, as poppler renders it; names, sizes and spreads; the same bytes twice; wrong
options: pages_test.py BUILD

Two renderings never agree at the edges of letters. A page may differ by MEAN of 255 on the average and in FAR of its
pixels by more than a quarter; a page that is moved by two pixels differs by half as much again, and must be found out.
"""
import os, pathlib, subprocess, sys, tempfile

sys.path[:0] = [str(p) for p in pathlib.Path(__file__).resolve().parents[:3]]
from checks import OCTAVO, ROOT, check, finish
from reading import gray_of, read_pgm, read_png

HANDBOOK = ROOT / "content/handbook.md"
MEAN, FAR = 6.0, 0.035


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
    check(f"{what}: size {ours[:2]}, {theirs[:2]}", abs(ours[0] - theirs[0]) <= 1 and abs(ours[1] - theirs[1]) <= 1)
    if ours[:2] == theirs[:2]:
        mean, far = difference(ours[2], theirs[2])
        check(f"{what}: differs by {mean:.2f} on the average, {far:.4f} of it by far", mean < MEAN and far < FAR)
        moved = ours[2][2 * ours[0] + 2:] + bytes(2 * ours[0] + 2)
        check(f"{what}: that it is moved by two pixels is not seen: {difference(moved, theirs[2])[0]:.2f}, {mean:.2f}", difference(moved, theirs[2])[0] > 1.5 * mean)


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
    check(f"{len(made)} pictures of all pages", p.returncode == 0 and len(made) == count or style != "book")
    check("numbers have three digits", made and made[0].name == "p-001.png")
    width, height, *_, dpi = read_png(made[0].read_bytes())
    check(f"6 by 9 inches at 40 dpi: {width}, {height}, {dpi}", (width, height, dpi) == (240, 360, 40))
    octavo(HANDBOOK, "-q", "-s", "book", "-o", t / "s-%d.png", "--dpi", 40, "--spread", "--pages", "1-5")
    check("a recto alone, then spreads", sorted(x.name for x in t.glob("s-*.png")) == ["s-1.png", "s-2.png", "s-4.png"])
    widths = [read_png((t / f"s-{n}.png").read_bytes())[0] for n in (1, 2, 4)]
    check(f"widths of spreads: {widths}", widths == [240, 480, 480])
    octavo(HANDBOOK, "-q", "-s", "book", "-o", t / "q.png", "--dpi", 40, "--pages", "1-3")
    check("several pages, one name", sorted(x.name for x in t.glob("q*.png")) == ["q-1.png", "q-2.png", "q-3.png"])

    # the same bytes, whatever the threads, the zone and the locale
    octavo(HANDBOOK, "-q", "-s", "book", "-o", t / "r-%03d.png", "--dpi", 40, LC_ALL="de_DE.UTF-8", TZ="Asia/Tokyo")
    check("the same bytes twice", all((t / x.name.replace("p-", "r-")).read_bytes() == x.read_bytes() for x in made))

    # wrong options: status 3, and nothing is written
    for words, sentence in {("--dpi", "20"): "from 36 to 600", ("--dpi", "much"): "a number of dots", ("--pages", "3-1"): "ranges",
                            ("--pages", "100-2000"): "but there are", ("--pages", ""): "needs a value"}.items():
        p = octavo(HANDBOOK, "-q", "-o", t / "w.png", "-o", t / "w.epub", *words)
        check(f"{words}: {p.returncode} {p.stderr}", p.returncode == 3 and "usage.value" in p.stderr and sentence in p.stderr)
        check(f"{words}: something is written", not list(t.glob("w*")))
    p = octavo(HANDBOOK, "-q", "-o", t / "x-%d.png", "-o", t / "x-2.png", "--pages", "1-3", "--dpi", "36")
    check(f"two outputs of one name: {p.stderr}", p.returncode == 3 and "output.twice" in p.stderr)

finish()
