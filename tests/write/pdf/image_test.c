/* Pictures of every kind, whole and damaged. image_test [MUTATIONS [png|jpeg [SEED]]]: that many mutations of
 * each kind. */
#include "pictures.h"
#include "refine/image_header.h"
#include "write/pdf/image.h"
#include <libdeflate.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static int mutations = 150;
static const char *only = "";
static uint32_t first_seed = 1;

/* Reads bytes as a picture; gives its fault. The picture stays until the arena ends. */
static struct picture *read_bytes(struct arena *a, struct text bytes)
{
    struct resource *r = arena_alloc(a, sizeof *r);
    struct picture *p = arena_alloc(a, sizeof *p);
    *r = (struct resource){.name = "picture", .bytes = bytes};
    p->resource = r;
    p->arena = arena_new(&p->failure);
    struct image_header header;
    image_header_read(a, bytes, &header);
    r->orientation = header.orientation;
    picture_read(p);
    assert_false(p->exhausted);
    if (!p->fault)
        assert_true(p->data.length && p->entries.length && p->width > 0 && p->height > 0);
    return p;
}

/* A copy that ends where its memory ends, so that reading past it is seen. */
static const char *read_copy(struct arena *a, struct text bytes)
{
    char *copy = malloc(bytes.length ? bytes.length : 1);
    memcpy(copy, bytes.at, bytes.length);
    struct picture *p = read_bytes(a, (struct text){copy, bytes.length});
    const char *fault = p->fault;
    arena_free(p->arena);
    free(copy);
    return fault;
}

static void whole_pictures_are_read(void **state)
{
    (void)state;
    struct failure f;
    struct arena *a = arena_new(&f);
    for (int i = 0; i < PICTURE_KINDS; i++) {
        const struct resource *r = picture_make(a, &picture_kinds[i]);
        struct picture *p = read_bytes(a, r->bytes);
        assert_null(p->fault);
        assert_int_equal(p->width, PICTURE_WIDTH);
        assert_int_equal(p->height, PICTURE_HEIGHT);
        bool clear = picture_kinds[i].transparent || picture_kinds[i].type == PNG_COLOR_TYPE_GRAY_ALPHA ||
                     picture_kinds[i].type == PNG_COLOR_TYPE_RGB_ALPHA;
        assert_int_equal(p->mask.length > 0, clear);
        arena_free(p->arena);
    }
    arena_free(a);
}

static void what_passes_through_is_the_same(void **state)
{
    (void)state;
    struct failure f;
    struct arena *a = arena_new(&f);
    for (int i = 0; i < PICTURE_KINDS; i++) {
        const struct picture_kind *k = &picture_kinds[i];
        bool png = k->type >= 0 && k->type <= PNG_COLOR_TYPE_PALETTE && k->depth <= 8 && !k->interlace &&
                   !k->transparent;
        if (k->type >= 0 && !png)
            continue;
        const struct resource *r = picture_make(a, k);
        struct picture *p = read_bytes(a, r->bytes);
        struct text core = k->type < 0 ? text_slice(p->data, 20, p->data.length) : p->data;
        assert_non_null(memmem(r->bytes.at, r->bytes.length, core.at, core.length));
        arena_free(p->arena);
    }
    arena_free(a);
}

static void truncated_pictures_have_a_fault(void **state)
{
    (void)state;
    struct failure f;
    struct arena *a = arena_new(&f);
    for (int i = 0; i < PICTURE_KINDS; i++) {
        struct text bytes = picture_make(a, &picture_kinds[i])->bytes;
        size_t step = bytes.length / 97 + 1;
        for (size_t n = 0; n + 1 < bytes.length; n += step)
            assert_non_null(read_copy(a, text_slice(bytes, 0, n)));
    }
    arena_free(a);
}

static uint32_t chance(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 8;
}

/* Takes some bytes out, or puts some of them in once more. */
static void shift(struct buf *b, uint32_t *seed)
{
    size_t at = chance(seed) % b->length, n = chance(seed) % 24 + 1, rest = b->length - at;
    n = n < rest ? n : rest;
    if (chance(seed) % 2) {
        buf_reserve(b, n);
        memmove(b->data + at + n, b->data + at, rest);
        b->length += n;
    } else if (n < b->length) {
        memmove(b->data + at, b->data + at + n, rest - n);
        b->length -= n;
    }
}

