#include "layout/columns.h"
#include "layout/pagebreak_search.h"
#include <float.h>
#include <math.h>

/* Demerits: a page that ends one line early, two, and each further; each line by which facing pages differ; a
 * paragraph with a line more or less, beside what its lines cost; the last page of a chapter with hardly a
 * line. */
static const double SHORT[] = {0, 200, 600, 1300}, SHORTER = 700, UNEVEN = 600, CHANGED = 10,
                    THIN_LAST = 1250, OVERFULL = 1e9;
enum { THIN_LINES = 5, FILLED_MOST = 4 }; /* what lacks more lines is not filled */
/* The share of a page that notes of the page before may take. */
static const float CARRY_SHARE = 0.6f;

struct way *way_to(const struct search *s, uint32_t to, uint8_t side, uint8_t waits)
{
    return &s->ways[((size_t)to * SIDES + side) * s->waiting + waits];
}

bool slab_forces_page(const struct slab *s)
{
    return s->gap >= GAP_PAGE;
}

float slab_repeated_head(const struct slab *s)
{
    return s->table && !s->columns ? table_head_height(s->table, s->row) : 0;
}

float float_height(const struct slabs *s, uint32_t first, float grid_pt)
{
    float height = 0;
    for (uint32_t i = first; i < first + s->slabs[first].float_count; i++)
        height += (i > first ? s->slabs[i].space_pt : 0) + s->slabs[i].height_pt;
    return grid_pt > 0 ? ceilf(height / grid_pt - 0.02f) * grid_pt + grid_pt : height;
}

float float_foot_height(const struct slabs *s, uint32_t first)
{
    float height = 0;
    for (uint32_t i = first; i < first + s->slabs[first].float_count; i++)
        height += s->slabs[i].space_pt + s->slabs[i].height_pt;
    return height;
}

int slab_white(const struct slab *s, enum page_white w)
{
    return w == WHITE_OPENED && s->head ? 1 : w == WHITE_CLOSED && s->sunk ? -1 : 0;
}

float slab_space_after_put_off(const struct slab *s, const struct slab *gone)
{
    return gone->bound ? gone->space_pt : s->snap ? 0 : s->space_pt;
}

static int short_lines(float left_over, float grid)
{
    int lines = (int)floorf(left_over / grid + 0.05f);
    return lines < 0 ? 0 : lines;
}

double cost_of_depth(int lines)
{
    return lines <= SHORT_KNOWN ? SHORT[lines] : SHORT[SHORT_KNOWN] + SHORTER * (lines - SHORT_KNOWN);
}

static const struct change NO_CHANGE = {0};

static bool is_recto(uint8_t side)
{
    return side != NEXT_VERSO;
}

static bool fits(const struct trial *t, float bottom, float feet)
{
    return bottom + t->foot + feet <= t->room.height_pt + 0.1f;
}

static uint8_t next_side(const struct search *s, uint8_t side, uint32_t to, int lines, bool forced)
{
    uint8_t next = is_recto(side)        ? NEXT_VERSO
                   : lines > SHORT_KNOWN ? NEXT_RECTO_ALONE
                                         : (uint8_t)(NEXT_RECTO_0 + lines);
    if (!forced || to == s->slabs->count)
        return next;
    enum gap gap = s->slabs->slabs[to].gap;
    if (gap == GAP_VERSO)
        return NEXT_VERSO;
    return next != NEXT_VERSO || gap == GAP_RECTO ? NEXT_RECTO_ALONE : NEXT_VERSO;
}

/* Of a recto that is not as deep as its verso; or of a verso so short that its recto can't follow, and had
 * better be full. */
static double cost_of_unevenness(const struct search *s, uint8_t side, int lines, bool forced)
{
    if (!s->options->facing || forced || side == NEXT_RECTO_ALONE)
        return 0;
    int known = lines < SHORT_KNOWN ? lines : SHORT_KNOWN;
    if (!is_recto(side))
        return lines > SHORT_KNOWN ? UNEVEN * SHORT_KNOWN : 0;
    int apart = known - (side - NEXT_RECTO_0);
    return UNEVEN * (apart < 0 ? -apart : apart);
}

/* The page may end before slab `to`, `lines` short, at a cost of `more` beyond its depth. `forced`: it has
 * to, and its depth doesn't count. */
