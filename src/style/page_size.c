/* The size of pages (CSS Paged Media 3 §7.1): names of paper, lengths, orientation. */
#include "style/sheets.h"

#define MM (72 / 25.4F)

static const struct paper {
    const char *name;
    float width_pt, height_pt;
} papers[] = {
    {"a3", 297 * MM, 420 * MM},     {"a4", 210 * MM, 297 * MM},     {"a5", 148 * MM, 210 * MM},
    {"a6", 105 * MM, 148 * MM},     {"b4", 250 * MM, 353 * MM},     {"b5", 176 * MM, 250 * MM},
    {"jis-b4", 257 * MM, 364 * MM}, {"jis-b5", 182 * MM, 257 * MM}, {"letter", 612, 792},
    {"legal", 612, 1008},           {"ledger", 792, 1224},          {"executive", 522, 756},
};
enum { PAPERS = sizeof papers / sizeof papers[0], SIZE_GIVEN = -1, SIZE_AUTO = 0 };
enum { ORIENTATION_NONE, ORIENTATION_PORTRAIT, ORIENTATION_LANDSCAPE };

/* Pages can't be smaller or larger than PDF readers show (ISO 32000-2 annex C). */
enum { PAGE_LEAST = 3, PAGE_MOST = 14400 };

static bool read_orientation(struct reading *r, struct value *v)
{
    static const struct keyword ways[] = {
        {"portrait", ORIENTATION_PORTRAIT}, {"landscape", ORIENTATION_LANDSCAPE}, {NULL, 0}};
    return !v->numbers[0] && read_keyword(r, ways, &v->numbers[0]);
}

static bool read_paper(struct reading *r, struct value *v)
{
    for (int i = 0; i < PAPERS; i++)
        if (read_word(r, papers[i].name)) {
            v->number = i + 1;
            return true;
        }
    return false;
}

static bool is_page_length(const struct dimension *d)
{
    return !(d->units >> UNIT_PERCENT & 1) && !(d->units >> UNIT_NUMBER & 1);
}

bool parse_page_size(struct reading *r, const struct property *p, struct value *v)
{
    (void)p;
    v->kind = VALUE_DIMENSION;
    v->number = SIZE_AUTO;
    if (read_word(r, "auto"))
        return true;
    if (read_dimension(r, &v->dimension)) {
        v->number = SIZE_GIVEN;
        if (reading_done(r))
            v->second = v->dimension;
        else if (!read_dimension(r, &v->second))
            return false;
        return is_page_length(&v->dimension) && is_page_length(&v->second);
    }
    bool turned = read_orientation(r, v);
    bool paper = read_paper(r, v);
    return turned || paper ? turned || reading_done(r) || read_orientation(r, v) : false;
}

static float within(float pt)
{
    return pt < PAGE_LEAST ? PAGE_LEAST : pt > PAGE_MOST ? PAGE_MOST : pt;
}

static bool read_metadata(struct styles *s, const char *paper, struct value *v)
{
    struct reading r = reading_of(s->arena, scan(s->arena, text_of(arena_string(s->arena, paper))));
    *v = (struct value){.number = SIZE_AUTO};
    if (parse_page_size(&r, NULL, v) && reading_done(&r))
        return true;
    *v = (struct value){.number = SIZE_AUTO};
    return false;
}

bool style_is_paper(struct styles *s, const char *paper)
{
    struct value v;
    return read_metadata(s, paper, &v);
}

void page_set_size(struct styles *s, const struct value *v, const char *paper, const struct font_measure *m,
                   struct page_style *page)
{
    struct value of_paper = {.number = SIZE_AUTO};
    if (!v || v->kind != VALUE_DIMENSION)
        v = &of_paper;
    if (v->number == SIZE_AUTO && paper) {
        int way = v->numbers[0];
        read_metadata(s, paper, &of_paper);
        of_paper.numbers[0] = way ? way : of_paper.numbers[0];
        v = &of_paper;
    }
    const struct paper *named = &papers[v->number > 0 ? v->number - 1 : 1];
    bool given = v->number == SIZE_GIVEN;
    float width = within(given ? dimension_pt(&v->dimension, m) : named->width_pt);
    float height = within(given ? dimension_pt(&v->second, m) : named->height_pt);
    bool turn = (v->numbers[0] == ORIENTATION_LANDSCAPE && width < height) ||
                (v->numbers[0] == ORIENTATION_PORTRAIT && width > height);
    page->width_pt = turn ? height : width;
    page->height_pt = turn ? width : height;
}
