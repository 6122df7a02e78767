/* Pages: text copied out of a PDF brings along the running heads and folios, in the midst of its sentences,
 * and the notes at the pages' feet. What comes back with rising numbers and now and then parts a sentence is
 * no text: it goes, the sentence is whole again, and the notes between its halves come behind its paragraph.
 */
#include "base/utf8.h"
#include "document/report.h"
#include "read/text_parts.h"

enum {
    LINES_APART = 8, /* at least, on two pages */
    HEAD_WORDS = 12,
    HEAD_WIDTH = 100,
    NOTES_LINES = 60 /* at a page's foot, at most */
};

/* Lines that say the same but for their numbers. */
struct family {
    size_t count, parts_sentence, latest, beside; /* `beside`: another that goes */
    int number, words;
    bool rises, counted, leaps; /* `leaps`: leaves more than one number out */
};

/* A line that may be a page's head or number. */
struct page_line {
    struct family *family;
    struct text says;
    int number; /* 0: none */
    bool goes;
};

struct pages {
    struct text_parts *p;
    struct page_line *of; /* each line */
    struct hash *families;
    struct line *lines; /* without what goes */
    size_t count;
    struct line *held; /* notes that stood between the halves of a sentence */
    size_t held_count, held_behind, looked;
    enum marker_style held_style;
    int held_last;
};

static bool dresses_number(char c)
{
    return c == ' ' || c == '|' || c == '-' || c == '\t';
}

static struct text undressed(struct text t)
{
    static const char *const signs[] = {"—", "–", "·", "•", NULL};
    for (bool more = true; more;) {
        size_t before = t.length;
        while (t.length && dresses_number(t.at[0]))
            t = text_slice(t, 1, t.length);
        while (t.length && dresses_number(t.at[t.length - 1]))
            t.length--;
        for (const char *const *s = signs; *s; s++) {
            if (text_starts(t, *s))
                t = text_slice(t, strlen(*s), t.length);
            if (text_ends(t, *s))
                t.length -= strlen(*s);
        }
        more = t.length < before;
    }
    return t;
}

/* Takes a number of up to four digits off one end of the line, `at_end` or at its start; 0 when none stands
 * there by itself. */
static int take_number(struct text *t, bool at_end)
{
    size_t digits = 0;
    int n = 0;
    while (digits < t->length && ascii_digit(t->at[at_end ? t->length - 1 - digits : digits]))
        digits++;
    if (!digits || digits > 4)
        return 0;
    size_t from = at_end ? t->length - digits : 0;
    struct text rest = at_end ? text_slice(*t, 0, from) : text_slice(*t, digits, t->length);
    if (rest.length && !dresses_number(at_end ? rest.at[rest.length - 1] : rest.at[0]))
        return 0;
    for (size_t i = from; i < from + digits; i++)
        n = n * 10 + (t->at[i] - '0');
    *t = undressed(rest);
    return n;
}

/* `Page 3 of 12`. */
static int page_of(struct text *t)
{
    struct text all = *t;
    if (!text_starts(all, "Page ") && !text_starts(all, "page ") && !text_starts(all, "Seite "))
        return 0;
    size_t from = text_find(all, ' ', 0) + 1, end = text_find(all, ' ', from);
    struct text number = text_slice(all, from, end);
    struct text behind = undressed(text_slice(all, end, all.length));
    int n = take_number(&number, false);
    bool of = !behind.length || text_starts(behind, "of ") || text_starts(behind, "von ") ||
              text_starts(behind, "/ ");
    if (!n || number.length || !of || count_words(behind) > 2)
        return 0;
    *t = TEXT("Page");
    return n;
}

