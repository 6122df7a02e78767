/* Drawings as pages of PDF taken into ours: whole and damaged. vector_test [MUTATIONS]. No words in them:
 * what pango keeps would be a leak to the sanitizers. */
#include "document/raster.h"
#include "write/pdf/vector.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static int mutations = 2000;

static const char svg[] =
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 200 100' width='200' height='100'>"
    "<linearGradient id='g'><stop offset='0' stop-color='red'/><stop offset='1' stop-opacity='.2'/>"
    "</linearGradient><filter id='b'><feGaussianBlur stdDeviation='2'/></filter>"
    "<rect width='50' height='50' fill='url(#g)'/><circle cx='90' cy='40' r='20' filter='url(#b)'/>"
    "<image width='9' height='9' href='data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAA"
    "DUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='/>"
    "</svg>";

static struct text page_of(struct arena *a)
{
    struct resource r = {.name = "d.svg", .bytes = {svg, sizeof svg - 1}, .width_px = 200, .height_px = 100};
    struct text pdf;
    assert_null(raster_svg_page(a, &r, 800, 400, &pdf));
    return pdf;
}

static int form_of(struct text pdf)
{
    char *copy = malloc(pdf.length ? pdf.length : 1); /* reading past it is seen by the sanitizers */
    memcpy(copy, pdf.at, pdf.length);
    struct failure f;
    struct arena *own = arena_new(&f);
    int object = vector_form(own, store_new(own, DEFLATE_USUAL), (struct text){copy, pdf.length}, 800, 400);
    arena_free(own);
    free(copy);
    return object;
}

static void a_drawing_becomes_a_form(void **state)
{
    (void)state;
    struct failure f;
    struct arena *a = arena_new(&f);
    assert_true(form_of(page_of(a)) > 0);
    arena_free(a);
}

static void what_is_no_page_is_refused(void **state)
{
    (void)state;
    struct failure f;
    struct arena *a = arena_new(&f);
    struct text pdf = page_of(a);
    assert_int_equal(form_of(TEXT("")), 0);
    assert_int_equal(form_of(TEXT("%PDF-1.4\nstartxref\n0\n%%EOF")), 0);
    for (size_t length = 0; length + 64 < pdf.length; length += pdf.length / 101 + 1)
        assert_int_equal(form_of(text_slice(pdf, 0, length)), 0);
    arena_free(a);
}

static void damage_does_no_harm(void **state)
{
    (void)state;
    struct failure f;
    struct arena *a = arena_new(&f);
    struct text pdf = page_of(a);
    char *bytes = arena_alloc(a, pdf.length);
    uint32_t seed = 1;
    int refused = 0;
    for (int i = 0; i < mutations; i++) {
        memcpy(bytes, pdf.at, pdf.length);
        for (int k = 0; k < 4; k++) {
            seed = seed * 1664525 + 1013904223;
            size_t at = (seed >> 4) % pdf.length;
            bytes[i % 2 ? pdf.length - 1 - at % 1200 : at] = "<>[]()/ 0123456789R%"[(seed >> 3) % 20];
        }
        refused += form_of((struct text){bytes, pdf.length}) == 0;
    }
    assert_true(refused > 0 && refused < mutations);
    arena_free(a);
}

int main(int argc, char **argv)
{
    if (argc > 1)
        mutations = atoi(argv[1]);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_drawing_becomes_a_form),
        cmocka_unit_test(what_is_no_page_is_refused),
        cmocka_unit_test(damage_does_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