static void offer_depth(struct search *s, const struct trial *t, uint32_t to, double more, bool forced,
                        int lines, struct change change)
{
    double depth = cost_of_depth(lines);
    bool waits = t->put_off != NO_FLOAT;
    for (uint8_t k = 0; k < t->count; k++) {
        uint8_t from = t->starts[k].side, side = next_side(s, from, to, lines, forced);
        double cost =
            t->starts[k].cost + t->overfull + more + depth + cost_of_unevenness(s, from, lines, forced);
        if (waits)
            cost += WAITING;
        if (s->take) {
            s->take(s->user, &(struct offer){t, to, more, cost, forced, lines, change, side, waits});
            continue;
        }
        struct way *w = way_to(s, to, side, waits);
        if (cost < w->cost)
            *w = (struct way){.cost = cost,
                              .from = t->from,
                              .side = from,
                              .waits = t->waits,
                              .changed = change.paragraph,
                              .carry_pt = t->carry,
                              .lines_more = change.lines,
                              .white = change.white};
    }
}

/* The same with the heads on the page as they are, and opened where there is room. */
static void offer_heads(struct search *s, const struct trial *t, uint32_t to, double more, int lines,
                        struct change change)
{
    if (change.paragraph)
        more += CHANGED + (double)change.cost;
    offer_depth(s, t, to, more, false, lines, change);
    if (!t->heads || lines < t->heads)
        return;
    change.white = WHITE_OPENED;
    offer_depth(s, t, to, more + OPENED * t->heads, false, lines - t->heads, change);
}

static void offer(struct search *s, const struct trial *t, uint32_t to, double more, bool forced)
{
    float left = t->room.height_pt - t->foot - t->y;
    if (forced) {
        offer_depth(s, t, to, more, true, 0, NO_CHANGE);
        return;
    }
    if (left < -0.1f) { /* a line too many: only when a paragraph gives one up, or the white above the text */
        if (t->less.paragraph)
            offer_heads(s, t, to, more, 0, t->less);
        if (t->sunk)
            offer_depth(s, t, to, more + CLOSED, false, 0, (struct change){.white = WHITE_CLOSED});
        return;
    }
    int lines = t->carry > 0 ? 0 : short_lines(left, t->room.grid_pt);
    if (lines > FILLED_MOST) {
        offer_depth(s, t, to, more, false, lines, NO_CHANGE);
        return;
    }
    offer_heads(s, t, to, more, lines, NO_CHANGE);
    if (lines > 0 && t->more.paragraph)
        offer_heads(s, t, to, more, lines - 1, t->more);
}

/* By how much another number of lines changes what a hyphen at the foot of the page before costs, where
 * `above` lines of the paragraph stand: they stay there. */
static float cost_of_foot(const struct paragraph *p, const struct variant *v, uint32_t above)
{
    if (!above)
        return 0;
    bool hyphen = v->hyphens >> (above - 1) & 1;
    return slab_cost_of_hyphen(p->style) * (float)(hyphen - p->lines[above - 1].hyphen);
}

static void consider(struct change *best, struct paragraph *p, int lines, uint32_t above)
{
    const struct variant *v = lines > 0 ? &p->more : &p->less;
    if (v->cost >= VARIANT_NONE)
        return;
    float cost = v->cost + cost_of_foot(p, v, above);
    if (!best->paragraph || cost < best->cost)
        *best = (struct change){.paragraph = p, .cost = cost, .lines = (int8_t)lines};
}

/* Slab i stands on the page: when it ends a paragraph, that may change. Where lines of it stand on the page
 * before, no foot note of them may come to stand on another page. */
static void know_paragraph(const struct search *s, struct trial *t, uint32_t i)
{
    struct paragraph *p = s->slabs->slabs[i].paragraph;
    if (!p || s->slabs->slabs[i].line != &p->lines[p->line_count - 1])
        return;
    const struct slab *first = &s->slabs->slabs[t->from];
    uint32_t above = first->paragraph == p ? (uint32_t)(first->line - p->lines) : 0;
    if (above > VARIANT_HYPHENS || (above && s->options->foot && p->notes))
        return;
    consider(&t->more, p, 1, above);
    if (!above || p->line_count - above > (uint32_t)p->style->widows)
        consider(&t->less, p, -1, above);
}

/* The page ends because it must, before slab `to` or at the end. A float that waits would have no page: that
 * is no way. */
static void end_page(struct search *s, const struct trial *t, uint32_t to)
{
    bool whole = t->from == 0 || slab_forces_page(&s->slabs->slabs[t->from]); /* a half title has no more */
    if (t->put_off == NO_FLOAT && fits(t, t->y, 0))
        offer(s, t, to, !whole && t->y < THIN_LINES * t->room.grid_pt ? THIN_LAST : 0, true);
}

