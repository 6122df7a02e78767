#include "layout/beside.h"
#include "layout/setter.h"
#include "layout/slab.h"
#include <math.h>

/* Lines that are left beside floats on both sides are at least so many ems wide, and nobody counts more. */
static const float LEAST_EM = 8;
enum { BANDS_MOST = 2 * ASIDES_MOST, LINES_MOST = 1000 };
/* How often a paragraph is set anew until its calls stay where they are. */
enum { TRIES_MOST = 8 };

/* What an aside takes of the column: heights are from the top of the first block beside it. */
struct band {
    float tie_pt; /* the top of what it is tied to */
    float top_pt, bottom_pt;
    bool right;
    float edge_pt; /* where the text may begin, or has to end */
};

struct besides {
    struct setter *setter;
    struct block_list *list;
    float grid_pt, page_pt, em_pt;
    struct band bands[BANDS_MOST];
    uint32_t count;
    float y_pt;   /* where the text ends */
    bool snapped; /* it begins on the grid */
};

static float bottom_at(const struct besides *w, enum clear_rule sides)
{
    float bottom = 0;
    for (uint32_t i = 0; i < w->count; i++)
        if (sides & (w->bands[i].right ? CLEAR_RIGHT : CLEAR_LEFT))
            bottom = fmaxf(bottom, w->bands[i].bottom_pt);
    return bottom;
}

/* What comes next stands below the asides on these sides. */
static void go_below(struct besides *w, struct block *last, enum clear_rule sides)
{
    float lacks = bottom_at(w, sides) - w->y_pt;
    if (lacks > 0) {
        last->below_pt += lacks;
        w->y_pt += lacks;
    }
    if (sides == CLEAR_BOTH)
        w->count = 0;
}

/* ---- asides */

static void set_aside(struct besides *w, struct aside *f)
{
    struct slabs *slabs = arena_alloc(w->setter->arena, sizeof *slabs);
    slabs->arena = slabs->frames = w->setter->arena;
    slabs_add(slabs, &f->content, 0);
    f->slabs = slabs;
    f->height_pt = f->above_pt + slabs_height(slabs) + f->below_pt;
}

static void tell_tall(const struct besides *w, const struct aside *f)
{
    struct place where = tree_place(w->setter->document, f->element);
    message(
        w->setter->messages, SEVERITY_WARNING, "layout.float", &where,
        "What floats to the side here stands above what follows, since it is taller than the page. Make it "
        "shorter or wider.");
}

/* Puts an aside's blocks into the list, before block `i`. Gives how many they are. */
static uint32_t let_stand(struct besides *w, uint32_t i, const struct aside *f)
{
    struct block_list *list = w->list;
    uint32_t more = f->content.count, count = list->count + more;
    struct block *blocks = arena_array(w->setter->arena, count, sizeof *blocks);
    memcpy(blocks, list->blocks, i * sizeof *blocks);
    memcpy(blocks + i, f->content.blocks, more * sizeof *blocks);
    memcpy(blocks + i + more, list->blocks + i, (list->count - i) * sizeof *blocks);
    blocks[i].gap = blocks[i + more].gap;
    blocks[i].group = blocks[i + more].group;
    blocks[i].space_pt = fmaxf(f->above_pt, blocks[i + more].space_pt);
    blocks[i + more].gap = GAP_FREE;
    blocks[i + more].group = false;
    blocks[i + more].space_pt = fmaxf(f->below_pt, blocks[i + more].space_pt);
    list->blocks = blocks;
    list->count = count;
    list->capacity = count;
    list->fills |= f->content.fills;
    return more;
}

/* What is taller than a page, or would be with others above it, doesn't float. Gives the block that has the
 * others. */
static uint32_t take_out_tall(struct besides *w, uint32_t i)
{
    float deep[2] = {0, 0}; /* at the left, at the right */
    for (struct aside **f = &w->list->blocks[i].asides; *f;) {
        struct aside *tall = *f;
        set_aside(w, tall);
        float above = tall->offset ? 0 : deep[tall->right];
        if (above + tall->height_pt <= w->page_pt) {
            deep[tall->right] += tall->offset ? 0 : tall->height_pt;
            f = &tall->next;
            continue;
        }
        tell_tall(w, tall);
        *f = tall->next;
        if (w->count)
            go_below(w, &w->list->blocks[i - 1], CLEAR_BOTH);
        i += let_stand(w, i, tall);
    }
    return i;
}

