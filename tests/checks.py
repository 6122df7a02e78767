"""What the script tests share: where things are, the checks and their count, and the last line that tests/run reads.

    from checks import OCTAVO, check, finish
    check("what should be so", found == wanted, found)
    finish()
"""
import fcntl, os, pathlib, subprocess, sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
BUILD = (ROOT / (sys.argv[1] if len(sys.argv) > 1 else "build")).resolve()
OCTAVO = BUILD / "octavo"
SEEN_MOST = 600   # characters that are shown of what was found instead
passed = failed = 0


def unit(name):
    """The program of a unit test below tests/, which some scripts drive; made when it is older than what it tests."""
    program = BUILD / "tests" / name
    with open(BUILD / "units.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)   # two scripts may want it at once
        if not program.exists() or program.stat().st_mtime < (BUILD / "liboctavo.a").stat().st_mtime:
            env = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
            build = os.path.relpath(BUILD, ROOT)
            sanitize = ["SANITIZE=1"] if os.environ.get("SANITIZED") else []
            subprocess.run(["make", "-s", "-C", str(ROOT), f"BUILD={build}", *sanitize, f"{build}/tests/{name}"], check=True,
                           stdout=subprocess.DEVNULL, env=env)
    return program


def check(what, ok, seen=""):
    """Counts, and tells of what is not so; `seen` is what was found instead."""
    global passed, failed
    passed, failed = passed + bool(ok), failed + (not ok)
    if not ok:
        print(f"failed: {what}{': ' if str(seen) else ''}{str(seen).strip()[:SEEN_MOST]}", flush=True)


def check_all(what, *truths):
    """One check, of several things that should all be so."""
    check(what, all(truths), [bool(t) for t in truths])


def finish():
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)
