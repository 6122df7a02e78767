#!/bin/sh
# Golden tests of the Markdown reader: markdown/CASE/source.md gives markdown/CASE/expected.xhtml, which begins with
# the messages as comments. BLESS=1 rewrites the expected files.
set -u
build=${1:-build}
program=$build/tests/read/markdown_test
cases=$(dirname "$0")/markdown
[ -x "$program" ] || make -s BUILD="$build" "$program" || exit 2
passed=0 failed=0
got=$(mktemp)
for case in "$cases"/*/; do
    "$program" --print "$case/source.md" >"$got" || echo "status $?" >>"$got"
    [ -z "${BLESS:-}" ] || cp "$got" "$case/expected.xhtml"
    if diff -u "$case/expected.xhtml" "$got"; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
done
rm -f "$got"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
