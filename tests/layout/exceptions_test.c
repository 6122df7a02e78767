/* The list is looked up by halves: one entry out of order would hide others. */
#include "layout/exceptions.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { LINE_MOST = 200 };

static int check_entry(const char *divided, size_t length)
{
    char word[LINE_MOST], entry[LINE_MOST];
    size_t n = 0, piece = 0;
    snprintf(entry, sizeof entry, "%.*s", (int)length, divided);
    for (const char *c = entry; *c; c++) {
        if (*c != '-') {
            assert_in_range(*c, 'a', 'z');
            word[n++] = *c;
            piece++;
            continue;
        }
        assert_true(n >= 2 && piece >= 1);
        piece = 0;
    }
    assert_true(piece >= 3 && piece < n);
    const char *found = exception_find((struct text){word, n});
    if (!found)
        print_message("%s is not found\n", entry);
    assert_non_null(found);
    assert_string_equal(found, entry);
    return 1;
}

static void each_entry_is_found(void **state)
{
    (void)state;
    FILE *f = fopen("src/layout/exceptions.c", "r");
    char line[LINE_MOST];
    int count = 0;
    assert_non_null(f);
    while (fgets(line, sizeof line, f)) {
        if (strncmp(line, "    \"", 5) != 0)
            continue;
        for (char *from = strchr(line, '"'), *to; from; from = strchr(to + 1, '"')) {
            to = strchr(from + 1, '"');
            count += check_entry(from + 1, (size_t)(to - from - 1));
        }
    }
    fclose(f);
    assert_true(count > 400);
}

static void other_words_are_not(void **state)
{
    (void)state;
    assert_null(exception_find(TEXT("")));
    assert_null(exception_find(TEXT("a")));
    assert_null(exception_find(TEXT("mankin")));
    assert_null(exception_find(TEXT("mankinds")));
    assert_null(exception_find(TEXT("man-kind")));
    assert_null(exception_find(TEXT("zzzz")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_entry_is_found),
        cmocka_unit_test(other_words_are_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
