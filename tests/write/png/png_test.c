/* The parts of the painter: ranges and names, what is encoded read back by libpng, pictures whole and
 * damaged. png_test [MUTATIONS [SEED]]: that many mutations of each kind of picture. */
#include "job.h"
#include "write/pdf/pictures.h"
#include "write/png/painter.h"
#include "write/png/png.h"
#include "write/png/ranges.h"

static int mutations = 100;
static uint32_t first_seed = 1;

/* ---- names and ranges */

static void names_get_numbers(void **state)
{
    struct job *j = *state;
    static const char *const names[][2] = {
        {"page.png", "page-7.png"},         {"p-%d.png", "p-7.png"},    {"p-%03d.png", "p-007.png"},
        {"p%3d.png", "p  7.png"},           {"100%.png", "100%-7.png"}, {"a%d/b.png", "a%d/b-7.png"},
        {"%s-%n-%02d.png", "%s-%n-07.png"}, {"%d-%d.png", "7-%d.png"},  {"%0d", "7"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_string_equal(numbered_name(j->arena, names[i][0], 7), names[i][1]);
}

/* "1-3 7-7 " and "!" behind it where the rest is no range. */
static const char *ranges_read(struct job *j, const char *given)
{
    struct buf *b = buf_new(j->arena);
    struct text rest = text_of(given);
    uint32_t from, to;
    bool bad = false;
    while (range_next(&rest, &from, &to, &bad))
        buf_printf(b, "%u-%u ", from, to == UINT32_MAX ? 0 : to);
    buf_string(b, bad ? "!" : "");
    return buf_view(b).at;
}

static void ranges_are_read(void **state)
{
    struct job *j = *state;
    assert_string_equal(ranges_read(j, "3"), "3-3 ");
    assert_string_equal(ranges_read(j, "1-3, 7 ,10-"), "1-3 7-7 10-0 ");
    static const char *const bad[] = {"", "0", "3-1", "-3", "1--2", "x", "1-2x", "12345678901"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_string_equal(ranges_read(j, bad[i]), "!");
    assert_string_equal(ranges_read(j, "1,,2"), "1-1 !");
}

static void wrong_options_are_told(void **state)
{
    struct job *j = *state;
    assert_int_equal(png_check(j->messages, &(struct png_options){.dpi = 150}), 0);
    assert_int_equal(png_check(j->messages, &(struct png_options){.dpi = 36, .ranges = "2-"}), 0);
    assert_int_equal(job_messages(j, "usage.value"), 0);
    assert_int_equal(png_check(j->messages, &(struct png_options){.dpi = 35}), -1);
    assert_int_equal(png_check(j->messages, &(struct png_options){.dpi = 601}), -1);
    assert_int_equal(png_check(j->messages, &(struct png_options){.dpi = 150, .ranges = ""}), -1);
    assert_int_equal(job_messages(j, "usage.value"), 3);
}

/* ---- the plan */

static const char *planned(struct job *j, const struct pages *p, const char *path, struct png_options o)
{
    struct document *d = document_new(j->arena, j->messages, "source.md");
    struct png_plan plan;
    struct buf *b = buf_new(j->arena);
    o.dpi = o.dpi ? o.dpi : 150;
    if (png_plan(d, p, path, &o, &plan) != 0)
        return "refused";
    for (size_t i = 0; i < plan.count; i++) {
        const struct png_picture *x = &plan.pictures[i];
        buf_printf(b, "%s:%s%s%s ", x->path, x->left->label, x->right ? "+" : "",
                   x->right ? x->right->label : "");
    }
    return buf_view(b).at;
}

static void pictures_are_planned(void **state)
{
    struct job *j = *state;
    struct page five[5];
    static const char *const labels[] = {"i", "ii", "1", "2", "3"};
    for (int i = 0; i < 5; i++)
        five[i] = (struct page){.width_pt = 400, .height_pt = 600, .label = labels[i], .left = i % 2 == 1};
    struct pages p = {.pages = five, .count = 5};
    assert_string_equal(planned(j, &p, "a.png", (struct png_options){0}), "a.png:i ");
    assert_string_equal(planned(j, &p, "a.png", (struct png_options){.ranges = "3"}), "a.png:1 ");
    assert_string_equal(planned(j, &p, "a.png", (struct png_options){.ranges = "4-,1"}),
                        "a-1.png:i a-4.png:2 a-5.png:3 ");
    assert_string_equal(planned(j, &p, "a%d.png", (struct png_options){.ranges = "2"}), "a2.png:ii ");
    assert_string_equal(planned(j, &p, "a%02d.png", (struct png_options){.spread = true}),
                        "a01.png:i a02.png:ii+1 a04.png:2+3 ");
    assert_string_equal(planned(j, &p, "a.png", (struct png_options){.spread = true, .ranges = "3"}),
                        "a.png:ii+1 ");
    assert_string_equal(planned(j, &p, "a.png", (struct png_options){.ranges = "2-6"}), "refused");
    assert_string_equal(planned(j, &p, "a.png", (struct png_options){.ranges = "9-"}), "refused");
    five[0].width_pt = 14400;
    assert_string_equal(planned(j, &p, "a.png", (struct png_options){.dpi = 600}), "refused");
    assert_int_equal(job_messages(j, "usage.value"), 2);
    assert_int_equal(job_messages(j, "png.size"), 1);
}

/* ---- encoding: what libpng reads is what was given */

struct reading {
    struct text bytes;
    size_t at;
};

static void give(png_structp png, png_bytep to, size_t length)
{
    struct reading *r = png_get_io_ptr(png);
    assert_true(length <= r->bytes.length - r->at);
    memcpy(to, r->bytes.at + r->at, length);
    r->at += length;
}

/* Compares with the pixels, each channel to within `near`; gives the colour type. */
static int read_back(struct job *j, struct text bytes, const struct pixels *px, int near)
{
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    struct reading r = {bytes, 0};
    png_set_read_fn(png, &r, give);
    png_read_info(png, info);
    int type = png_get_color_type(png, info);
    assert_int_equal(png_get_image_width(png, info), px->width);
    assert_int_equal(png_get_image_height(png, info), px->height);
    png_set_expand(png);
    png_set_gray_to_rgb(png);
    png_read_update_info(png, info);
    unsigned char *row = arena_alloc(j->arena, png_get_rowbytes(png, info));
    for (int y = 0; y < px->height; y++) {
        png_read_row(png, row, NULL);
        const uint32_t *want = (const uint32_t *)(const void *)(px->at + (size_t)y * px->stride);
        for (int x = 0; x < px->width; x++)
            for (int c = 0; c < 3; c++)
                assert_in_range((unsigned)abs((int)(want[x] >> (16 - 8 * c) & 255) - row[3 * x + c]), 0,
                                near);
    }
    png_read_end(png, NULL);
    png_destroy_read_struct(&png, &info, NULL);
    assert_int_equal(r.at, bytes.length);
    return type;
}

enum { SIDE = 97 };

static int encoded(struct job *j, uint32_t (*color)(uint32_t i), bool few, int near)
{
    uint32_t *at = arena_array(j->arena, SIDE * SIDE, sizeof *at);
    for (uint32_t i = 0; i < SIDE * SIDE; i++)
        at[i] = color(i) | 0x55000000;
    struct pixels px = {
        .at = (unsigned char *)at, .stride = SIDE * sizeof *at, .width = SIDE, .height = SIDE};
    struct text one = png_encode(j->arena, &px, 300, few), two = png_encode(j->arena, &px, 300, few);
    assert_true(text_equal(one, two));
    return read_back(j, one, &px, near);
}

static uint32_t grays(uint32_t i)
{
    return i % 256 * 0x010101;
}

static uint32_t hundred(uint32_t i)
{
    return i % 100 * 0x020100 + 7;
}

static uint32_t thousand(uint32_t i)
{
    return i % 1000 * 16411 & 0xFFFFFF;
}

/* Two flat colours and what lies between them, in more shades than a palette has. */
static uint32_t edges(uint32_t i)
{
    uint32_t k = i % 7 ? 0 : i % 701;
    return i % 3 ? 0x14322D : 0xF4EAD2 - k * 0x010000 % 0x700000 - k % 97 * 0x100;
}

/* A picture of three inks with soft edges between them. */
static uint32_t inks(uint32_t i)
{
    static const uint32_t flat[] = {0xF5EFE2, 0x211C18, 0xA3201D, 0xF5EFE2};
    uint32_t k = i / 32 % 4, share = i % 32 < 24 ? 0 : i % 8, mixed = 0;
    for (int shift = 0; shift <= 16; shift += 8)
        mixed |= ((flat[k] >> shift & 255) * (8 - share) + (flat[(k + 1) % 4] >> shift & 255) * share) / 8
                 << shift;
    return mixed;
}

static uint32_t noise(uint32_t i)
{
    return i * 2654435761U >> 8;
}

static void pixels_are_encoded(void **state)
{
    struct job *j = *state;
    assert_int_equal(encoded(j, grays, false, 0), PNG_COLOR_TYPE_GRAY);
    assert_int_equal(encoded(j, hundred, false, 0), PNG_COLOR_TYPE_PALETTE);
    assert_int_equal(encoded(j, thousand, false, 0), PNG_COLOR_TYPE_RGB);
    assert_int_equal(encoded(j, edges, false, 0), PNG_COLOR_TYPE_RGB);
    assert_int_equal(encoded(j, edges, true, 31), PNG_COLOR_TYPE_PALETTE);
    assert_int_equal(encoded(j, inks, false, 0), PNG_COLOR_TYPE_PALETTE);
    assert_int_equal(encoded(j, inks, true, 24), PNG_COLOR_TYPE_PALETTE);
    assert_int_equal(encoded(j, noise, false, 0), PNG_COLOR_TYPE_RGB);
    assert_int_equal(encoded(j, noise, true, 0), PNG_COLOR_TYPE_RGB);
}

/* ---- pictures */

static void whole_pictures_are_decoded(void **state)
{
    struct job *j = *state;
    for (int i = 0; i < PICTURE_KINDS; i++) {
        const struct resource *r = picture_make(j->arena, &picture_kinds[i]);
        struct decoded d = {.fault = NULL}, small = {.fault = NULL};
        picture_decode(j->arena, r, 1000, 1000, &d);
        assert_null(d.fault);
        assert_int_equal(d.width, PICTURE_WIDTH);
        assert_int_equal(d.height, PICTURE_HEIGHT);
        picture_decode(j->arena, r, 9, 5, &small);
        assert_null(small.fault);
        assert_in_range(small.width, 9, 18);
        assert_in_range(small.height, 5, 12);
        assert_int_equal(small.coded_width, PICTURE_WIDTH);
    }
}

static void a_picture_keeps_its_colours(void **state)
{
    struct job *j = *state;
    static const struct picture_kind rgb = {"rgb8.png", PNG_COLOR_TYPE_RGB, 8, 0, false};
    struct decoded d = {.fault = NULL};
    picture_decode(j->arena, picture_make(j->arena, &rgb), 1000, 1000, &d);
    uint32_t y = 3, x = 5, first = (x * 3 * 5 + y * 9) & 255;
    assert_int_equal(d.pixels[y * PICTURE_WIDTH + x],
                     0xFF000000 | first << 16 | (first + 5) << 8 | (first + 10));
}

static uint32_t random_next(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 8;
}

/* Bits flipped, bytes set, the end cut off. */
static size_t damage(unsigned char *bytes, size_t length, uint32_t *seed)
{
    for (uint32_t n = 1 + random_next(seed) % 6; n > 0; n--)
        bytes[random_next(seed) % length] ^= (unsigned char)(1U << random_next(seed) % 8);
    if (random_next(seed) % 3 == 0)
        bytes[random_next(seed) % (length < 64 ? length : 64)] = (unsigned char)random_next(seed);
    return random_next(seed) % 3 ? length : random_next(seed) % length;
}

static void decode(const unsigned char *bytes, size_t length)
{
    struct failure f;
    struct arena *volatile a = arena_new(&f);
    struct resource r = {.name = "x", .bytes = {(const char *)bytes, length}};
    struct decoded d = {.fault = NULL};
    if (setjmp(f.back) == 0)
        picture_decode(a, &r, 20, 20, &d);
    arena_free(a);
}

/* None crashes or reads past its end; a fault or a picture comes of it. */
static void damaged_pictures_do_no_harm(void **state)
{
    struct job *j = *state;
    uint32_t seed = first_seed;
    struct text pictures[PICTURE_KINDS];
    for (int i = 0; i < PICTURE_KINDS; i++)
        pictures[i] = picture_make(j->arena, &picture_kinds[i])->bytes;
    for (int i = 0; i < PICTURE_KINDS * mutations; i++) {
        struct text whole = pictures[i % PICTURE_KINDS];
        unsigned char *copy = malloc(whole.length);
        memcpy(copy, whole.at, whole.length);
        size_t length = damage(copy, whole.length, &seed);
        unsigned char *cut = malloc(length ? length : 1);
        memcpy(cut, copy, length);
        decode(cut, length);
        free(cut);
        free(copy);
    }
}

int main(int argc, char **argv)
{
    if (argc > 1)
        mutations = atoi(argv[1]);
    if (argc > 2)
        first_seed = (uint32_t)atoi(argv[2]);
    const struct CMUnitTest tests[] = {
        JOB_TEST(names_get_numbers),           JOB_TEST(ranges_are_read),
        JOB_TEST(wrong_options_are_told),      JOB_TEST(pictures_are_planned),
        JOB_TEST(pixels_are_encoded),          JOB_TEST(whole_pictures_are_decoded),
        JOB_TEST(a_picture_keeps_its_colours), JOB_TEST(damaged_pictures_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
