/* Page rules (CSS Paged Media 3): @page with names, pseudo-classes and margin boxes. */
#include "style/sheets.h"
#include <math.h>

/* ---- rules */

/* The margin boxes, and how they set their content when no rule says it (CSS Paged Media 3 §5.3). */
static const struct {
    const char *name, *align, *vertical;
} margin_boxes[BOX_COUNT] = {
    [BOX_TOP_LEFT_CORNER] = {"top-left-corner", "right", "middle"},
    [BOX_TOP_LEFT] = {"top-left", "left", "middle"},
    [BOX_TOP_CENTER] = {"top-center", "center", "middle"},
    [BOX_TOP_RIGHT] = {"top-right", "right", "middle"},
    [BOX_TOP_RIGHT_CORNER] = {"top-right-corner", "left", "middle"},
    [BOX_RIGHT_TOP] = {"right-top", "center", "top"},
    [BOX_RIGHT_MIDDLE] = {"right-middle", "center", "middle"},
    [BOX_RIGHT_BOTTOM] = {"right-bottom", "center", "bottom"},
    [BOX_BOTTOM_RIGHT_CORNER] = {"bottom-right-corner", "left", "middle"},
    [BOX_BOTTOM_RIGHT] = {"bottom-right", "right", "middle"},
    [BOX_BOTTOM_CENTER] = {"bottom-center", "center", "middle"},
    [BOX_BOTTOM_LEFT] = {"bottom-left", "left", "middle"},
    [BOX_BOTTOM_LEFT_CORNER] = {"bottom-left-corner", "right", "middle"},
    [BOX_LEFT_BOTTOM] = {"left-bottom", "center", "bottom"},
    [BOX_LEFT_MIDDLE] = {"left-middle", "center", "middle"},
    [BOX_LEFT_TOP] = {"left-top", "center", "top"},
};

static bool find_box(struct text name, enum margin_box *box)
{
    for (int i = 0; i < BOX_COUNT; i++)
        if (text_is_nocase(name, margin_boxes[i].name)) {
            *box = (enum margin_box)i;
            return true;
        }
    return false;
}

/* One selector of the prelude: "", "chapter", ":left", "chapter:first". */
static bool page_selector(struct styles *s, struct tokens t, struct page_rule *p)
{
    unsigned names = 0, firsts = 0, sides = 0;
    p->name = "";
    t = tokens_trim(t);
    for (size_t i = 0; i < t.count; i++) {
        bool pseudo = token_is(&t.at[i], ':');
        i += pseudo;
        if (i >= t.count || t.at[i].type != TOKEN_IDENT || (!pseudo && i > 0))
            return false;
        struct text word = t.at[i].value;
        if (!pseudo) {
            p->name = text_copy(s->arena, word);
            names++;
        } else if (text_is_nocase(word, "left") || text_is_nocase(word, "right")) {
            p->left |= text_is_nocase(word, "left");
            p->right |= text_is_nocase(word, "right");
            sides++;
        } else if (text_is_nocase(word, "first") || text_is_nocase(word, "blank")) {
            p->first |= text_is_nocase(word, "first");
            p->blank |= text_is_nocase(word, "blank");
            firsts++;
        } else {
            return false;
        }
    }
    p->rank = (uint64_t)names << 48 | (uint64_t)firsts << 40 | (uint64_t)sides << 32 | s->order++;
    return true;
}

static void add_boxes(const struct declaring *d, const struct css_rule *rules, struct page_rule *p)
{
    for (const struct css_rule *r = rules; r; r = r->next) {
        enum margin_box box;
        if (find_box(r->at, &box)) {
            p->boxes[box] = declare(d, r->declarations);
            p->box_places[box] = r->place;
        } else if (text_is_nocase(r->at, "footnote"))
            p->footnote = declare(d, r->declarations);
        else if (!d->quiet)
            message(d->styles->messages, SEVERITY_WARNING, "style.unknown", &r->place,
                    "@%.*s is no margin box; it is left out.", (int)r->at.length, r->at.at);
    }
}

