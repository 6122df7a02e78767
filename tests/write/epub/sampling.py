"""Packs the samples with pack_test (built when it isn't there)."""
import os, pathlib, subprocess, sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
SAMPLES = sorted(p.stem for p in (HERE / "samples").glob("*.xhtml"))
MARKS = {"essay": "300", "long": "2000"}   # bytes of text between page marks


def program():
    build = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "build")
    path = ROOT / build / "tests/write/epub/pack_test"
    if not path.exists():
        make = ["make", "-s", "-C", str(ROOT), f"BUILD={build}", str(build / "tests/write/epub/pack_test")]
        subprocess.run(make + (["SANITIZE=1"] if os.environ.get("SANITIZED") else []), check=True, stdout=subprocess.DEVNULL)
    return str(path)


def pack(name, to, **more):
    """Packs a sample, or "long" or "large"; gives what it said on standard error."""
    source = HERE / "samples" / f"{name}.xhtml"
    args = [program(), str(source) if source.exists() else name, str(to)] + ([MARKS[name]] if name in MARKS else [])
    return subprocess.run(args, check=True, capture_output=True, text=True, **more).stderr
