#include "write/pdf/unicode_map.h"
#include "base/utf8.h"
#include "write/pdf/syntax.h"

enum { ENTRIES_IN_BLOCK = 100, RANGE_LEAST = 3 };

/* One of the two kinds of entries, in blocks of a hundred. */
struct entries {
    struct buf *out, *block;
    const char *kind;
    int count;
};

static struct entries entries_new(struct arena *a, const char *kind)
{
    return (struct entries){.out = buf_new(a), .block = buf_new(a), .kind = kind};
}

static void block_end(struct entries *e)
{
    if (!e->count)
        return;
    buf_printf(e->out, "%d begin%s\n", e->count, e->kind);
    buf_text(e->out, buf_view(e->block));
    buf_printf(e->out, "end%s\n", e->kind);
    buf_clear(e->block);
    e->count = 0;
}

static void entry_end(struct entries *e)
{
    buf_byte(e->block, '\n');
    if (++e->count == ENTRIES_IN_BLOCK)
        block_end(e);
}

static void entries_end(struct entries *e, struct buf *out)
{
    block_end(e);
    buf_text(out, buf_view(e->out));
    buf_free(e->block);
    buf_free(e->out);
}

static void print_code(struct buf *b, uint32_t code, bool simple)
{
    buf_printf(b, simple ? "<%02X>" : "<%04X>", (unsigned)code);
}

static void print_means(struct buf *b, struct text means)
{
    buf_byte(b, '<');
    pdf_utf16(b, means);
    buf_byte(b, '>');
}

/* The one character that is spelled, or 0. */
static uint32_t character_of(struct text means)
{
    size_t at = 0;
    uint32_t c = means.length ? utf8_next(means, &at) : 0;
    return at == means.length ? c : 0;
}

/* How many codes from the first on go up by one with their characters; in a range only the last byte of
 * either may change. */
static size_t range_length(const struct spelled *all, size_t count)
{
    uint32_t first = character_of(all[0].means);
    size_t n = 1;
    if (!first)
        return 1;
    for (; n < count; n++)
        if (all[n].code != all[0].code + n || character_of(all[n].means) != first + n ||
            (all[0].code & 255) + n > 255 || (first & 255) + n > 255)
            break;
    return n;
}

void print_unicode_map(struct buf *b, bool simple, const struct spelled *all, size_t count)
{
    struct entries chars = entries_new(b->arena, "bfchar"), ranges = entries_new(b->arena, "bfrange");
    for (size_t i = 0; i < count;) {
        size_t n = range_length(all + i, count - i);
        if (all[i].means.at) {
            bool range = n >= RANGE_LEAST;
            struct entries *to = range ? &ranges : &chars;
            n = range ? n : 1;
            print_code(to->block, all[i].code, simple);
            if (range)
                print_code(to->block, all[i + n - 1].code, simple);
            print_means(to->block, all[i].means);
            entry_end(to);
        }
        i += n;
    }
    buf_string(b, "/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                  "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
                  "/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n");
    buf_printf(b, "1 begincodespacerange\n%s\nendcodespacerange\n", simple ? "<00><FF>" : "<0000><FFFF>");
    entries_end(&chars, b);
    entries_end(&ranges, b);
    buf_string(b, "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n");
}
