/* What a reader follows: links, named destinations, the outline, page labels (ISO 32000-1 §12.3, §12.4,
 * §12.5). */
#include "write/pdf/syntax.h"
#include "write/pdf/tree.h"
#include "write/pdf/writer.h"
#include <math.h>

const struct destination *destination_find(const struct pages *p, const char *name)
{
    uint32_t low = 0, high = p->destination_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = strcmp(p->destinations[middle].name, name);
        if (order == 0)
            return &p->destinations[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* ---- links: whole points are as good as any to a hand */

static bool is_plain(char c)
{
    return c > ' ' && (unsigned char)c < 0x7F;
}

bool address_fits(const char *uri)
{
    size_t length = 0;
    for (const char *c = uri; *c; c++)
        length += is_plain(*c) ? 1 : 3;
    return length <= PDF_STRING_MOST;
}

/* An address in ASCII: other bytes and spaces percent-encoded (RFC 3987 §3.1). */
static void print_uri(struct buf *b, const char *uri)
{
    struct buf *ascii = buf_new(b->arena);
    for (const char *c = uri; *c; c++) {
        if (is_plain(*c))
            buf_byte(ascii, *c);
        else
            buf_printf(ascii, "%%%02X", (unsigned char)*c);
    }
    pdf_bytes(b, buf_view(ascii));
    buf_free(ascii);
}

static void fill_link(struct writer *w, struct buf *b, uint32_t index)
{
    const struct link *l = &w->links[index];
    const struct frame_link *f = l->frame->link;
    double left = (double)l->frame->x_pt, top = w->pages->pages[l->page].height_pt - (double)l->frame->y_pt;
    buf_clear(b);
    buf_string(b, "/Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[");
    pdf_number(b, floor(left));
    pdf_number(b, floor(top - f->height_pt));
    pdf_number(b, ceil(left + f->width_pt));
    pdf_number(b, ceil(top));
    buf_byte(b, ']');
    if (w->tagged) {
        buf_string(b, "/Contents");
        writer_text(w, b, text_of(f->contents && *f->contents ? f->contents : f->uri ? f->uri : f->target));
    }
    if (l->tag && w->tagged)
        buf_printf(b, "/StructParent %u", w->pages->count + index);
    if (f->uri) {
        buf_string(b, "/A<</S/URI/URI");
        print_uri(b, f->uri);
        buf_string(b, ">>");
    } else {
        buf_string(b, "/Dest");
        pdf_bytes(b, text_of(f->target));
    }
    store_fill(w->store, l->object, buf_view(b));
}

void writer_links(struct writer *w)
{
    struct buf *b = buf_new(w->arena);
    for (uint32_t i = 0; i < w->link_count; i++)
        fill_link(w, b, i);
    buf_free(b);
}

/* ---- destinations */

static void print_view(const struct writer *w, struct buf *b, const struct destination *d, int object)
{
    buf_printf(b, "[%d 0 R/XYZ", object);
    pdf_number(b, floor((double)d->x_pt));
    pdf_number(b, ceil(w->pages->pages[d->page].height_pt - (double)d->y_pt));
    buf_string(b, " null]");
}

int writer_destinations(struct writer *w)
{
    const struct pages *p = w->pages;
    if (!p->destination_count)
        return 0;
    struct tree *tree = tree_new(w->arena, w->store, TREE_NAMES);
    struct buf *b = buf_new(w->arena);
    for (uint32_t i = 0; i < p->destination_count; i++) {
        const struct destination *d = &p->destinations[i];
        if (d->page >= p->count)
            continue;
        buf_clear(b);
        if (w->modern) { /* a structure destination beside it (ISO 32000-2 §12.3.2.3) */
            buf_string(b, "<</D");
            print_view(w, b, d, w->uses[d->page].object);
            buf_string(b, "/SD");
            print_view(w, b, d, w->tag_object[d->tag && d->tag < p->tag_count ? w->tag_stands[d->tag] : 1]);
            buf_string(b, ">>");
        } else {
            print_view(w, b, d, w->uses[d->page].object);
        }
        tree_add_name(tree, text_of(d->name), buf_view(b));
    }
    buf_clear(b);
    tree_end(tree, b);
    int object = store_add(w->store, buf_view(b));
    buf_free(b);
    return object;
}

/* ---- outline */

struct item {
    const struct outline_entry *entry;
    int object, parent; /* parent: index of an item; -1: the root */
    int first, last, previous, next, kids;
};

/* Entries into a tree: each goes below the nearest one before it that has a lower level. */
static void link_items(struct item *items, int count, struct item *root)
{
    int last = -1;
    for (int i = 0; i < count; i++) {
        int parent = last;
        while (parent >= 0 && items[parent].entry->level >= items[i].entry->level)
            parent = items[parent].parent;
        struct item *above = parent < 0 ? root : &items[parent];
        items[i].parent = parent;
        items[i].previous = above->last;
        if (above->last >= 0)
            items[above->last].next = i;
        else
            above->first = i;
        above->last = i;
        above->kids++;
        last = i;
    }
}

static void print_kin(struct buf *b, const char *key, const struct item *items, int index)
{
    if (index < 0)
        return;
    buf_printf(b, "/%s", key);
    pdf_ref(b, items[index].object);
}

static void fill_item(struct writer *w, struct buf *b, const struct item *items, const struct item *item,
                      int root)
{
    buf_clear(b);
    buf_string(b, "/Title");
    writer_text(w, b, text_of(item->entry->title));
    buf_printf(b, "/Parent %d 0 R", item->parent < 0 ? root : items[item->parent].object);
    print_kin(b, "Prev", items, item->previous);
    print_kin(b, "Next", items, item->next);
    print_kin(b, "First", items, item->first);
    print_kin(b, "Last", items, item->last);
    if (item->kids) /* closed */
        buf_printf(b, "/Count %d", -item->kids);
    if (item->entry->target && destination_find(w->pages, item->entry->target)) {
        buf_string(b, "/Dest");
        pdf_bytes(b, text_of(item->entry->target));
    }
    store_fill(w->store, item->object, buf_view(b));
}

int writer_outline(struct writer *w)
{
    int count = (int)w->pages->outline_count;
    if (!count)
        return 0;
    struct item top = {.first = -1, .last = -1};
    struct item *items = arena_array(w->arena, (size_t)count, sizeof *items);
    int root = store_reserve(w->store);
    for (int i = 0; i < count; i++)
        items[i] = (struct item){.entry = &w->pages->outline[i],
                                 .object = store_reserve(w->store),
                                 .first = -1,
                                 .last = -1,
                                 .previous = -1,
                                 .next = -1};
    link_items(items, count, &top);
    struct buf *b = buf_new(w->arena);
    for (int i = 0; i < count; i++)
        fill_item(w, b, items, &items[i], root);
    buf_clear(b);
    buf_printf(b, "/Type/Outlines/Count %d", top.kids);
    print_kin(b, "First", items, top.first);
    print_kin(b, "Last", items, top.last);
    store_fill(w->store, root, buf_view(b));
    buf_free(b);
    return root;
}

/* ---- page labels */

struct label {
    char style; /* D, r, R; 0: the label is its prefix alone */
    int value;
};

static int decimal_value(const char *s)
{
    int value = 0;
    if (*s < '1' || *s > '9')
        return 0;
    for (; ascii_digit(*s) && value < 1000000; s++)
        value = value * 10 + (*s - '0');
    return *s ? 0 : value;
}

/* The roman numeral of 1 to 3999, in small letters. */
static void roman_print(char out[20], int value)
{
    static const struct {
        int value;
        const char *letters;
    } steps[] = {{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"},
                 {40, "xl"},  {10, "x"},   {9, "ix"},  {5, "v"},    {4, "iv"},  {1, "i"}};
    *out = '\0';
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        for (; value >= steps[i].value; value -= steps[i].value)
            strcat(out, steps[i].letters);
}

static int roman_value(const char *s)
{
    static const struct {
        char letter;
        int value;
    } digits[] = {{'m', 1000}, {'d', 500}, {'c', 100}, {'l', 50}, {'x', 10}, {'v', 5}, {'i', 1}};
    int value = 0, before = 0;
    size_t length = strlen(s);
    if (!length || length > 15)
        return 0;
    for (size_t i = length; i-- > 0;) {
        int digit = 0;
        for (size_t k = 0; k < sizeof digits / sizeof *digits; k++)
            if (digits[k].letter == s[i])
                digit = digits[k].value;
        if (!digit)
            return 0;
        value += digit < before ? -digit : digit;
        before = digit > before ? digit : before;
    }
    char again[20];
    if (value < 1 || value > 3999)
        return 0;
    roman_print(again, value);
    return strcmp(again, s) == 0 ? value : 0;
}

static struct label read_label(const char *s)
{
    char lower[17] = "";
    size_t length = s ? strlen(s) : 0;
    if (!length || length >= sizeof lower)
        return (struct label){0, 0};
    int value = decimal_value(s);
    if (value)
        return (struct label){'D', value};
    bool capitals = s[0] >= 'A' && s[0] <= 'Z';
    for (size_t i = 0; i < length; i++)
        lower[i] = capitals ? ascii_lower(s[i]) : s[i];
    value = roman_value(lower);
    return value ? (struct label){capitals ? 'R' : 'r', value} : (struct label){0, 0};
}

static void print_label(struct writer *w, struct buf *b, const struct label *l, const char *text)
{
    buf_clear(b);
    buf_string(b, "<<");
    if (l->style)
        buf_printf(b, "/S/%c/St %d", l->style, l->value);
    else if (text && *text) {
        buf_string(b, "/P");
        writer_text(w, b, text_of(text));
    }
    buf_string(b, ">>");
}

int writer_labels(struct writer *w)
{
    struct tree *tree = tree_new(w->arena, w->store, TREE_NUMBERS);
    struct buf *b = buf_new(w->arena);
    struct label last = {1, 0}; /* like no label */
    bool was_empty = false;
    for (uint32_t i = 0; i < w->pages->count; i++) {
        const char *text = w->pages->pages[i].label;
        struct label l = read_label(text);
        bool empty = !text || !*text;
        bool goes_on = l.style ? l.style == last.style && l.value == last.value + 1 : empty && was_empty;
        if (!goes_on) {
            print_label(w, b, &l, text);
            tree_add_number(tree, (long)i, buf_view(b));
        }
        last = l;
        was_empty = empty;
    }
    buf_clear(b);
    tree_end(tree, b);
    int object = store_add(w->store, buf_view(b));
    buf_free(b);
    return object;
}
