"""What the tests of covers and cards share: the program and the styles."""
import subprocess

from checks import OCTAVO, ROOT

STYLES = sorted(p.stem for p in (ROOT / "styles").glob("*.css") if p.stem != "common")


def octavo(*words):
    return subprocess.run([OCTAVO, *map(str, words)], capture_output=True, text=True, cwd=ROOT)