static bool may_head_page(const struct line *l, struct page_line *x)
{
    struct marker m = marker_parse(l->body);
    if (!l->body.length || l->width > HEAD_WIDTH || l->body.at[0] == '#' || notes_head(l->body) ||
        sources_head(l->body) || note_text_end(l->body, false) < l->body.length || l->quote ||
        text_find(l->body, '\t', 0) < l->body.length ||
        (m.style != MARKER_NONE && m.style != MARKER_BARE && m.style != MARKER_BULLET))
        return false;
    x->says = undressed(l->body);
    x->number = page_of(&x->says);
    if (!x->number)
        x->number = take_number(&x->says, true);
    if (!x->number)
        x->number = take_number(&x->says, false);
    int words = count_words(x->says);
    for (size_t at = 0; at < x->says.length; at++)
        if (ascii_digit(x->says.at[at]))
            return false; /* "p. 197" cites */
    return words <= HEAD_WORDS && !sentence_end(x->says) && !text_ends(x->says, ",") &&
           (words == 0 ? x->number > 0 : upper(first_char(x->says)));
}

/* The next line of text, a few lines of the page passed over; the count of lines when none is near. */
static size_t next_line(const struct pages *g, size_t i)
{
    enum { LOOK_AHEAD = 12 };
    const struct line *lines = g->p->lines;
    for (size_t k = i + 1; k < g->p->line_count && k <= i + LOOK_AHEAD; k++)
        if (lines[k].body.length && !(g->of[k].family && (g->of[k].number || g->of[k].family->count > 1)))
            return k;
    return g->p->line_count;
}

static bool begins_low(struct text t)
{
    size_t at = 0;
    return lower(char_at(t, &at));
}

static struct family *family_of(struct pages *g, const struct page_line *x)
{
    const char *key = lowered_words(g->p->arena, x->says);
    struct text named = text_of(arena_printf(g->p->arena, "%c%s", x->number ? '#' : ' ', key));
    struct family *f = hash_find(g->families, named);
    if (!f) {
        f = arena_alloc(g->p->arena, sizeof *f);
        *f = (struct family){.rises = true, .counted = x->number > 0, .words = count_words(x->says)};
        hash_put(g->families, named, f);
    }
    return f;
}

/* Does an empty line, or nothing, stand before line `i` and behind it? */
static bool stands_apart(const struct pages *g, size_t i)
{
    const struct line *l = &g->p->lines[i];
    return (i == 0 || !l[-1].body.length) && (i + 1 >= g->p->line_count || !l[1].body.length);
}

/* Does line `i` part a sentence? One that itself goes on in the line below, as a citation does, heads no
 * page. */
static void look_around(struct pages *g, size_t i)
{
    const struct line *lines = g->p->lines;
    size_t next = next_line(g, i), before = i;
    if (next >= g->p->line_count || !begins_low(lines[next].body))
        return;
    while (before > 0 && !lines[before - 1].body.length)
        before--;
    bool open = before > 0 && !sentence_end(lines[before - 1].body);
    struct family *f = g->of[i].family;
    f->parts_sentence += open || (f->counted && f->words > 0); /* notes may stand between */
    f->rises &= (open && before == i) || stands_apart(g, i);
}

static void find_families(struct pages *g)
{
    for (size_t i = 0; i < g->p->line_count; i++) {
        struct page_line *x = &g->of[i];
        if (!may_head_page(&g->p->lines[i], x))
            continue;
        struct family *f = x->family = family_of(g, x);
        f->rises &= !f->count || (i >= f->latest + LINES_APART && (!f->counted || x->number > f->number));
        f->leaps |= f->count && x->number > f->number + 2;
        f->number = x->number;
        f->latest = i;
        f->count++;
    }
    for (size_t i = 0; i < g->p->line_count; i++)
        if (g->of[i].family)
            look_around(g, i);
}

/* Do its lines head pages? A head of the text itself is never followed by the second half of a sentence. */
static bool heads_pages(const struct family *f)
{
    size_t least = f->counted && f->words >= 2 ? 2 : 3;
    bool counts = f->counted && !f->leaps && f->count >= 3 && f->parts_sentence > 0;
    return f->rises && f->count >= least && (counts || f->parts_sentence * 3 >= f->count) &&
           (f->counted || f->words >= 2);
}

/* A line of which there is only one, between two of the others and counted with them: the other page's head.
 */
