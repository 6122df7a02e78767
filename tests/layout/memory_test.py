#!/usr/bin/python3
"""memory_test.py BUILD: what a longer book takes more of, from end to end: memory a word, and time (of the processor) in line with its length.

What lives longer than it should, or is made once a batch instead of once a book, shows here. Measured: 41 MB for 100,000 words,
93 MB for 400,000; the bounds leave a third to machines of other libraries and more threads.
"""
# Not sanitized: the sanitizers' own memory would be measured.
import os, pathlib, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHORT, LONG = 100_000, 400_000
BYTES_A_WORD = 240
MEGABYTES = 125       # for LONG words
TIMES = 5.5           # of the time of SHORT words; 4 would be in line, and a busy machine errs


def run(build, folder, words):
    """(peak in megabytes, seconds of the processor) of a book of so many words, both outputs."""
    book = subprocess.run([sys.executable, ROOT / "tests/bench/book.py", str(words), str(words // 600), str(words // 12_000), "md"],
                          capture_output=True, check=True).stdout
    source = folder / f"{words}.md"
    source.write_bytes(book)
    process = subprocess.Popen([build / "octavo", "-q", source, "-d", folder], cwd=ROOT)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        print(f"{words} words: status {process.returncode}")
    return used.ru_maxrss / 1024, used.ru_utime + used.ru_stime, process.returncode == 0


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory(prefix="octavo-memory-") as name:
        short, long = (run(build, pathlib.Path(name), words) for words in (SHORT, LONG))
    a_word = (long[0] - short[0]) * 2**20 / (LONG - SHORT)
    checks = {
        "both books are made": short[2] and long[2],
        f"{LONG} words take {long[0]:.0f} MB, not more than {MEGABYTES}": long[0] <= MEGABYTES,
        f"a word takes {a_word:.0f} bytes, not more than {BYTES_A_WORD}": a_word <= BYTES_A_WORD,
        f"{LONG} words take {long[1] / short[1]:.1f} times as long as {SHORT}, not more than {TIMES}": long[1] / short[1] <= TIMES,
    }
    for name, good in checks.items():
        if not good or "-v" in sys.argv:
            print("ok  " if good else "FAIL", name)
    failed = sum(not good for good in checks.values())
    print(f"{len(checks) - failed} passed, {failed} failed")
    return failed > 0


sys.exit(main())