static float top_of(const struct trial *t, const struct slab *k, uint32_t i, bool forced)
{
    if (t->gone) {
        struct slab moved = *k;
        moved.space_pt = slab_space_after_put_off(k, t->gone);
        return slab_top(&moved, t->y, t->room.grid_pt, false, false);
    }
    return slab_top(k, t->y, t->room.grid_pt, i == t->from && !t->waits, forced);
}

/* Does the float that begins with slab i fit here as a whole? */
static bool float_fits(const struct search *s, const struct trial *t, uint32_t i)
{
    const struct slab *first = &s->slabs->slabs[i];
    float y = top_of(t, first, i, false) + first->height_pt;
    for (const struct slab *k = first + 1; k < first + first->float_count; k++)
        y = slab_top(k, y, t->room.grid_pt, false, false) + k->height_pt;
    return fits(t, y, 0);
}

/* Does the float that begins with slab i stand at the foot of the page? That has so much less room for the
 * rest. */
static bool put_down(const struct search *s, struct trial *t, uint32_t i)
{
    float height = float_foot_height(s->slabs, i);
    if (!fits(t, t->y + height, 0))
        return false;
    t->room.height_pt -= height;
    t->gone = t->y > 0 ? &s->slabs->slabs[i] : NULL;
    return true;
}

/* What the notes of a slab that ends at `bottom` take of the page. When they don't fit as a whole, the last
 * goes on on the next page. */
static float feet_of(const struct search *s, struct trial *t, const struct slab *k, float bottom)
{
    if (!s->options->foot)
        return 0;
    struct foot_need need = s->options->foot(k, &t->foot_line_pt, s->options->user);
    float separator = need.whole_pt > 0 && t->foot <= 0 ? s->options->separator_pt : 0;
    if (fits(t, bottom, need.whole_pt + separator) || !fits(t, bottom, need.least_pt + separator))
        return need.whole_pt + separator;
    float has = t->room.height_pt - bottom - t->foot - separator;
    t->carry += need.whole_pt - has;
    return has + separator;
}

/* Notes that go on from the page before take the foot of this one, but never all of it. */
static void take_carry(const struct search *s, struct trial *t, float carry)
{
    if (carry <= 0)
        return;
    float most = t->room.height_pt * CARRY_SHARE, here = carry < most ? carry : most;
    t->foot = here + s->options->separator_pt;
    t->carry = carry - here;
}

/* What the notes called by slabs from ≤ i < to in columns take of the page, which has feet already. */
static float feet_of_columns(const struct search *s, float feet, float line_pt, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++) {
        float whole = s->options->foot(&s->slabs->slabs[i], &line_pt, s->options->user).whole_pt;
        feet += whole + (whole > 0 && feet <= 0 ? s->options->separator_pt : 0);
    }
    return feet;
}

/* The slabs that fill the columns of the page under trial, with room for the notes that they call: the fewer
 * slabs, the fewer notes. */
static struct column_fill fill_columns(const struct search *s, struct trial *t, uint32_t from)
{
    const struct slabs *all = s->slabs;
    struct column_room room = {t->y, t->room.height_pt - t->foot, t->room.grid_pt, from > t->from};
    struct column_fill f = columns_fill(all, from, all->slabs[from].run_end, &room, NULL);
    if (!s->options->foot)
        return f;
    uint32_t good = from, bad = f.to + 1; /* so many have room, and so many have not */
    float feet = t->foot;
    for (uint32_t to = f.to; good + 1 < bad; to = good + (bad - good) / 2) {
        float with = feet_of_columns(s, feet, t->foot_line_pt, from, to);
        room.bottom_pt = t->room.height_pt - with;
        if (columns_fill(all, from, to, &room, NULL).to == to) {
            good = to;
            t->foot = with;
        } else {
            bad = to;
        }
    }
    room.bottom_pt = t->room.height_pt - t->foot;
    return columns_fill(all, from, good, &room, NULL);
}