static bool counts_along(const struct pages *g, size_t i, int before, int after)
{
    const struct page_line *x = &g->of[i];
    if (!x->family || !x->family->words || x->number <= before || x->number >= after || !stands_apart(g, i))
        return false;
    struct text rest = x->says, word;
    while (text_split(&rest, ' ', &word))
        if (count_chars(word) >= 4 && lower(first_char(word)))
            return false;
    return true;
}

/* Is the nearest line above or below one that goes? */
static bool beside_page_line(const struct pages *g, size_t i)
{
    size_t above = i, below = i + 1;
    while (above > 0 && !g->p->lines[above - 1].body.length)
        above--;
    while (below < g->p->line_count && !g->p->lines[below].body.length)
        below++;
    return (above > 0 && g->of[above - 1].goes) || (below < g->p->line_count && g->of[below].goes);
}

static bool mark_lines(struct pages *g)
{
    bool any = false;
    for (size_t i = 0; i < g->p->line_count; i++)
        any |= g->of[i].goes = g->of[i].family && heads_pages(g->of[i].family);
    int after = 0;
    int *next = arena_array(g->p->arena, g->p->line_count + 1, sizeof *next);
    for (size_t i = g->p->line_count; any && i > 0; i--) {
        next[i - 1] = after;
        after = g->of[i - 1].goes && g->of[i - 1].number ? g->of[i - 1].number : after;
    }
    int before = 0;
    for (size_t i = 0; any && i < g->p->line_count; i++) {
        if (before && !g->of[i].goes)
            g->of[i].goes = counts_along(g, i, before, next[i]);
        before = g->of[i].goes && g->of[i].number ? g->of[i].number : before;
    }
    for (size_t i = 0; any && i < g->p->line_count; i++)
        if (g->of[i].family && !g->of[i].family->counted && g->of[i].family->words >= 2)
            g->of[i].family->beside += beside_page_line(g, i);
    for (size_t i = 0; any && i < g->p->line_count; i++) {
        const struct family *f = g->of[i].family;
        /* The title says the same and stays. */
        g->of[i].goes |= f && f->beside >= 2 && f->beside + 1 >= f->count && beside_page_line(g, i);
    }
    return any;
}

/* ---- the text without them */

static void tell(struct pages *g, size_t i)
{
    const struct line *l = &g->p->lines[i];
    struct document *d = g->p->document;
    struct place where = {d->source_name, l->number, l->lead + 1};
    message(d->messages, SEVERITY_NOTE, "text.clutter", &where,
            "Left out “%.*s”, which belongs to the page and not to the text.", (int)l->body.length,
            l->body.at);
    report_add(d->report, "clutter", &where, l->body, "left out: a page's head or number", 0.9);
}

static void push(struct pages *g, struct line l)
{
    g->lines[g->count++] = l;
}

static struct line blank(int number)
{
    return (struct line){.body = TEXT(""), .number = number};
}

/* Where the notes begin that stand at the end of the lines so far, behind half a sentence; else their count.
 */
static size_t notes_at_foot(const struct pages *g)
{
    size_t best = g->count;
    for (size_t i = g->count; i > 1 && g->count - i < NOTES_LINES; i--) {
        const struct line *l = &g->lines[i - 1];
        size_t before = i - 1;
        struct marker m = l->body.length ? marker_parse(l->body) : (struct marker){0};
        if (!m.number || m.alone)
            continue;
        while (before > 0 && !g->lines[before - 1].body.length)
            before--;
        if (before == 0)
            return best;
        struct text above = g->lines[before - 1].body;
        if (!sentence_end(above) && last_char(above) != ':' && !marker_parse(above).number)
            return i - 1;
    }
    return best;
}

/* Behind the last line of the paragraph that goes on at line `i`. */
static size_t paragraph_end(const struct pages *g, size_t i)
{
    int widest = 0;
    for (; i < g->p->line_count && g->p->lines[i].body.length && !g->of[i].goes; i++) {
        const struct line *l = &g->p->lines[i];
        widest = l->width > widest ? l->width : widest;
        if (sentence_end(l->body) && l->width * 10 < widest * 8)
            return i + 1;
    }
    return i;
}

