/* What speaks against a claim once it is known which elements the file has, and what a reader should know of
 * them. */
#include "write/pdf/writer.h"

static bool stands_as(const struct writer *w, uint32_t tag, enum tag_type type)
{
    return w->tag_stands[tag] == tag && w->tag_kind[tag] == type;
}

static void check_alternatives(struct writer *w)
{
    struct place place = writer_place(w);
    for (uint32_t t = 1; t < w->pages->tag_count; t++) {
        const struct tag *tag = &w->pages->tags[t];
        bool formula = stands_as(w, t, TAG_FORMULA);
        if ((!formula && !stands_as(w, t, TAG_FIGURE)) || tag->alternative)
            continue;
        w->broken |= BROKEN_ACCESS;
        message(w->messages, SEVERITY_WARNING, "pdf.alt", &place,
                "The %s %s has no alternative text, so the PDF doesn't claim PDF/UA. Say in a few words what "
                "it shows.",
                formula ? "formula" : "picture",
                w->picture_name[t] ? w->picture_name[t]
                : tag->id          ? tag->id
                                   : "without a name");
    }
}

/* MathML isn't set: its letters stand one after the other. */
static void check_formulas(struct writer *w)
{
    struct place place = writer_place(w);
    uint32_t count = 0, first = 0;
    for (uint32_t t = 1; t < w->pages->tag_count; t++) {
        if (!stands_as(w, t, TAG_FORMULA))
            continue;
        first = first ? first : t;
        count++;
    }
    if (count)
        message(w->messages, SEVERITY_WARNING, "pdf.formula", &place,
                "The PDF shows the letters of %u %s without fractions, roots and indices (the first is "
                "\"%.40s\"). Give a picture of what needs them.",
                count, count == 1 ? "formula" : "formulas",
                w->pages->tags[first].alternative ? w->pages->tags[first].alternative : "");
}

static const char *heading_text(const struct pages *p, const struct tag *heading)
{
    for (uint32_t i = 0; i < p->outline_count && heading->id; i++)
        if (p->outline[i].target && strcmp(p->outline[i].target, heading->id) == 0)
            return p->outline[i].title;
    return heading->title ? heading->title : "";
}

/* Headings that skip a level (ISO 14289-1 §7.4.2) break the claim. */
static void check_headings(struct writer *w)
{
    struct place place = writer_place(w);
    int last = 0;
    for (uint32_t t = 1; t < w->pages->tag_count; t++) {
        const struct tag *tag = &w->pages->tags[t];
        bool title = stands_as(w, t, TAG_TITLE);
        if (!title && !stands_as(w, t, TAG_H))
            continue;
        int level = title ? 1 : tag->level;
        if (level > last + 1) {
            w->broken |= BROKEN_ACCESS;
            message(w->messages, SEVERITY_WARNING, "pdf.heading", &place,
                    "The heading \"%s\" skips a level, so the PDF doesn't claim PDF/UA. Let headings go down "
                    "one level at a time.",
                    heading_text(w->pages, tag));
            return;
        }
        last = level;
    }
}

void writer_check(struct writer *w)
{
    if (!w->tagged)
        return;
    check_alternatives(w);
    check_formulas(w);
    check_headings(w);
}
