#!/usr/bin/python3
"""Mails and pages in Chromium at three widths, light and dark: browser_test.py BUILD [FOLDER FOR PICTURES]

What browser.mjs looks for; skipped where Chromium or the npm packages aren't there (make deps-dev)."""
import email, email.policy, os, pathlib, re, shutil, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent.parent
HERE = pathlib.Path(__file__).resolve().parent
OCTAVO = str((ROOT / (sys.argv[1] if len(sys.argv) > 1 else "build") / "octavo").resolve())
SEED = ROOT / "../shared/corpus/seed/essay.txt"
chromium = shutil.which("chromium")
if os.environ.get("SANITIZED") or not chromium or not shutil.which("node") or not (ROOT / "tests/node_modules/axe-core").is_dir():
    print("skipped: under sanitizers, or Chromium, node or tests/node_modules (make deps-dev) aren't there")
    print("0 passed, 0 failed")
    sys.exit(0)


def sources(folder):
    shutil.copy(HERE / "sample.md", folder / "sample.md")
    shutil.copy(ROOT / "tests/write/epub/samples/rings.png", folder / "dot.png")
    yield folder / "sample.md", "-s", "report", "--mail-link", "https://example.org/1.html", "-m", "list-unsubscribe=https://example.org/leave"
    yield ROOT / "content/essay.md", "-s", "book", "--mail-link", "https://example.org/1.html"
    if SEED.exists():
        shutil.copy(SEED, folder / "seed.txt")
        yield folder / "seed.txt",


def html_part(data):
    """The mail's HTML with its pictures inside, as a mail program would show it."""
    mail = email.message_from_bytes(data, policy=email.policy.default)
    text = mail.get_body(("html",)).get_content()
    for part in mail.walk():
        if part["content-id"]:
            address = f"data:{part.get_content_type()};base64," + "".join(part.get_payload().split())
            text = text.replace("cid:" + part["content-id"].strip("<>"), address)
    return text


passed = failed = 0
with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    pages, mails = [], []
    for source, *options in sources(folder):
        page, mail = folder / (source.stem + "-page.html"), folder / (source.stem + ".eml")
        subprocess.run([OCTAVO, str(source), "-q", "-m", "from=a@example.org", "-o", str(page), "-o", str(mail), *options], cwd=ROOT)
        pages.append(str(page))
        mails.append(str(folder / (source.stem + "-mail.html")))
        pathlib.Path(mails[-1]).write_text(html_part(mail.read_bytes()), encoding="utf-8")
    for kind, files in (("page", pages), ("mail", mails)):
        pictures = ["--pictures", sys.argv[2]] if len(sys.argv) > 2 else []
        done = subprocess.run(["node", str(HERE / "browser.mjs"), *pictures, kind, *files], capture_output=True, text=True, timeout=600,
                              env={**os.environ, "CHROMIUM": chromium})
        *faults, last = done.stdout.splitlines() or [""]
        looked = re.fullmatch(r"(\d+) looked at", last)
        if not looked:
            faults += [last, done.stderr[-500:]]
        for f in faults:
            print("failed:", f)
        failed += len(faults)
        passed += int(looked[1]) if looked else 0
print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed else 0)