/* Puts the notes that are held before the line `at`. */
static void place_held(struct pages *g, size_t at)
{
    size_t held = g->held_count, gap = at > 0 && g->lines[at - 1].body.length;
    memmove(g->lines + at + held + gap + 1, g->lines + at, (g->count - at) * sizeof *g->lines);
    if (gap)
        g->lines[at] = blank(g->held[0].number);
    memcpy(g->lines + at + gap, g->held, held * sizeof *g->lines);
    g->lines[at + gap + held] = blank(g->held[held - 1].number);
    g->count += held + gap + 1;
    g->held_count = 0;
}

/* Notes that are held come before the next ones that go on counting, so that they stand behind their calls
 * and those of no other; where each page counts anew, or none follow, behind the paragraph that they parted.
 */
static void look_for_next_notes(struct pages *g, bool end)
{
    if (!g->held_count)
        return;
    for (; g->looked < g->count; g->looked++) {
        const struct line *l = &g->lines[g->looked];
        struct marker m = l->body.length ? marker_parse(l->body) : (struct marker){0};
        if (m.style != g->held_style || (m.number != g->held_last + 1 && m.number != 1))
            continue;
        place_held(g, m.number == 1 ? g->held_behind : g->looked);
        return;
    }
    if (end)
        place_held(g, g->held_behind);
}

static void hold(struct pages *g, size_t from)
{
    g->held_count = g->count - from;
    g->held = arena_array(g->p->arena, g->held_count, sizeof *g->held);
    memcpy(g->held, g->lines + from, g->held_count * sizeof *g->held);
    g->held_style = marker_parse(g->held[0].body).style;
    g->held_last = 0;
    for (size_t i = 0; i < g->held_count; i++) {
        struct marker m = g->held[i].body.length ? marker_parse(g->held[i].body) : (struct marker){0};
        if (m.style == g->held_style && m.number == (g->held_last ? g->held_last + 1 : m.number))
            g->held_last = m.number;
    }
    g->count = from;
}

/* Puts the second half of a sentence, which goes on at line `i`, behind the first; gives the line behind it.
 */
static size_t join(struct pages *g, size_t i)
{
    size_t notes = notes_at_foot(g), end = paragraph_end(g, i);
    if (notes == g->count || g->held_count)
        return i;
    hold(g, notes);
    while (g->count > 0 && !g->lines[g->count - 1].body.length)
        g->count--;
    for (; i < end; i++)
        push(g, g->p->lines[i]);
    push(g, blank(g->p->lines[end - 1].number));
    g->held_behind = g->looked = g->count;
    return end;
}

void text_pages(struct text_parts *p)
{
    struct pages g = {.p = p, .families = hash_new(p->arena)};
    g.of = arena_array(p->arena, p->line_count + 1, sizeof *g.of);
    find_families(&g);
    if (!mark_lines(&g))
        return;
    /* Each line once, and two empty ones beside the notes of each page that has some. */
    g.lines = arena_array(p->arena, 3 * p->line_count + 2, sizeof *g.lines);
    for (size_t i = 0; i < p->line_count;) {
        if (!g.of[i].goes) {
            push(&g, p->lines[i++]);
            continue;
        }
        bool parted = i > 0 && !p->lines[i - 1].body.length;
        for (; i < p->line_count && (g.of[i].goes || !p->lines[i].body.length); i++) {
            parted |= !p->lines[i].body.length;
            if (g.of[i].goes)
                tell(&g, i);
        }
        while (g.count > 0 && !g.lines[g.count - 1].body.length)
            g.count--;
        look_for_next_notes(&g, false);
        if (i < p->line_count && g.count > 0 && begins_low(p->lines[i].body))
            i = join(&g, i);
        else if (parted && i < p->line_count)
            push(&g, blank(p->lines[i].number));
    }
    look_for_next_notes(&g, true);
    p->lines = g.lines;
    p->line_count = g.count;
}
