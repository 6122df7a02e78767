/* The colours of a picture, met row by row, and its rows as runs of them. */
#include "write/png/painter.h"
#include <stdlib.h>

enum {
    SLOTS = 4096,         /* of the table of colours */
    MET_MOST = SLOTS / 2, /* a picture with more is a photograph */
    ALL_BITS = 0xFFFFFF,
    FEW_BITS = 0xF8F8F8, /* colours as near as this are made one */
    FEWER_BITS = 0xE0E0E0,
    SIXTEEN = 16,        /* half a byte a pixel */
    COMMON_MOST = 8,     /* of the sixteen: flat colours that stay as they are */
    COMMON_SHARE = 2000, /* a flat colour has one pixel of so many */
    APART = 24           /* the most by which a channel may differ from its colour in the sixteen */
};

/* A colour in the order in which it was met. */
struct met {
    uint32_t value, pixels;
    unsigned char index; /* in the palette */
};

struct run {
    uint16_t color; /* in `met` */
    uint16_t length;
};

struct row {
    const struct run *runs;
    uint32_t times; /* rows one below the other that are the same */
};

struct color_rows {
    struct arena *arena;
    int width;
    uint16_t slots[SLOTS]; /* 1 + the colour's place in `met`; by value: an open table */
    struct met met[MET_MOST];
    int met_count;
    bool gray, too_many;
    uint32_t *last;   /* the pixels of the row before */
    bool plain;       /* they are all the first one's colour, and `last` holds no other */
    struct run *runs; /* of the row in work */
    struct row *rows;
    int count;
};

struct color_rows *color_rows_new(struct arena *a, int width, int height)
{
    struct color_rows *r = arena_alloc(a, sizeof *r);
    *r = (struct color_rows){.arena = a, .width = width, .gray = true};
    r->last = arena_array(a, (size_t)width, sizeof *r->last);
    r->runs = arena_array(a, (size_t)width, sizeof *r->runs);
    r->rows = arena_array(a, (size_t)height, sizeof *r->rows);
    return r;
}

static bool is_gray(uint32_t value)
{
    return (value >> 16 & 255) == (value & 255) && (value >> 8 & 255) == (value & 255);
}

/* Where the colour is in `met`; -1 when there are too many. */
static int meet(struct color_rows *r, uint32_t value)
{
    uint32_t at = value * 2654435761U >> 20;
    for (; r->slots[at]; at = (at + 1) % SLOTS)
        if (r->met[r->slots[at] - 1].value == value)
            return r->slots[at] - 1;
    if (r->met_count == MET_MOST)
        return -1;
    r->met[r->met_count] = (struct met){.value = value};
    r->slots[at] = (uint16_t)++r->met_count;
    r->gray &= is_gray(value);
    return r->met_count - 1;
}

/* Where the run of one colour that begins at `x` ends; two pixels are looked at at a time. */
static int run_end(const uint32_t *row, int x, int width)
{
    const uint64_t both = (uint64_t)ALL_BITS << 32 | ALL_BITS;
    uint32_t value = row[x] & ALL_BITS;
    uint64_t pair = (uint64_t)value << 32 | value, two;
    for (; x + 2 <= width; x += 2) {
        memcpy(&two, row + x, sizeof two);
        if ((two & both) != pair)
            break;
    }
    while (x < width && (row[x] & ALL_BITS) == value)
        x++;
    return x;
}

/* The row's runs; their number, or -1 when there are too many colours. */
static int find_runs(struct color_rows *r, const uint32_t *row)
{
    int count = 0;
    for (int x = 0, from = 0; x < r->width; from = x, count++) {
        x = run_end(row, x, r->width);
        int color = meet(r, row[from] & ALL_BITS);
        if (color < 0)
            return -1;
        r->runs[count] = (struct run){(uint16_t)color, (uint16_t)(x - from)};
    }
    return count;
}

static void add_runs(struct color_rows *r, int count, uint32_t times)
{
    struct run *runs = arena_array(r->arena, (size_t)count, sizeof *runs);
    memcpy(runs, r->runs, (size_t)count * sizeof *runs);
    r->rows[r->count++] = (struct row){runs, times};
}

void color_rows_add(struct color_rows *r, const uint32_t *row)
{
    size_t size = (size_t)r->width * sizeof *row;
    if (r->too_many)
        return;
    if (r->count && !r->plain && memcmp(r->last, row, size) == 0) {
        r->rows[r->count - 1].times++;
        return;
    }
    int count = find_runs(r, row);
    if (count < 0) {
        r->too_many = true;
        return;
    }
    add_runs(r, count, 1);
    r->plain = false;
    memcpy(r->last, row, size);
}

void color_rows_add_plain(struct color_rows *r, uint32_t color, int count)
{
    int met = r->too_many ? -1 : meet(r, color & ALL_BITS);
    if (met < 0) {
        r->too_many = true;
        return;
    }
    if (r->plain && r->last[0] == color) {
        r->rows[r->count - 1].times += (uint32_t)count;
        return;
    }
    r->runs[0] = (struct run){(uint16_t)met, (uint16_t)r->width};
    add_runs(r, 1, (uint32_t)count);
    r->plain = true;
    r->last[0] = color;
}

/* ---- the palette */