void page_rule_add(struct styles *s, const struct declaring *d, const struct css_rule *r)
{
    struct tokens rest = r->prelude;
    struct page_rule parsed = {.block = NULL, .place = r->place};
    parsed.block = declare(d, r->declarations);
    add_boxes(d, r->rules, &parsed);
    for (bool more = true; more;) {
        size_t comma = 0;
        while (comma < rest.count && !token_is(&rest.at[comma], ','))
            comma++;
        more = comma < rest.count;
        struct page_rule *p = arena_alloc(s->arena, sizeof *p);
        *p = parsed;
        if (page_selector(s, (struct tokens){rest.at, comma}, p)) {
            *s->pages_end = p;
            s->pages_end = &p->next;
        } else if (!d->quiet) {
            message(s->messages, SEVERITY_WARNING, "style.unknown", &r->place,
                    "This selector of pages is not understood.");
        }
        rest = (struct tokens){rest.at + comma + more, rest.count - comma - more};
    }
}

/* ---- the style of a page */

struct page_cache {
    struct page_kind kind;
    const char *paper;
    struct page_style style;
    struct page_cache *next;
};

static bool rule_applies(const struct page_rule *p, const struct page_kind *k)
{
    return (!*p->name || strcmp(p->name, k->name) == 0) && (!p->left || k->left) && (!p->right || !k->left) &&
           (!p->first || k->opening || (k->first && *p->name)) && (!p->blank || k->blank);
}

/* The rules for that kind of page, the strongest last. */
static size_t page_rules(const struct styles *s, const struct page_kind *k, const struct page_rule **out)
{
    size_t count = 0;
    for (const struct page_rule *p = s->pages; p; p = p->next) {
        if (!rule_applies(p, k))
            continue;
        size_t at = count++;
        for (; at > 0 && out[at - 1]->rank > p->rank; at--)
            out[at] = out[at - 1];
        out[at] = p;
    }
    return count;
}

/* Percentages of margins are of the page's own side; auto is nothing. Border and padding count with them. */
static void set_margins(struct page_style *page)
{
    const struct style *s = page->style;
    for (int side = 0; side < 4; side++) {
        const struct length *m = &s->margin[side];
        float of = side == SIDE_TOP || side == SIDE_BOTTOM ? page->height_pt : page->width_pt;
        page->margin_pt[side] = m->automatic ? 0 : m->pt + m->percent / 100 * of;
        page->margin_pt[side] += s->padding[side].pt + s->border_pt[side];
    }
}

/* What a page leaves to its text at the least, in ems of the text and in its lines. */
static const float LEAST_EMS = 4, LEAST_LINES = 2;

/* Margins that leave less are made smaller, so that half of the page's side is the text's. */
static bool make_room(float least, float side, float *before, float *behind)
{
    float margins = *before + *behind;
    if (side - margins >= fminf(least, side / 2) || margins <= 0)
        return false;
    *before *= side / 2 / margins;
    *behind *= side / 2 / margins;
    return true;
}

static void check_margins(struct styles *s, const struct page_rule *last, const struct computed *root,
                          struct page_style *page)
{
    float *margin = page->margin_pt;
    bool narrow =
        make_room(LEAST_EMS * root->root_size_pt, page->width_pt, &margin[SIDE_LEFT], &margin[SIDE_RIGHT]);
    bool low =
        make_room(LEAST_LINES * root->root_line_pt, page->height_pt, &margin[SIDE_TOP], &margin[SIDE_BOTTOM]);
    if ((!narrow && !low) || !last)
        return;
    const struct message *m = messages_first(s->messages);
    while (m && (strcmp(m->code, "style.margins") != 0 || m->place.line != last->place.line))
        m = m->next;
    if (!m)
        message(
            s->messages, SEVERITY_WARNING, "style.margins", &last->place,
            "The margins leave no room for text on a page of %.0f × %.0f pt; they are made smaller. Give the "
            "page a larger size, or smaller margins.",
            (double)page->width_pt, (double)page->height_pt);
}

