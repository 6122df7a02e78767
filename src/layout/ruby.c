#include "layout/ruby.h"

static bool has_both(const struct ruby *r)
{
    return r->begun && r->read && !r->in_line;
}

void pairs_begin(struct setter *s, const struct paragraph *p, struct atoms *out)
{
    out->pairs = NULL;
    if (!p->ruby_count)
        return;
    out->pairs = arena_array(s->scratch, p->ruby_count, sizeof *out->pairs);
    for (const struct ruby *r = p->rubies; r; r = r->next)
        out->pairs[r->index] = (struct ruby_pair){.ruby = r, .above = has_both(r)};
    if (!out->readings)
        out->readings = arena_alloc(s->cache, sizeof *out->readings);
}

/* A control character is nothing for scripts and directions (BN in UAX #9), and for line breaks a part of the
 * character before it (CM in UAX #14). */
enum { NOTHING = '\x01' };

struct text pairs_hide(struct setter *s, const struct paragraph *p, const struct atoms *atoms)
{
    struct text text = {p->text, p->length};
    if (!p->ruby_count)
        return text;
    char *out = arena_copy(s->scratch, text.at, text.length);
    for (uint32_t i = 0; i < p->ruby_count; i++) {
        const struct ruby *r = atoms->pairs[i].ruby;
        if (atoms->pairs[i].above)
            memset(out + r->base_end, NOTHING, r->end - r->base_end);
    }
    return (struct text){out, text.length};
}

/* Readings in letters that make words stand a little apart; kana need not (JLREQ §3.3.8). */
static double gap_of(const struct atom *last)
{
    static const hb_script_t close[] = {HB_SCRIPT_HAN, HB_SCRIPT_HIRAGANA, HB_SCRIPT_KATAKANA,
                                        HB_SCRIPT_BOPOMOFO};
    static const double gap_em = 0.3;
    for (size_t i = 0; i < sizeof close / sizeof *close; i++)
        if (last->shaped && last->shaped->manner->script == close[i])
            return 0;
    return gap_em * (double)last->span->style->size_pt;
}

/* One reading. What isn't seen of it takes no room. */
static void read_pair(struct maker *m, struct ruby_pair *pair)
{
    const struct paragraph *p = m->paragraph;
    const struct ruby *r = pair->ruby;
    struct text text = {p->text + r->base_end, r->end - r->base_end};
    size_t count, run = 0;
    const struct script_run *runs = script_runs(m->setter->breaker, text, -1, &count);
    pair->reading = m->out->count;
    m->at = (struct extent){0};
    for (uint32_t at = r->base_end; at < r->end;) {
        while (p->spans[m->span].end <= at)
            m->span++;
        while (run + 1 < count && r->base_end + runs[run].end <= at)
            run++;
        uint32_t limit = r->base_end + runs[run].end;
        double before = m->at.width;
        maker_take(m, &at, limit < p->spans[m->span].end ? limit : p->spans[m->span].end, &runs[run]);
        if (p->spans[m->span].part == RUBY_UNSEEN)
            m->at.width = before;
        else
            pair->gap_pt = gap_of(&m->out->atoms[m->out->count - 1]);
    }
    pair->reading_end = m->out->count;
    pair->reading_pt = m->at.width;
}

void pairs_read(struct setter *s, const struct paragraph *p, struct atoms *out)
{
    if (!p->ruby_count)
        return;
    out->readings->count = out->readings->point_count = 0;
    struct maker m = {.setter = s, .paragraph = p, .out = out->readings, .whole = true};
    for (uint32_t i = 0; i < p->ruby_count; i++)
        if (out->pairs[i].above)
            read_pair(&m, &out->pairs[i]);
}

static void end_pair(struct maker *m, struct ruby_pair *pair)
{
    double base = m->at.width - pair->from_pt, wanted = pair->reading_pt + pair->gap_pt;
    pair->pad_pt = wanted > base ? (wanted - base) / 2 : 0;
    pair->width_pt = base + 2 * pair->pad_pt;
    m->at.width = pair->from_pt + pair->width_pt;
    m->ink = m->at;
    m->whole = false;
}

bool pair_at(struct maker *m, uint32_t *at)
{
    const struct span *span = &m->paragraph->spans[m->span];
    if (!pair_above(m->out, span))
        return false;
    struct ruby_pair *pair = &m->out->pairs[span->ruby->index];
    if (!m->whole)
        pair->from_pt = m->at.width;
    m->whole = *at < pair->ruby->base_end;
    if (m->whole)
        return false;
    end_pair(m, pair);
    *at = pair->ruby->end;
    return true;
}

bool pairs_give_up(const struct paragraph *p, struct atoms *atoms, double room_pt)
{
    bool any = false;
    for (uint32_t i = 0; i < p->ruby_count; i++)
        if (atoms->pairs[i].above && atoms->pairs[i].width_pt > room_pt) {
            atoms->pairs[i].above = false;
            any = true;
        }
    return any;
}
