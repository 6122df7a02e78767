/* How reasons are called, and the sentence that says why a runner-up lost. */
#include "layout/told.h"
#include <math.h>

const struct told_name told_line_names[DEMERITS] = {
    [DEMERIT_LINE] = {"line", "its number of lines"},
    [DEMERIT_LOOSE] = {"loose", "loose lines"},
    [DEMERIT_TIGHT] = {"tight", "tight lines"},
    [DEMERIT_HYPHEN] = {"hyphen", "hyphens"},
    [DEMERIT_PLACE] = {"place", "breaks in awkward places"},
    [DEMERIT_CONTRAST] = {"contrast", "contrast between neighbouring lines"},
    [DEMERIT_LADDER] = {"ladder", "too many hyphens in a row"},
    [DEMERIT_STUB] = {"short_last_line", "a short last line"},
    [DEMERIT_LAST_HYPHEN] = {"hyphen_before_last_line", "a hyphen before the last line"},
};

const struct told_name told_page_names[PAGE_DEMERITS] = {
    [PAGE_RULE] = {"rule", "a place where no page should end"},
    [PAGE_SHORT] = {"short", "a short page"},
    [PAGE_UNEVEN] = {"uneven", "a depth unlike that of the facing page"},
    [PAGE_CHANGED] = {"paragraph_changed", "a paragraph with a line more or less"},
    [PAGE_OPENED] = {"heads_opened", "a line more above its heads"},
    [PAGE_CLOSED] = {"text_raised", "a line less above the text's beginning"},
    [PAGE_WAITING] = {"float_put_off", "a float put off"},
    [PAGE_THIN] = {"thin", "hardly a line on a chapter's last page"},
    [PAGE_OVERFULL] = {"overfull", "what is taller than the page"},
};

const struct told_name told_rule_names[PAGE_RULES] = {
    [RULE_NONE] = {"rule", "a place where no page should end"},
    [RULE_WIDOW] = {"widow", "a widow at the head of the next page"},
    [RULE_ORPHAN] = {"orphan", "an orphan at its foot"},
    [RULE_HEAD] = {"head", "a head at its foot"},
    [RULE_HYPHEN] = {"hyphen", "a hyphen at its foot"},
    [RULE_WHOLE] = {"parted", "parting what belongs together"},
};

/* What rounds to nothing isn't told. */
static const double LEAST = 0.05;

static void sort(struct told_cause *c, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++)
        for (uint32_t k = i; k > 0 && fabs(c[k].more) > fabs(c[k - 1].more); k--) {
            struct told_cause less = c[k - 1];
            c[k - 1] = c[k];
            c[k] = less;
        }
}

/* The causes of one sign, as "a (1), b (2) and c (3)". */
static uint32_t list(struct buf *out, const struct told_cause *c, uint32_t count, double sign,
                     const char *before)
{
    uint32_t n = 0, told = 0;
    for (uint32_t i = 0; i < count; i++)
        n += c[i].more * sign >= LEAST;
    for (uint32_t i = 0; i < count; i++) {
        if (c[i].more * sign < LEAST)
            continue;
        buf_string(out, !told ? before : told + 1 < n ? ", " : " and ");
        buf_printf(out, "%s (", c[i].name);
        buf_real(out, fabs(c[i].more), 1);
        buf_byte(out, ')');
        told++;
    }
    return n;
}

void told_sentence(struct buf *out, struct told_cause *causes, uint32_t count)
{
    sort(causes, count);
    uint32_t more = list(out, causes, count, 1, "More demerits for ");
    uint32_t fewer = list(out, causes, count, -1, more ? "; fewer for " : "Fewer demerits for ");
    buf_string(out, more || fewer ? "." : "It is as good; the other was found first.");
}
