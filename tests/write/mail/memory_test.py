#!/usr/bin/python3
"""Mails when memory is gone: the run ends with status 4 and the old mail, or with 0 and the new: memory_test.py BUILD"""
# Not sanitized: address space is what is limited here, and sanitizers take terabytes of it
import os, pathlib, random, resource, struct, subprocess, sys, tempfile, zlib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from checks import OCTAVO, check, finish

MB, STEP = 1 << 20, 768 << 10


def noise_png(width, height):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    noise = random.Random(7)
    rows = b"".join(b"\0" + noise.randbytes(width * 3) for _ in range(height))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b""))


with tempfile.TemporaryDirectory() as t:
    t = pathlib.Path(t)
    (t / "noise.png").write_bytes(noise_png(1100, 900))
    (t / "a.md").write_text("# A title\n\nText.[^1]\n\n![Noise](noise.png)\n\n[^1]: A note.\n")
    mail = t / "a.eml"

    def limited(limit):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})   # on one thread, the same run takes the same room
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))

    def run(limit):
        mail.write_bytes(b"old")
        done = subprocess.run([OCTAVO, t / "a.md", "-q", "-m", "from=a@example.org", "-o", mail], capture_output=True, text=True, timeout=120,
                              preexec_fn=lambda: limited(limit))
        return done.returncode, done.stderr, mail.read_bytes()

    low, high = 32 * MB, 1024 * MB
    good = run(high)[2]
    check("a mail with all the memory that it wants", good != b"old" and len(good) > 4 * MB)
    while high - low > STEP:   # about where the mail itself, the last and largest thing, still has room
        middle = (low + high) // 2
        low, high = (low, middle) if run(middle)[0] == 0 else (middle, high)
    ended = {0: 0, 4: 0}
    for i in range(-8, 48):
        limit = high - i * STEP
        status, told, bytes_ = run(limit)
        check(f"{limit / MB:.1f} MB: status {status}, {len(bytes_)} bytes, {told[-200:]}",
              status in ended and bytes_ == (good if status == 0 else b"old") and (status == 0 or "[system.memory]" in told))
        if status in ended:
            ended[status] += 1
    check(f"the limits are where memory runs out: {ended}", ended[0] > 4 and ended[4] > 20)

finish()