/* What an aside that begins at `from` leaves of the column to one on the other side. */
static float room_between(const struct besides *w, const struct aside *f, float from)
{
    float room = w->page_pt;
    for (uint32_t i = 0; i < w->count; i++) {
        const struct band *b = &w->bands[i];
        if (b->right != f->right && b->bottom_pt > from)
            room = fminf(room, b->right ? b->edge_pt - f->right_pt : f->left_pt - b->edge_pt);
    }
    return room;
}

static float line_high(const struct block *k)
{
    return k->kind == BLOCK_PARAGRAPH ? k->paragraph->style->line_height_pt : 0;
}

/* Is that more than a page? The line beside an aside's end is on its page, too. */
static bool is_too_deep(const struct besides *w, float height)
{
    float lines = w->grid_pt > 0 ? ceilf(height / w->grid_pt - 0.02f) * w->grid_pt : height;
    return lines > w->page_pt;
}

/* From where on all that stands beside bands down to `tie` is on one page. */
static float first_together(const struct besides *w, float tie)
{
    float first = tie;
    for (bool more = true; more;) {
        more = false;
        for (uint32_t i = 0; i < w->count; i++)
            if (w->bands[i].bottom_pt > first && w->bands[i].tie_pt < first) {
                first = w->bands[i].tie_pt;
                more = true;
            }
    }
    return first;
}

/* The line before which a page may end that has the line `i`: a paragraph's first lines stand together, and
 * its last. */
static uint32_t line_together(const struct paragraph *p, uint32_t i)
{
    uint32_t orphans = (uint32_t)p->style->orphans, widows = (uint32_t)p->style->widows;
    if (i + widows > p->line_count)
        i = p->line_count > widows ? p->line_count - widows : 0;
    return i < orphans ? 0 : i;
}

/* Would the page of an aside that begins at `from` and is tied to a line of `k` have to be higher than pages
 * are? The lines that stand with its last one are counted, too. */
static bool ends_below_page(const struct besides *w, const struct block *k, const struct aside *f, float top,
                            float from)
{
    if (!f->offset)
        return false;
    const struct paragraph *p = k->paragraph;
    float tie = top + (float)line_together(p, f->line) * line_high(k);
    float spare = (float)(p->style->orphans + p->style->widows) * line_high(k);
    return is_too_deep(w, from + f->height_pt - first_together(w, tie) + spare);
}

static float place_of(const struct besides *w, const struct aside *f, float least)
{
    float from = fmaxf(least, bottom_at(w, f->right ? CLEAR_RIGHT : CLEAR_LEFT));
    return room_between(w, f, from) < LEAST_EM * w->em_pt ? fmaxf(from, bottom_at(w, CLEAR_BOTH)) : from;
}

/* What is called below the first line may go down to a line that is beside no other. */
static void place_asides(struct besides *w, const struct block *k, float top)
{
    float last = top;
    uint32_t least = 0;
    for (struct aside *f = k->asides; f && w->count < BANDS_MOST; f = f->next) {
        f->line = f->line < least ? least : f->line;
        float tie = top + (float)f->line * line_high(k), from = place_of(w, f, fmaxf(tie, last));
        if (ends_below_page(w, k, f, top, from)) {
            float below = fmaxf(bottom_at(w, CLEAR_BOTH) - top, 0);
            f->line = (uint32_t)fmaxf((float)f->line, ceilf(below / line_high(k) - 0.01f));
            if (line_together(k->paragraph, f->line) < f->line && f->line < k->paragraph->line_count)
                f->line = k->paragraph->line_count;
            tie = from = top + (float)f->line * line_high(k);
        }
        f->down_pt = from - tie;
        last = f->offset ? from : top;
        least = f->line;
        w->bands[w->count++] =
            (struct band){tie, from, from + f->height_pt, f->right, f->right ? f->left_pt : f->right_pt};
    }
}

/* ---- lines */

static struct line_inset inset_at(const struct besides *w, const struct block *k, float top, float bottom)
{
    static const float touch = 0.05f;
    struct line_inset inset = {0, 0};
    for (uint32_t i = 0; i < w->count; i++) {
        const struct band *b = &w->bands[i];
        if (b->top_pt > bottom - touch || b->bottom_pt < top + touch)
            continue;
        if (b->right)
            inset.right_pt = fmaxf(inset.right_pt, k->x_pt + k->paragraph->width_pt - b->edge_pt);
        else
            inset.left_pt = fmaxf(inset.left_pt, b->edge_pt - k->x_pt);
    }
    return inset;
}

