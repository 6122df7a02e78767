#!/usr/bin/python3
"""What `make install` puts where, and what a program of somebody else's can do with it: install_test.py BUILD"""
# Not sanitized: others link the library as it is.
import os, pathlib, re, shutil, subprocess, sys, tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from checks import ROOT, check, finish

BUILD = sys.argv[1] if len(sys.argv) > 1 else "build"
PROGRAM = """
#include "octavo.h"
#include <stdio.h>

/* A name that the library has inside, too. */
int message(int n) { return n; }

static void tell(const struct octavo_message *m, void *user)
{
    (void)user;
    printf("%s\\n", m->code);
}

int main(int argc, char **argv)
{
    const char *outputs[] = {argv[2], NULL}, *styles[] = {argv[3], NULL};
    struct octavo_options o = octavo_defaults();
    o.source = argv[1];
    o.outputs = outputs;
    o.style_folders = styles;
    o.on_message = tell;
    return octavo_run(&o) + message(argc - 4);
}
"""


def run(*words, **more):
    return subprocess.run([str(w) for w in words], capture_output=True, text=True, timeout=300, **more)


def make(goal, at):
    env = {k: v for k, v in os.environ.items() if not k.startswith("MAKE") and k != "MFLAGS"}
    done = run("make", "-s", "-C", ROOT, f"BUILD={BUILD}", goal, f"DESTDIR={at}", "PREFIX=/usr/local", env=env)
    check(f"make {goal}", done.returncode == 0, done.stderr)


def files(at):
    return {str(p.relative_to(at)) for p in at.rglob("*") if p.is_file()}


def links_with(compiler, suffix, at, work):
    """A program in that language makes an e-book with what was installed."""
    name = work / f"own.{suffix}"
    name.write_text(PROGRAM)
    flags = run("pkg-config", f"--define-variable=prefix={at}/usr/local", "--cflags", "--libs", "octavo",
                env={**os.environ, "PKG_CONFIG_PATH": f"{at}/usr/local/lib/pkgconfig"})
    check("pkg-config", flags.returncode == 0, flags.stderr)
    built = run(compiler, "-Wall", "-Wextra", "-Wpedantic", "-Werror", name, "-o", work / "own", *flags.stdout.split())
    check(f"{compiler} links", built.returncode == 0, built.stderr)
    (work / "a.md").write_text("# A Title\n\nWith a call.[^x]\n")
    done = run(work / "own", work / "a.md", work / f"{suffix}.epub", f"{at}/usr/local/share/octavo/styles")
    check(f"{compiler} runs", done.returncode == 2 and "notes.missing" in done.stdout.split(), done)
    check(f"{compiler} makes an e-book", (work / f"{suffix}.epub").exists())


def options():
    text = (ROOT / "src/options.c").read_text(encoding="utf-8")
    for name, letter in re.findall(r'^\s*\{"([a-z-]+)", \'(.|\\0)\', VALUE_', text, re.M):
        yield name, letter if letter != "\\0" else None


def tells_of_all():
    """The manual's page and the completion know every option, and no other."""
    manual = (ROOT / "content/octavo.1").read_text(encoding="utf-8").replace("\\-", "-")
    entries = " ".join(re.findall(r"\.TP\n\.BR? (.*)", manual))
    completion = (ROOT / "content/octavo.bash").read_text(encoding="utf-8")
    known = list(options())
    for name, letter in known:
        check(f"octavo.1 tells of --{name}", re.search(rf"--{name}(?![\w-])", entries))
        check(f"octavo.1 tells of -{letter}", not letter or re.search(rf"(?<![\w-])-{letter}(?![\w-])", entries))
        check(f"octavo.bash knows --{name}", re.search(rf'[ "]--{name}[ "\n]', completion))
    names = {f"--{name}" for name, _ in known}
    check("octavo.1 tells of no other", set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", manual)) <= names)
    check("octavo.bash knows no other", set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", completion)) <= names)
    version = re.search(r'OCTAVO_VERSION "(.*)"', (ROOT / "src/octavo.h").read_text(encoding="utf-8")).group(1)
    check("octavo.1 is of this version", f'"octavo {version}"' in manual)


def completes():
    def words(line):
        script = (f'. {ROOT}/content/octavo.bash; COMP_WORDS=({line}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); '
                  '_octavo; echo "${COMPREPLY[@]}"')
        return run("bash", "-c", script).stdout.split()
    check("--no", words("octavo --no") == ["--notes"], words("octavo --no"))
    check("--notes f", words("octavo --notes f") == ["foot"])
    check("--notes=c", words("octavo --notes = c") == ["chapter"])
    check("-t e", words("octavo -t e") == ["epub", "eml"])


with tempfile.TemporaryDirectory(prefix="octavo install ") as folder:
    at, work = pathlib.Path(folder) / "with a space", pathlib.Path(tempfile.mkdtemp())
    make("install", at)
    there = files(at)
    check("what is installed", {"usr/local/bin/octavo", "usr/local/lib/liboctavo.a", "usr/local/include/octavo.h",
                                "usr/local/share/man/man1/octavo.1", "usr/local/share/octavo/styles/essay.css"} <= there, there)
    (work / "a.md").write_text("# A\n\nText.\n")
    done = run(at / "usr/local/bin/octavo", "a.md", "-s", "report", cwd=work)
    check("it finds its styles", done.returncode == 0 and (work / "a.pdf").exists(), done.stderr)
    done = run(at / "usr/local/bin/octavo", at / "usr/local/share/doc/octavo/handbook.md", "-o", "h.xhtml", cwd=work)
    check("its handbook is whole", done.returncode == 0, done.stderr)
    make("uninstall", at)
    check("nothing is left", not files(at), files(at))

    at = work / "root"
    make("install", at)
    links_with("gcc", "c", at, work)
    if shutil.which("g++"):
        links_with("g++", "cc", at, work)
    else:
        print("skipped: there is no g++ to try the header with")
    if shutil.which("man"):
        done = run("man", "-l", "--warnings", ROOT / "content/octavo.1", env={**os.environ, "LC_ALL": "C.UTF-8", "MANWIDTH": "100"})
        check("the manual's page has no fault", done.returncode == 0 and not done.stderr, done.stderr)
    shutil.rmtree(work)
tells_of_all()
completes()
finish()
