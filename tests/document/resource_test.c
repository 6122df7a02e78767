/* Resources: where in the source a picture is named, for messages of what is found out later. */
#include "document/document.h"
#include "job.h"

/* The test's own file stands for a picture: it is only read. */
static struct document *beside_this_file(struct job *j)
{
    struct document *d = document_new(j->arena, j->messages, "source.md");
    d->source_folder = "tests/document";
    return d;
}

static const char name[] = "resource_test.c";

static void the_first_place_with_a_line_stands(void **state)
{
    struct document *d = beside_this_file(*state);
    const struct resource *r = resource_get(d, name, &(struct place){"source.md", 0, 0});
    assert_non_null(r);
    assert_int_equal(resource_place(d, r).line, 0);
    assert_string_equal(resource_place(d, r).file, "source.md");
    assert_ptr_equal(resource_get(d, name, &(struct place){"source.md", 3, 6}), r);
    resource_get(d, name, &(struct place){"source.md", 9, 1});
    assert_int_equal(resource_place(d, r).line, 3);
    assert_int_equal(resource_place(d, r).column, 6);
}

static void what_the_source_does_not_name_has_its_name(void **state)
{
    struct document *d = beside_this_file(*state);
    const struct resource *r =
        resource_add(d, "images/cover.png", "image/png", TEXT("made"), (const int[]){1, 1});
    assert_string_equal(resource_place(d, r).file, "source.md");
    assert_int_equal(resource_place(d, r).line, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        JOB_TEST(the_first_place_with_a_line_stands),
        JOB_TEST(what_the_source_does_not_name_has_its_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
