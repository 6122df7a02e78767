#!/usr/bin/python3
"""The output intent that a style names: intent_test.py BUILD

A style's @octavo rule names a colour profile: of a printer with four inks, of a screen, of a scanner (which can be none), a
file that is none, one that isn't there. What is written as RGB must then say that it is sRGB, and all standards must hold.
"""
import pathlib, struct, subprocess, sys, tempfile, zlib
import pikepdf

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from checks import OCTAVO, ROOT, check, finish

JUDGE = ROOT.parent / "shared/judges/pdfjudge"


def profile(kind, space, name, version):
    """No more than a head and a description: nobody here converts with it."""
    if version == 2:
        data = b"desc" + bytes(4) + struct.pack(">I", len(name) + 1) + name.encode() + bytes(1 + 78)
    else:
        data = b"mluc" + bytes(4) + struct.pack(">II", 1, 12) + b"enUS" + struct.pack(">II", 2 * len(name), 28) + name.encode("utf-16-be")
    data += bytes(-len(data) % 4)
    size = 128 + 4 + 12 + len(data)
    head = struct.pack(">I4sI4s4s4s12s4s", size, bytes(4), version << 24, kind, space, b"Lab " if space == b"CMYK" else b"XYZ ", bytes(12), b"acsp")
    return head + bytes(128 - len(head)) + struct.pack(">I4sII", 1, b"desc", 144, len(data)) + data


def clear_picture():
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + bytes([200, 40, 40, x * 6]) * 40 for x in range(30))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 40, 30, 8, 6, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


PROFILES = {
    "inks": (profile(b"prtr", b"CMYK", "Offset on coated paper", 2), "Offset on coated paper", 4),
    "screen": (profile(b"mntr", b"RGB ", "A wide screen", 4), "A wide screen", 3),
    "gray": (profile(b"prtr", b"GRAY", "One ink", 4), "One ink", 1),
    "scanner": (profile(b"scnr", b"RGB ", "A scanner", 4), None, 3),
    "text": (b"no profile", None, 3),
    "new": (profile(b"mntr", b"RGB ", "Version five", 5), None, 3),
}

with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    (folder / "p.png").write_bytes(clear_picture())
    (folder / "t.md").write_text("---\ntitle: Inks\n---\n\nSome [text](https://example.org).\n\n![red](p.png)\n")
    for stem, (data, wanted, components) in PROFILES.items():
        (folder / f"{stem}.icc").write_bytes(data)
        (folder / "style.css").write_text(f"@octavo {{ output-intent: url({stem}.icc) }}\na {{ color: #235 }}\n")
        for standard in "12":
            pdf = folder / f"{stem}-{standard}.pdf"
            r = subprocess.run([OCTAVO, folder / "t.md", "-s", folder / "style.css", "--pdf-standard", standard, "-o", pdf],
                               capture_output=True, text=True)
            check(f"{stem}: made", r.returncode == 0 and ("pdf.profile" in r.stderr) == (wanted is None), r.stderr)
            with pikepdf.open(pdf) as made:
                intent, page = made.Root.OutputIntents[0], made.pages[0]
                check(f"{stem}: named", str(intent.OutputConditionIdentifier) == (wanted or "sRGB"), intent)
                check(f"{stem}: the profile", intent.DestOutputProfile.N == components and
                      (wanted is None or intent.DestOutputProfile.read_bytes() == data))
                check(f"{stem}: RGB is sRGB", ("/ColorSpace" in page.Resources) == (wanted is not None), page.Resources)
            if JUDGE.exists():
                r = subprocess.run([JUDGE, pdf], capture_output=True, text=True)
                check(f"{stem}: pdfjudge {standard}", r.returncode == 0, r.stdout)
    (folder / "style.css").write_text("@octavo { output-intent: url(../inks.icc) }\n@octavo { trim: yes }\n@octavo { output-intent: url(gone.icc) }\n")
    r = subprocess.run([OCTAVO, folder / "t.md", "-s", folder / "style.css", "-o", folder / "x.pdf"], capture_output=True, text=True)
    check("what can't be had is told", all(w in r.stderr for w in ("style.outside", "style.syntax", "gone.icc")), r.stderr)
    r = subprocess.run([OCTAVO, folder / "t.md", "-s", folder / "style.css", "-o", folder / "x.epub"], capture_output=True, text=True)
    check("the e-book has no @octavo", "@octavo" not in subprocess.run(["unzip", "-p", folder / "x.epub", "*.css"], capture_output=True, text=True).stdout)
if not JUDGE.exists():
    print("skipped: ../shared/judges is not there")
finish()
