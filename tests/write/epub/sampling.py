"""Packs the samples with pack_test."""
import pathlib, subprocess

from checks import unit

HERE = pathlib.Path(__file__).resolve().parent
SAMPLES = sorted(p.stem for p in (HERE / "samples").glob("*.xhtml"))
MARKS = {"essay": "300", "long": "2000"}   # bytes of text between page marks


def program():
    return str(unit("write/epub/pack_test"))


def pack(name, to, **more):
    """Packs a sample, or "long" or "large"; gives what it said on standard error."""
    source = HERE / "samples" / f"{name}.xhtml"
    args = [program(), str(source) if source.exists() else name, str(to)] + ([MARKS[name]] if name in MARKS else [])
    return subprocess.run(args, check=True, capture_output=True, text=True, **more).stderr