/* Sets the checksums right again, so that the damage gets past them. */
static void mend_checksums(struct buf *b)
{
    for (size_t at = 8; at + 12 <= b->length;) {
        const unsigned char *u = (const unsigned char *)b->data + at;
        size_t chunk = (size_t)u[0] << 24 | (size_t)u[1] << 16 | (size_t)u[2] << 8 | u[3];
        if (chunk > b->length - at - 12)
            return;
        uint32_t crc = libdeflate_crc32(0, b->data + at + 4, chunk + 4);
        for (size_t i = 0; i < 4; i++)
            b->data[at + 8 + chunk + i] = (char)(unsigned char)(crc >> (24 - 8 * i));
        at += 12 + chunk;
    }
}

static void mutate(struct buf *b, uint32_t *seed, bool png)
{
    /* Headers are short beside the data: half of the damage goes there. */
    size_t reach = chance(seed) % 2 && b->length > 256 ? 256 : b->length;
    for (uint32_t k = chance(seed) % 6 + 1; k > 0; k--)
        b->data[chance(seed) % reach] = (char)(chance(seed) % 4 ? chance(seed) & 255 : 255);
    if (chance(seed) % 4 == 0)
        shift(b, seed);
    if (png && chance(seed) % 2)
        mend_checksums(b);
}

static bool is_wanted(const struct picture_kind *k)
{
    return !*only || strcmp(only, k->type < 0 ? "jpeg" : "png") == 0;
}

static void damaged_pictures_do_no_harm(void **state)
{
    (void)state;
    struct failure f;
    struct arena *a = arena_new(&f);
    int faults = 0, tried = 0;
    for (int i = 0; i < PICTURE_KINDS; i++) {
        if (!is_wanted(&picture_kinds[i]))
            continue;
        struct text bytes = picture_make(a, &picture_kinds[i])->bytes;
        uint32_t seed = (uint32_t)i + first_seed;
        for (int k = 0; k < mutations; k++, tried++) {
            struct arena *own = arena_new(&f);
            struct buf *copy = buf_new(own);
            buf_text(copy, bytes);
            mutate(copy, &seed, picture_kinds[i].type >= 0);
            faults += read_copy(own, buf_view(copy)) != NULL;
            arena_free(own);
        }
    }
    assert_true(faults > 0);
    printf("%d of %d damaged pictures refused\n", faults, tried);
    arena_free(a);
}

static void orientation_is_honoured_and_camera_data_left_out(void **state)
{
    (void)state;
    static const char exif[] = "\xFF\xE1\0\x22"
                               "Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x03\0\0\0\0\0\0";
    struct failure f;
    struct arena *a = arena_new(&f);
    struct text jpeg = picture_make(a, &picture_kinds[PICTURE_KINDS - 3])->bytes;
    struct buf *b = buf_new(a);
    buf_add(b, jpeg.at, 2);
    buf_add(b, exif, 36);
    buf_text(b, text_slice(jpeg, 2, jpeg.length));
    struct picture *p = read_bytes(a, buf_view(b));
    assert_null(p->fault);
    assert_true(text_equal(p->data, jpeg));
    double m[6], box[4] = {10, 20, 100, 50}, turned[6] = {-100, 0, 0, -50, 110, 70};
    picture_matrix(p, box, m);
    for (int i = 0; i < 6; i++)
        assert_true(m[i] == turned[i]);
    arena_free(p->arena);
    arena_free(a);
}

int main(int argc, char **argv)
{
    if (argc > 1)
        mutations = atoi(argv[1]);
    if (argc > 2)
        only = argv[2];
    if (argc > 3)
        first_seed = (uint32_t)atoi(argv[3]);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_pictures_are_read),
        cmocka_unit_test(what_passes_through_is_the_same),
        cmocka_unit_test(truncated_pictures_have_a_fault),
        cmocka_unit_test(damaged_pictures_do_no_harm),
        cmocka_unit_test(orientation_is_honoured_and_camera_data_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