static const struct declaration *built_in(struct styles *s, const char *declarations)
{
    struct tokens t = scan(s->arena, text_of(declarations));
    struct declaring d = {s, NULL, true, true};
    return declare(&d, parse_declarations(s->arena, s->messages, NULL, t));
}

static void set_boxes(struct styles *s, struct page_style *page, const struct page_rule **rules, size_t count)
{
    const struct declaration **blocks = arena_array(s->arena, count + 1, sizeof *blocks);
    for (int box = 0; box < BOX_COUNT; box++) {
        size_t blocks_count = 1;
        for (size_t i = 0; i < count; i++)
            if (rules[i]->boxes[box]) {
                blocks[blocks_count++] = rules[i]->boxes[box];
                page->box_places[box] = rules[i]->box_places[box];
            }
        if (blocks_count == 1)
            continue;
        blocks[0] = built_in(s, arena_printf(s->arena, "display: block; text-align: %s; vertical-align: %s",
                                             margin_boxes[box].align, margin_boxes[box].vertical));
        const struct style *style =
            &cascade(s, (struct blocks){blocks, blocks_count}, computed_of(page->style))->style;
        page->boxes[box] = style->content ? style : NULL;
    }
}

static void set_footnote(struct styles *s, struct page_style *page, const struct page_rule **rules,
                         size_t count)
{
    const struct declaration **blocks = arena_array(s->arena, count + 1, sizeof *blocks);
    size_t found = 0;
    for (size_t i = 0; i < count; i++)
        if (rules[i]->footnote)
            blocks[found++] = rules[i]->footnote;
    if (found)
        page->footnote = &cascade(s, (struct blocks){blocks, found}, computed_of(page->style))->style;
}

static void compute(struct styles *s, const struct page_kind *k, const char *paper, struct page_style *page)
{
    size_t all = 0;
    for (const struct page_rule *p = s->pages; p; p = p->next)
        all++;
    const struct page_rule **rules = arena_array(s->arena, all + 1, sizeof *rules);
    size_t count = page_rules(s, k, rules);
    const struct declaration **blocks = arena_array(s->arena, count + 1, sizeof *blocks);
    blocks[0] = built_in(s, "display: block");
    for (size_t i = 0; i < count; i++)
        blocks[i + 1] = rules[i]->block;
    struct blocks b = {blocks, count + 1};
    const struct computed *root = computed_of(style_of_root(s));
    page->style = &cascade(s, b, root)->style;
    const struct style *st = page->style;
    struct font_measure m = {st->size_pt, root->root_size_pt, st->line_height_pt, root->root_line_pt};
    const struct value *size = cascade_value(s, b, property_named("size"), computed_of(st)->custom);
    page_set_size(s, size, paper, &m, page);
    set_margins(page);
    check_margins(s, count ? rules[count - 1] : NULL, root, page);
    set_boxes(s, page, rules, count);
    set_footnote(s, page, rules, count);
}

const struct page_style *style_page(struct styles *s, const struct page_kind *kind, const char *paper)
{
    for (struct page_cache *c = s->page_cache; c; c = c->next)
        if (strcmp(c->kind.name, kind->name) == 0 && c->kind.left == kind->left &&
            c->kind.first == kind->first && c->kind.opening == kind->opening &&
            c->kind.blank == kind->blank &&
            (paper && c->paper ? strcmp(paper, c->paper) == 0 : paper == c->paper))
            return &c->style;
    struct page_cache *c = arena_alloc(s->arena, sizeof *c);
    c->kind = *kind;
    c->kind.name = arena_string(s->arena, kind->name);
    c->paper = arena_string(s->arena, paper);
    compute(s, kind, paper, &c->style);
    c->next = s->page_cache;
    s->page_cache = c;
    return &c->style;
}