static bool has_room(const struct besides *w, const struct block *k, float top)
{
    const struct paragraph *p = k->paragraph;
    struct line_inset i = inset_at(w, k, top, top + p->style->line_height_pt);
    return p->width_pt - i.left_pt - i.right_pt >= LEAST_EM * p->style->size_pt;
}

/* Does an aside that is tied to what stands above reach below `y`? */
static bool goes_past(const struct besides *w, float y)
{
    static const float touch = 0.05f;
    for (uint32_t i = 0; i < w->count; i++)
        if (w->bands[i].tie_pt < y - touch && w->bands[i].bottom_pt > y + touch)
            return true;
    return false;
}

static void set_beside(struct besides *w, struct block *k, float top)
{
    struct paragraph *p = k->paragraph;
    float high = p->style->line_height_pt, deep = bottom_at(w, CLEAR_BOTH) - top;
    uint32_t count = deep > 0 && high > 0 ? (uint32_t)ceilf(fminf(deep / high, LINES_MOST) - 0.01f) : 0;
    struct line_inset *insets = arena_array(w->setter->arena, count + 1UL, sizeof *insets);
    bool *beside = arena_array(w->setter->arena, count + 1UL, sizeof *beside);
    p->inset_most_pt = 0;
    for (uint32_t i = 0; i < count; i++) {
        insets[i] = inset_at(w, k, top + (float)i * high, top + (float)(i + 1) * high);
        beside[i] = goes_past(w, top + (float)i * high);
        p->inset_most_pt = fmaxf(p->inset_most_pt, insets[i].left_pt + insets[i].right_pt);
    }
    bool shorter = count || p->inset_count;
    p->insets = insets;
    p->inset_count = count;
    k->beside = beside;
    if (shorter)
        paragraph_set(w->setter, p);
}

/* The line in which what stands before an aside's call ends. */
static uint32_t line_of(const struct paragraph *p, uint32_t offset)
{
    uint32_t i = 0;
    while (i + 1 < p->line_count && p->lines[i + 1].start < offset)
        i++;
    return i;
}

/* Do the calls stand in lines below those that their asides are tied to? Then these go down there. */
static bool calls_moved(const struct block *k)
{
    bool moved = false;
    for (struct aside *f = k->asides; f; f = f->next) {
        uint32_t line = line_of(k->paragraph, f->offset);
        moved |= line > f->line;
        f->line = line > f->line ? line : f->line;
    }
    return moved;
}

/* Fewer lines may be left than there were: what was tied to those is tied to the last. */
static void tie_to_last(const struct block *k)
{
    const struct paragraph *p = k->paragraph;
    for (struct aside *f = k->asides; f; f = f->next)
        if (f->line >= p->line_count) {
            uint32_t last = p->line_count ? p->line_count - 1 : 0;
            f->down_pt += (float)(f->line - last) * line_high(k);
            f->line = last;
        }
}

/* The paragraph behind `k` that takes over asides which find no line in it; or NULL. */
static struct block *heir_of(const struct besides *w, struct block *k)
{
    struct block *next = k + 1;
    bool takes = next < w->list->blocks + w->list->count && next->kind == BLOCK_PARAGRAPH &&
                 next->gap < GAP_COLUMN && next->columns == k->columns && !next->clear;
    return takes ? next : NULL;
}

static uint32_t count_of(const struct aside *f)
{
    uint32_t n = 0;
    for (; f; f = f->next)
        n++;
    return n;
}

/* Those that would stand below the paragraph's last line stand beside the next. */
static bool hand_over(const struct besides *w, struct block *k)
{
    struct block *heir = heir_of(w, k);
    struct aside **from = &k->asides, *first;
    while (*from && (*from)->line < k->paragraph->line_count)
        from = &(*from)->next;
    first = *from;
    if (!first || !heir || count_of(first) + count_of(heir->asides) > ASIDES_MOST)
        return false;
    struct aside **last = from;
    for (; *last; last = &(*last)->next)
        (*last)->offset = 0;
    *last = heir->asides;
    heir->asides = first;
    *from = NULL;
    return true;
}

