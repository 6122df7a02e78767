"""What the tests of covers and cards share: the program, the styles, contrast, and the count of checks."""
import pathlib, subprocess, sys

ROOT = pathlib.Path(__file__).resolve().parents[3]
OCTAVO = (ROOT / (sys.argv[1] if len(sys.argv) > 1 else "build") / "octavo").resolve()
STYLES = sorted(p.stem for p in (ROOT / "styles").glob("*.css") if p.stem != "common")
passed = failed = 0


def check(ok, what):
    global passed, failed
    passed += bool(ok)
    failed += not ok
    if not ok:
        print("failed:", what)


def octavo(*words):
    return subprocess.run([OCTAVO, *map(str, words)], capture_output=True, text=True, cwd=ROOT)


def luminance(colour):
    """WCAG 2.2, relative luminance."""
    r, g, b = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in colour)]
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a, b):
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def finish():
    """The line that counts, and the test's end."""
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)
