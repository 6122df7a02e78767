#include "layout/ladder.h"
#include "layout/linecraft.h"

/* A last line that ends so many ems from the left lets the eye pass: that are about 25 letters, of whatever
 * script. */
static const double GAP_EM = 11;

/* The hyphens in a row at the end of a paragraph whose last line is short. */
static int ladder_at_end(const struct paragraph *p)
{
    if (!p->line_count)
        return 0;
    const struct line *last = &p->lines[p->line_count - 1];
    if (line_right(last) > GAP_EM * (double)p->style->size_pt)
        return 0;
    int count = 0;
    const struct line *l = last;
    while (l > p->lines && l[-1].hyphen) {
        l--;
        count++;
    }
    return l == p->lines ? count + p->hyphens_above : count;
}

static int ladder_at_start(const struct paragraph *p)
{
    int count = 0;
    while ((uint32_t)count < p->line_count && p->lines[count].hyphen)
        count++;
    return count;
}

bool ladder_goes_on(struct paragraph *p, const struct paragraph *above)
{
    int most = p->style->hyphen_lines, at_end = ladder_at_end(above);
    if (!at_end || !most || p->inset_count || at_end + ladder_at_start(p) <= most)
        return false;
    p->hyphens_above = at_end;
    return true;
}
