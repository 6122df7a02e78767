#include "fonts/cff.h"
#include "fonts/subset.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

/* Header; names: "F"; one Top DICT: SIDs 0 and 0, supplement 0, ROS, charset at 30; then the charset itself.
 */
#define START                                                                                                \
    "\1\0\4\1"                                                                                               \
    "\0\1\1\1\2F"                                                                                            \
    "\0\1\1\1\x0A"                                                                                           \
    "\x8B\x8B\x8B\x0C\x1E\x1C\0\x1E\x0F"                                                                     \
    "\0\0\0\0\0\0"

static int cids(const char *bytes, size_t length, uint32_t count, uint16_t *cid)
{
    char *copy = malloc(length ? length : 1); /* reading past it is seen by the sanitizers */
    memcpy(copy, bytes, length);
    int status = cff_cids((struct text){copy, length}, count, cid);
    free(copy);
    return status;
}

static void charsets_of_every_format(void **state)
{
    (void)state;
    static const char list[] = START "\0\0\x07\1\2", ranges[] = START "\1\0\x64\2\0\x09\0",
                      wide[] = START "\2\0\x64\0\2\0\x09\0\0";
    uint16_t cid[5];
    assert_int_equal(cids(list, sizeof list - 1, 3, cid), 0);
    assert_memory_equal(cid, ((uint16_t[]){0, 7, 258}), 6);
    assert_int_equal(cids(ranges, sizeof ranges - 1, 5, cid), 0);
    assert_memory_equal(cid, ((uint16_t[]){0, 100, 101, 102, 9}), 10);
    assert_int_equal(cids(wide, sizeof wide - 1, 5, cid), 0);
    assert_memory_equal(cid, ((uint16_t[]){0, 100, 101, 102, 9}), 10);
}

static void what_breaks_off_is_refused(void **state)
{
    (void)state;
    static const char list[] = START "\0\0\x07\1\2";
    uint16_t cid[3];
    for (size_t n = 0; n < sizeof list - 1; n++)
        assert_int_equal(cids(list, n, 3, cid), -1);
}

static void damage_does_no_harm(void **state)
{
    (void)state;
    static const char list[] = START "\2\0\x64\0\2\0\x09\0\0";
    char bytes[sizeof list];
    uint16_t cid[5];
    uint32_t seed = 1;
    for (int i = 0; i < 20000; i++) {
        memcpy(bytes, list, sizeof list);
        for (int k = 0; k < 3; k++) {
            seed = seed * 1664525 + 1013904223;
            bytes[(seed >> 8) % (sizeof list - 1)] = (char)(seed >> 24);
        }
        cids(bytes, sizeof list - 1, 5, cid);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(charsets_of_every_format),
        cmocka_unit_test(what_breaks_off_is_refused),
        cmocka_unit_test(damage_does_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
