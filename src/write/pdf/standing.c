/* Which tags stand in the file as elements, and as what. Left out are elements that hold nothing, and in PDF
 * 2.0 Reference, which may hold no Link there (ISO/TS 32005 table 5); what they hold goes to the element
 * around them. */
#include "write/pdf/fitting.h"
#include "write/pdf/writer.h"

static bool is_cell(enum tag_type type)
{
    return type == TAG_TH || type == TAG_TD;
}

/* One byte a tag: has it content, its own or that of a tag in it? Cells count, since a table is a grid. */
static unsigned char *find_full(const struct writer *w)
{
    const struct pages *p = w->pages;
    unsigned char *full = arena_array(w->arena, (size_t)p->tag_count + 1, 1);
    full[1] = 1;
    for (uint32_t i = 0; i < p->count; i++)
        for (uint32_t m = 0; m < w->uses[i].marks.count; m++)
            full[w->uses[i].marks.marks[m].tag] = 1;
    for (uint32_t i = 0; i < w->link_count; i++)
        full[w->links[i].tag] = 1;
    for (uint32_t t = p->tag_count; t-- > 2;)
        if (full[t] || is_cell(p->tags[t].type))
            full[t] = full[p->tags[t].parent] = 1;
    return full;
}

/* A caption is the first or the last of what an element holds, and its only one (ISO 14289-2 §8.2.5.27).
 * Those of tables are moved there by the layout. */
static bool is_caption(const struct writer *w, const unsigned char *full, uint32_t tag)
{
    const struct tag_kids *k = &w->kids;
    uint32_t around = w->pages->tags[tag].parent, first = 0, last = 0;
    if (w->tag_kind[around] == TAG_TABLE)
        return true;
    for (uint32_t i = k->first[around]; i < k->first[around + 1]; i++) {
        uint32_t kid = k->kids[i];
        if (kid < tag && w->tag_kind[kid] == TAG_CAPTION && full[kid])
            return false;
        first = full[kid] && !first ? kid : first;
        last = full[kid] ? kid : last;
    }
    return w->tag_kind[around] != TAG_DIV && (tag == first || tag == last);
}

/* What a caption is that may be none: a paragraph, unless it holds some. */
static enum tag_type plain_block(const struct writer *w, uint32_t tag)
{
    const struct tag_kids *k = &w->kids;
    for (uint32_t i = k->first[tag]; i < k->first[tag + 1]; i++) {
        enum tag_type kid = w->pages->tags[k->kids[i]].type;
        if (fitting_type(TAG_P, kid) != kid)
            return TAG_DIV;
    }
    return TAG_P;
}

/* A Ruby is a base and its reading, which may stand in a pair of brackets (ISO 32000-1 table 338); what its
 * source left out can't be made up. */
static bool is_ruby(const struct writer *w, const unsigned char *full, uint32_t tag)
{
    static const enum tag_type shapes[2][4] = {{TAG_RB, TAG_RT}, {TAG_RB, TAG_RP, TAG_RT, TAG_RP}};
    const struct tag_kids *k = &w->kids;
    uint32_t count = 0;
    bool fits[2] = {true, true};
    for (uint32_t i = k->first[tag]; i < k->first[tag + 1]; i++) {
        if (!full[k->kids[i]])
            continue;
        for (int s = 0; s < 2; s++)
            fits[s] = fits[s] && count < 4 && shapes[s][count] == w->pages->tags[k->kids[i]].type;
        count++;
    }
    return (fits[0] && count == 2) || (fits[1] && count == 4);
}

static bool is_in_ruby(enum tag_type type)
{
    return type == TAG_RB || type == TAG_RT || type == TAG_RP;
}

/* `around`: the element that holds it. */
static enum tag_type kind_of(const struct writer *w, const unsigned char *full, uint32_t tag, uint32_t around)
{
    const struct pages *p = w->pages;
    enum tag_type type = p->tags[tag].type;
    uint32_t parent = p->tags[tag].parent;
    bool reference = w->modern && type == TAG_REFERENCE;
    if (tag_decorates(&p->tags[tag]))
        return TAG_DIV;
    if (type == TAG_CAPTION && !is_caption(w, full, tag))
        type = plain_block(w, tag);
    if (type == TAG_LINK && !w->tag_linked[tag])
        return TAG_SPAN;
    if ((type == TAG_RUBY && !is_ruby(w, full, tag)) || (is_in_ruby(type) && w->tag_kind[parent] != TAG_RUBY))
        return TAG_SPAN;
    if (reference)
        return p->tags[parent].type == TAG_TOCI ? TAG_P : type; /* where a TOCI may hold no Link either */
    /* Code within code is a part of it and no other code. */
    if (type == TAG_CODE && parent && w->tag_kind[parent] == TAG_CODE)
        return TAG_SPAN;
    return w->modern && around ? fitting_type((enum tag_type)w->tag_kind[around], type) : type;
}

/* Below a Title, headings begin with H1, which in the source its title took. */
static int heading_shift(const struct writer *w)
{
    bool title = false;
    for (uint32_t t = 1; t < w->pages->tag_count; t++) {
        if (w->pages->tags[t].type == TAG_H && w->pages->tags[t].level < 2)
            return 0;
        title = title || w->pages->tags[t].type == TAG_TITLE;
    }
    return title && w->modern;
}

void writer_standing(struct writer *w)
{
    const struct pages *p = w->pages;
    const unsigned char *full = find_full(w);
    w->tag_stands = arena_array(w->arena, (size_t)p->tag_count + 1, sizeof *w->tag_stands);
    w->tag_kind = arena_array(w->arena, (size_t)p->tag_count + 1, 1);
    for (uint32_t t = 1; t < p->tag_count; t++) {
        uint32_t around = w->tag_stands[p->tags[t].parent];
        enum tag_type kind = kind_of(w, full, t, around);
        bool stands = full[t] && !(w->modern && kind == TAG_REFERENCE);
        w->tag_kind[t] = (unsigned char)kind;
        w->tag_stands[t] = stands ? t : around;
    }
    w->heading_shift = heading_shift(w);
    writer_tables(w);
}