/* Sets a paragraph beside its asides, whose places hang on its lines, which hang on them. */
static void set_together(struct besides *w, struct block *k, float top)
{
    uint32_t above = w->count;
    for (struct aside *f = k->asides; f; f = f->next)
        f->line = 0;
    calls_moved(k);
    for (int tries = 1;; tries++) {
        w->count = above;
        place_asides(w, k, top);
        set_beside(w, k, top);
        if (tries == TRIES_MOST || !calls_moved(k))
            break;
    }
    if (hand_over(w, k)) {
        w->count = above;
        place_asides(w, k, top);
        set_beside(w, k, top);
    }
    tie_to_last(k);
}

/* ---- blocks */

static float top_of(const struct besides *w, const struct block *k)
{
    float top = w->y_pt + k->space_pt;
    bool snap = k->kind == BLOCK_PARAGRAPH && fabsf(k->paragraph->style->line_height_pt - w->grid_pt) < 0.01f;
    return snap && w->snapped ? ceilf(top / w->grid_pt - 0.02f) * w->grid_pt : top;
}

static float height_of(const struct block *k)
{
    float sum = k->height_pt;
    for (uint32_t i = 0; k->kind == BLOCK_PARAGRAPH && i < k->paragraph->line_count; i++)
        sum += k->paragraph->lines[i].height_pt;
    return sum;
}

/* Would it be on the next page with its asides, which none of those above may be parted from? */
static bool goes_too_deep(const struct besides *w, const struct block *k)
{
    float top = top_of(w, k), left = fmaxf(top, bottom_at(w, CLEAR_LEFT)),
          right = fmaxf(top, bottom_at(w, CLEAR_RIGHT));
    for (const struct aside *f = k->asides; f; f = f->next)
        *(f->right ? &right : &left) += f->offset ? 0 : f->height_pt;
    return k->asides && is_too_deep(w, fmaxf(left, right));
}

static bool stands_below(const struct besides *w, const struct block *k)
{
    const struct block *before = k - 1;
    return k->gap >= GAP_COLUMN || k->columns != before->columns || k->kind == BLOCK_TABLE ||
           k->kind == BLOCK_RULE || goes_too_deep(w, k) ||
           (k->asides && w->count > BANDS_MOST - ASIDES_MOST) ||
           (k->kind == BLOCK_PARAGRAPH && !has_room(w, k, top_of(w, k)));
}

/* The first block beside an aside: from its top all is measured. */
static float begin(struct besides *w, const struct block *k)
{
    w->snapped = k->kind == BLOCK_PARAGRAPH && w->grid_pt > 0 &&
                 fabsf(k->paragraph->style->line_height_pt - w->grid_pt) < 0.01f;
    w->y_pt = 0;
    return 0;
}

/* Where the margin above a block is all that stands beside an aside's end, the page keeps that much of it. */
static void keep_margin(struct besides *w, struct block *k, float top)
{
    float lacks = bottom_at(w, CLEAR_BOTH) - w->y_pt;
    if (lacks <= 0 || top < bottom_at(w, CLEAR_BOTH))
        return;
    k[-1].below_pt += lacks;
    k->space_pt -= fminf(lacks, k->space_pt);
    w->y_pt += lacks;
}

static void add_beside(struct besides *w, struct block *k)
{
    bool first = !w->count;
    float top = first ? begin(w, k) : top_of(w, k);
    if (!first)
        keep_margin(w, k, top);
    w->em_pt = k->kind == BLOCK_PARAGRAPH ? k->paragraph->style->size_pt : w->grid_pt;
    k->tied = !first && top < bottom_at(w, CLEAR_BOTH);
    if (k->kind == BLOCK_PARAGRAPH)
        set_together(w, k, top);
    else
        place_asides(w, k, top);
    w->y_pt = top + height_of(k);
    if (w->y_pt >= bottom_at(w, CLEAR_BOTH) - 0.05f)
        w->count = 0;
}

void beside_set(struct setter *s, struct block_list *list, float grid_pt, float page_pt)
{
    struct besides w = {.setter = s, .list = list, .grid_pt = grid_pt, .page_pt = page_pt};
    for (uint32_t i = 0; i < list->count; i++) {
        if (list->blocks[i].asides)
            i = take_out_tall(&w, i);
        if (w.count && stands_below(&w, &list->blocks[i]))
            go_below(&w, &list->blocks[i - 1], CLEAR_BOTH);
        else if (w.count && list->blocks[i].clear)
            go_below(&w, &list->blocks[i - 1], list->blocks[i].clear);
        if (w.count || list->blocks[i].asides)
            add_beside(&w, &list->blocks[i]);
    }
    if (list->count)
        go_below(&w, &list->blocks[list->count - 1], CLEAR_BOTH);
}