static void count_pixels(struct color_rows *r)
{
    for (const struct row *row = r->rows; row < r->rows + r->count; row++) {
        const struct run *run = row->runs;
        for (int x = 0; x < r->width; x += run++->length)
            r->met[run->color].pixels += run->length * row->times;
    }
}

static int by_pixels(const void *a, const void *b)
{
    const struct met *x = *(const struct met *const *)a, *y = *(const struct met *const *)b;
    if (x->pixels != y->pixels)
        return x->pixels < y->pixels ? 1 : -1;
    return x->value < y->value ? -1 : 1;
}

static struct met **sorted(struct color_rows *r)
{
    struct met **all = arena_array(r->arena, (size_t)r->met_count + 1, sizeof *all);
    for (int i = 0; i < r->met_count; i++)
        all[i] = &r->met[i];
    qsort(all, (size_t)r->met_count, sizeof *all, by_pixels);
    return all;
}

/* Gives each colour its index: that of the commonest of those that `mask` makes equal. */
static bool share_out(struct met *const *all, int count, uint32_t mask, struct palette *p)
{
    p->count = 0;
    for (int i = 0; i < count; i++) {
        int k = 0;
        while (k < p->count && ((p->values[k] ^ all[i]->value) & mask))
            k++;
        if (k == COLORS_MOST)
            return false;
        if (k == p->count)
            p->values[p->count++] = all[i]->value;
        all[i]->index = (unsigned char)k;
    }
    return true;
}

/* By how much the channel differs in which two colours differ most. */
static int distance(uint32_t a, uint32_t b)
{
    int most = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
        int d = abs((int)(a >> shift & 255) - (int)(b >> shift & 255));
        most = d > most ? d : most;
    }
    return most;
}

/* Puts a colour into the palette: it's that of all which are nearer to it than to those before. */
static void take(struct met *const *all, int count, uint32_t value, int *far, struct palette *p)
{
    for (int i = 0; i < count; i++) {
        int d = distance(all[i]->value, value);
        if (p->count && d >= far[i])
            continue;
        far[i] = d;
        all[i]->index = (unsigned char)p->count;
    }
    p->values[p->count++] = value;
}

/* Sixteen colours for flat areas and the edges between them: the commonest, then each time the one that is
 * farthest from all that were taken (Gonzalez 1985). False when that doesn't come near enough to each. */
static bool make_sixteen(struct color_rows *r, struct met *const *all, struct palette *p)
{
    int count = r->met_count;
    int *far = arena_array(r->arena, (size_t)count + 1, sizeof *far);
    unsigned long pixels = 0;
    for (int i = 0; i < count; i++)
        pixels += all[i]->pixels;
    p->count = 0;
    for (int i = 0; i < count && i < COMMON_MOST && all[i]->pixels >= pixels / COMMON_SHARE; i++)
        take(all, count, all[i]->value, far, p);
    for (;;) {
        int farthest = 0;
        for (int i = 1; i < count; i++)
            farthest = far[i] > far[farthest] ? i : farthest;
        if (!far[farthest] || p->count == SIXTEEN)
            return far[farthest] <= APART;
        take(all, count, all[farthest]->value, far, p);
    }
}

bool color_rows_palette(struct color_rows *r, bool few, struct palette *p)
{
    if (r->too_many)
        return false;
    count_pixels(r);
    struct met **all = sorted(r);
    p->gray = false;
    if (few && r->met_count > SIXTEEN && make_sixteen(r, all, p))
        return true;
    static const uint32_t masks[] = {ALL_BITS, FEW_BITS, FEWER_BITS};
    p->gray = r->gray && r->met_count > SIXTEEN;
    for (int i = 0; i < r->met_count && p->gray; i++)
        r->met[i].index = (unsigned char)r->met[i].value;
    for (size_t i = 0; !p->gray && i < (few ? 3 : 1); i++)
        if (share_out(all, r->met_count, masks[i], p))
            return true;
    return p->gray;
}

/* ---- the rows in the palette's indices */

/* A run's pixels, two a byte, the left one in the upper half (ISO/IEC 15948, 7.2). */
static void put_halves(unsigned char *row, int from, int to, unsigned index)
{
    if (from % 2 && from < to) {
        row[from / 2] = (unsigned char)((row[from / 2] & 0xF0) | index);
        from++;
    }
    memset(row + from / 2, (int)(index * 0x11), (size_t)(to - from) / 2);
    if (from < to && (to - from) % 2)
        row[to / 2] = (unsigned char)(index << 4);
}

void color_rows_print(const struct color_rows *r, const struct palette *p, struct buf *out)
{
    bool halves = palette_bits(p) == 4;
    size_t length = halves ? ((size_t)r->width + 1) / 2 : (size_t)r->width;
    unsigned char *packed = arena_alloc(r->arena, length + 1); /* the filter's number stays 0: None */
    for (const struct row *row = r->rows; row < r->rows + r->count; row++) {
        const struct run *run = row->runs;
        for (int x = 0, to; x < r->width; x = to, run++) {
            to = x + run->length;
            if (halves)
                put_halves(packed + 1, x, to, r->met[run->color].index);
            else
                memset(packed + 1 + x, r->met[run->color].index, run->length);
        }
        for (uint32_t i = 0; i < row->times; i++)
            buf_add(out, packed, length + 1);
    }
}

int palette_bits(const struct palette *p)
{
    return !p->gray && p->count <= SIXTEEN ? 4 : 8;
}