/* The last column may end a few lines early. */
static void offer_columns(struct search *s, struct trial *t, const struct column_fill *f)
{
    const struct slabs *all = s->slabs;
    float top = t->y;
    uint32_t least = f->last_column + 1;
    if (f->to > least + SHORT_KNOWN)
        least = f->to - SHORT_KNOWN;
    for (uint32_t i = f->last_column; i < f->to; i++) {
        bool first = i == f->last_column;
        t->y = f->whole
                   ? slab_top(&all->slabs[i], t->y, t->room.grid_pt, first, false) + all->slabs[i].height_pt
                   : top;
        if (i + 1 >= least)
            offer(s, t, i + 1, i + 1 < all->count ? (double)all->slabs[i + 1].cost : 0, false);
    }
}

/* What stands in columns from slab i on. Gives the slab with which the page goes on; 0 when it has ended. */
static uint32_t try_columns(struct search *s, struct trial *t, uint32_t i, bool forced)
{
    const struct slabs *all = s->slabs;
    const struct slab *k = &all->slabs[i];
    t->more = t->less = NO_CHANGE; /* the columns are filled as what stands above them is now */
    t->heads = 0;
    t->sunk = false;
    t->has_columns = true;
    t->y = top_of(t, k, i, forced);
    t->gone = NULL;
    float grid = t->room.grid_pt;
    struct column_fill f = fill_columns(s, t, i);
    if (f.to == i) {
        if (i == t->from) {
            t->overfull = OVERFULL;
            offer(s, t, i + 1, 0, true);
        }
        return 0;
    }
    if (f.to < k->run_end) {
        offer_columns(s, t, &f);
        return 0;
    }
    struct column_room room = {t->y, t->room.height_pt - t->foot, grid, i > t->from};
    if (!k->columns->style->columns_filled)
        f = columns_balance(all, i, f.to, &room, NULL);
    t->y = f.deepest_pt;
    return f.to;
}

/* Does a page that begins with slab `from` begin with the title of what is no book? The heads of chapters
 * stand all alike. */
static bool is_title(const struct search *s, uint32_t from)
{
    return from == 0 && !slab_forces_page(&s->slabs->slabs[0]);
}

/* Tries all pages that begin as `t` does. */
static void try_page(struct search *s, struct trial t)
{
    const struct slabs *all = s->slabs;
    bool forced = t.from == 0 || slab_forces_page(&all->slabs[t.from]);
    t.y = slab_repeated_head(&all->slabs[t.from]);
    if (t.waits)
        t.y = float_height(all, s->float_before[t.from], t.room.grid_pt);
    for (uint32_t i = t.from; i < all->count; i++) {
        const struct slab *k = &all->slabs[i];
        if (i > t.from && slab_forces_page(k)) {
            end_page(s, &t, i);
            return;
        }
        if (i > t.from)
            offer(s, &t, i, (double)k->cost, false);
        if (k->columns) {
            uint32_t to = try_columns(s, &t, i, forced);
            if (!to)
                return;
            i = to - 1;
            continue;
        }
        if (k->float_count && t.put_off != NO_FLOAT) /* none passes another */
            return;
        if (k->float_count && (i > t.from || t.waits) && !float_fits(s, &t, i)) {
            t.put_off = i;
            t.gone = k;
            i += k->float_count - 1;
            continue;
        }
        if (k->floats_down && put_down(s, &t, i)) {
            i += k->float_count - 1;
            continue;
        }
        float top = top_of(&t, k, i, forced), feet = feet_of(s, &t, k, top + k->height_pt);
        bool over = !fits(&t, top + k->height_pt, feet);
        if (over && !((t.less.paragraph || t.sunk) && fits(&t, top + k->height_pt - t.room.grid_pt, feet))) {
            if (i == t.from) { /* taller than any page: it has one of its own */
                t.overfull = OVERFULL;
                offer(s, &t, i + 1, 0, true);
            }
            return;
        }
        t.gone = NULL;
        t.y = top + k->height_pt;
        t.foot += feet;
        t.heads += k->head && i > t.from && !t.has_columns;
        t.sunk |= k->sunk && is_title(s, t.from) && !t.has_columns;
        if (!over)
            know_paragraph(s, &t, i);
    }
    end_page(s, &t, all->count);
}

void try_state(struct search *s, struct page_room room, uint32_t from, uint8_t side, uint8_t waits,
               double cost)
{
    struct trial t = {.from = from,
                      .starts = {{side, cost}},
                      .count = 1,
                      .waits = waits,
                      .room = room,
                      .put_off = NO_FLOAT};
    take_carry(s, &t, way_to(s, from, side, waits)->carry_pt);
    try_page(s, t);
}

struct page_room room_from(const struct search *s, uint32_t from)
{
    return s->options->room(s->slabs->slabs[from].page, s->options->user);
}

