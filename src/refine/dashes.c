#include "refine/typography.h"

enum { EN_DASH = 0x2013, EM_DASH = 0x2014, ELLIPSIS = 0x2026 };

static size_t repeats(const struct run *r, size_t i, uint32_t c)
{
    size_t n = 0;
    while (i + n < r->count && r->letters[i + n].c == c && !r->letters[i + n].fixed)
        n++;
    return n;
}

static void replace(struct run *r, size_t i, size_t count, uint32_t c)
{
    run_set(r, i, c);
    for (size_t k = 1; k < count; k++)
        run_set(r, i + k, 0);
}

/* Two hyphens: an en dash between figures, with spaces around, or where the source has three for the em dash;
 * else what a typewriter means by them, an em dash. */
static uint32_t dash_of_two(const struct run *r, size_t i, const struct plain_marks *m)
{
    uint32_t before = i ? run_at(r, i - 1) : ' ', after = run_at(r, i + 2);
    bool figures = run_digit(before) && run_digit(after);
    bool spaced = run_space(before) && run_space(after);
    return m->three || figures || spaced ? EN_DASH : EM_DASH;
}

void set_dashes(struct run *r, const struct plain_marks *m)
{
    for (size_t i = 0; i < r->count; i++) {
        size_t hyphens = repeats(r, i, '-'), points = hyphens ? 0 : repeats(r, i, '.');
        if (m->dashes && hyphens == 2)
            replace(r, i, 2, dash_of_two(r, i, m));
        else if (m->dashes && hyphens == 3)
            replace(r, i, 3, EM_DASH);
        else if (m->ellipses && points >= 3 && points <= 4)
            replace(r, i, 3, ELLIPSIS);
        i += hyphens + points > 0 ? hyphens + points - 1 : 0;
    }
}