/* Can a verso of another depth take this one's place, though its recto be as uneven as can be? */
static bool is_beaten(const struct search *s, uint32_t from, uint8_t side, uint8_t waits)
{
    const struct way *w = way_to(s, from, side, waits);
    for (uint8_t k = NEXT_RECTO_0; side >= NEXT_RECTO_0 && side <= NEXT_RECTO_MOST && k <= NEXT_RECTO_MOST;
         k++) {
        const struct way *other = way_to(s, from, k, waits);
        int apart = k < side ? side - k : k - side;
        if (w->cost > other->cost + UNEVEN * apart && w->carry_pt == other->carry_pt)
            return true;
    }
    return false;
}

/* Tries all pages that begin with slab `from`, at once for all sides on which as much of the notes goes on.
 */
static void try_from(struct search *s, uint32_t from)
{
    struct page_room room = room_from(s, from);
    for (uint8_t waits = 0; waits < s->waiting; waits++) {
        bool tried[SIDES] = {false};
        for (uint8_t side = 0; side < SIDES; side++) {
            struct trial t = {.from = from, .waits = waits, .room = room, .put_off = NO_FLOAT};
            float carry = way_to(s, from, side, waits)->carry_pt;
            for (uint8_t k = side; k < SIDES; k++) {
                const struct way *w = way_to(s, from, k, waits);
                if (tried[k] || w->cost >= DBL_MAX || w->carry_pt != carry || is_beaten(s, from, k, waits))
                    continue;
                t.starts[t.count++] = (struct start){k, w->cost};
                tried[k] = true;
            }
            take_carry(s, &t, carry);
            if (t.count)
                try_page(s, t);
        }
    }
}

static void begin(struct search *s, struct arena *a)
{
    uint32_t n = s->slabs->count, last = NO_FLOAT;
    s->float_before = arena_array(a, n + 1UL, sizeof *s->float_before);
    for (uint32_t i = 0; i <= n; i++) {
        s->float_before[i] = last;
        if (i < n && s->slabs->slabs[i].float_count)
            last = i;
    }
    s->waiting = last == NO_FLOAT ? 1 : 2;
    size_t count = (n + 1UL) * SIDES * s->waiting;
    s->ways = arena_array(a, count, sizeof *s->ways);
    for (size_t i = 0; i < count; i++)
        s->ways[i].cost = DBL_MAX;
    way_to(s, 0, NEXT_RECTO_ALONE, 0)->cost = 0;
}

uint8_t last_side(const struct search *s)
{
    uint32_t end = s->slabs->count;
    uint8_t side = 0;
    for (uint8_t k = 1; k < SIDES; k++)
        if (way_to(s, end, k, 0)->cost < way_to(s, end, side, 0)->cost)
            side = k;
    return side;
}

/* Follows the best way back from the end, and turns it around. */
static uint32_t trace(const struct search *s, struct arena *scratch, struct arena *a,
                      struct page_plan **plans)
{
    uint32_t count = s->slabs->count, n = 0;
    uint8_t side = last_side(s), waits = 0;
    struct page_plan *reversed = arena_array(scratch, count + 1UL, sizeof *reversed);
    for (uint32_t to = count; to > 0;) {
        const struct way *w = way_to(s, to, side, waits);
        reversed[n++] = (struct page_plan){.from = w->from,
                                           .to = to,
                                           .top = w->waits ? s->float_before[w->from] : NO_FLOAT,
                                           .put_off = waits ? s->float_before[to] : NO_FLOAT,
                                           .changed = w->changed,
                                           .lines_more = w->lines_more,
                                           .white = w->white};
        to = w->from;
        side = w->side;
        waits = w->waits;
    }
    *plans = arena_array(a, n ? n : 1, sizeof **plans);
    for (uint32_t k = 0; k < n; k++)
        (*plans)[k] = reversed[n - 1 - k];
    return n;
}

void search_ways(struct search *s, struct arena *a)
{
    begin(s, a);
    for (uint32_t i = 0; i < s->slabs->count; i++)
        try_from(s, i);
}

uint32_t pagebreak(struct arena *a, const struct slabs *s, const struct page_break_options *o,
                   struct page_plan **plans)
{
    struct search all = {.slabs = s, .options = o};
    struct arena *scratch = arena_inside(a);
    search_ways(&all, scratch);
    uint32_t n = trace(&all, scratch, a, plans);
    arena_reset(scratch);
    return n;
}
