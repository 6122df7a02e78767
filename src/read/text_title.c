/* The title, and a byline where one clearly stands. */
#include "base/utf8.h"
#include "read/text_names.h"
#include "read/text_parts.h"
#include "read/text_spot.h"

/* ---- bylines */

static size_t next_block(const struct text_parts *p, size_t i)
{
    while (i < p->block_count && (p->blocks[i].kind == BLOCK_CLUTTER || p->blocks[i].kind == BLOCK_RULE ||
                                  p->blocks[i].kind == BLOCK_GONE))
        i++;
    return i;
}

/* Does a paragraph near the end speak of the person ("Ann Poe is a lawyer")? */
static bool said_at_foot(const struct text_parts *p, struct text name)
{
    for (size_t i = p->block_count; i > 0 && i + 15 > p->block_count; i--) {
        struct text t = p->blocks[i - 1].text;
        bool starts = t.length > name.length + 2 && text_equal(text_slice(t, 0, name.length), name);
        if (starts && t.at[name.length] == ' ' && lower((unsigned char)t.at[name.length + 1]))
            return true;
    }
    return false;
}

static bool holds_nocase(struct text t, const char *word)
{
    size_t length = strlen(word);
    for (size_t at = 0; at + length <= t.length; at++)
        if (ascii_lower(t.at[at]) == ascii_lower(word[0]) &&
            text_is_nocase(text_slice(t, at, at + length), word))
            return true;
    return false;
}

/* Words of heads that stand above a text without coming back in it. */
static bool opens_text(const char *word)
{
    static const char *const words[] = {
        "and",      "&",       "abstract",     "background", "book",    "chapter", "context", "first",
        "foreword", "general", "introduction", "letter",     "note",    "notes",   "opening", "overview",
        "part",     "preface", "preliminary",  "prologue",   "remarks", "section", "summary", NULL};
    return among(text_of(word), words);
}

/* Do none of the words come back in a text that is long enough for a head's words to? */
static bool words_come_back_nowhere(const struct text_parts *p, size_t i)
{
    enum { LONG_TEXT = 6000 };
    struct text t = p->blocks[i].text, word;
    size_t bytes = 0;
    for (size_t k = i + 1; k < p->block_count; k++)
        bytes += p->blocks[k].text.length;
    if (bytes < LONG_TEXT)
        return false;
    bool told = false; /* not all in capitals, as heads may be */
    while (text_split(&t, ' ', &word)) {
        const char *w = text_copy(p->arena, word);
        if (opens_text(w))
            return false;
        for (size_t c = 0; c < word.length && word.length > 3; c++)
            told |= lower((unsigned char)w[c]);
        for (size_t k = 0; word.length > 3 && k < p->block_count; k++)
            if (k != i && p->blocks[k].kind != BLOCK_CLUTTER && holds_nocase(p->blocks[k].text, w))
                return false;
    }
    return told;
}

/* `I. Population` with a `II.` behind it is a head, and its I no initial; so is `A. Population` with a `B.`.
 */
static bool first_of_numbered(const struct text_parts *p, size_t i)
{
    const char *second = text_starts(p->blocks[i].text, "I. ")   ? "II. "
                         : text_starts(p->blocks[i].text, "A. ") ? "B. "
                                                                 : NULL;
    for (size_t k = i + 1; second && k < p->block_count; k++)
        if (text_starts(p->blocks[k].text, second))
            return true;
    return false;
}

/* A name without a "by": when it can be nothing else, or the text says so elsewhere. */
static bool take_name(struct text_parts *p, size_t i, bool dated)
{
    struct document *d = p->document;
    struct text t = p->blocks[i].text;
    size_t next = next_block(p, i + 1);
    if (d->meta.people || t.length > 80 || !names_parse(t) || count_words(t) < 2 || next >= p->block_count ||
        first_of_numbered(p, i))
        return false;
    return (dated || names_surely(t) || date_parse(d->arena, p->blocks[next].text) || said_at_foot(p, t) ||
            words_come_back_nowhere(p, i)) &&
           names_set(d, t);
}

/* ---- the title */

static bool titles(const struct text_parts *p, size_t i)
{
    const struct block *b = &p->blocks[i];
    int words = count_words(b->text);
    if (b->underline)
        return true;
    return b->text.length <= 300 && words <= 40 && b->lines <= 3 &&
           (words <= 12 || last_char(b->text) != '.') && b->marker.style != MARKER_BULLET &&
           !notes_head(b->text);
}

/* A journal's own line above an article's title. */
static bool names_issue(struct text t)
{
    static const char *const marks[] = {"doi.org/", "DOI:",    "doi:",  "ISSN",  " Vol. ", " vol. ",
                                        "https://", "http://", " Bd. ", " Jg. ", NULL};
    for (const char *const *m = marks; *m; m++)
        if (memmem(t.at, t.length, *m, strlen(*m)))
            return true;
    return false;
}

static bool all_capitals(struct text t)
{
    int letters = 0;
    for (size_t at = 0; at < t.length;) {
        uint32_t c = utf8_next(t, &at);
        if (lower(c))
            return false;
        letters += upper(c);
    }
    return letters >= 3;
}

static void drop_repeats(struct text_parts *p, size_t title)
{
    struct text t = p->blocks[title].text;
    for (size_t i = title + 1; i < p->block_count; i++) {
        struct block *b = &p->blocks[i];
        bool edge = i <= title + 3 || i + 6 > p->block_count;
        if (edge && b->kind == BLOCK_PARAGRAPH && text_equal(b->text, t))
            b->kind = BLOCK_CLUTTER;
    }
}

/* Does the title go on in the line right below it, with an empty line behind? */
static bool goes_on_below(const struct text_parts *p, size_t i)
{
    if (i + 2 >= p->block_count || p->blocks[i].underline)
        return false;
    const struct block *b = &p->blocks[i], *n = b + 1;
    struct text last = b->text;
    for (size_t at = 0; (at = text_find(b->text, ' ', at)) < b->text.length; at++)
        last = text_slice(b->text, at + 1, b->text.length);
    bool open =
        word_leads(last) || (all_capitals(b->text) && all_capitals(n->text) && !names_surely(n->text));
    return open && n->kind == BLOCK_PARAGRAPH && n->blanks == 0 && n[1].blanks > 0 &&
           count_words(n->text) <= 12 && !sentence_end(n->text) && !says_by(n->text) &&
           !says_date(p->document, n->text) && !n->underline && n->marker.style == MARKER_NONE;
}

static void join_title(struct text_parts *p, size_t i)
{
    struct block *b = &p->blocks[i], *n = b + 1;
    b->text = text_of(arena_printf(p->arena, "%.*s %.*s", (int)b->text.length, b->text.at,
                                   (int)n->text.length, n->text.at));
    n->kind = BLOCK_GONE;
}

static void take_title(struct text_parts *p, size_t i)
{
    if (goes_on_below(p, i))
        join_title(p, i);
    struct document *d = p->document;
    struct block *b = &p->blocks[i];
    struct text t = b->text;
    while (text_starts(t, "#"))
        t = trim_wide(text_slice(t, 1, t.length));
    if (text_starts(t, "Title: "))
        t = trim_wide(text_slice(t, 7, t.length));
    b->kind = BLOCK_TITLE;
    if (!d->meta.title)
        meta_set(d, "title", t);
    struct place where = block_start(p, i);
    report_add(d->report, "title", &where, t, "title", b->underline ? 1 : 0.95);
    drop_repeats(p, i);
}

/* The line between the title and a byline is the subtitle. */
static void take_subtitle(struct text_parts *p, size_t title, size_t byline)
{
    struct document *d = p->document;
    size_t i = next_block(p, title + 1);
    struct block *b = &p->blocks[i];
    if (next_block(p, i + 1) != byline || b->kind != BLOCK_PARAGRAPH || d->meta.subtitle ||
        last_char(b->text) == '.')
        return;
    b->kind = BLOCK_BYLINE;
    meta_set(d, "subtitle", b->text);
    struct place where = block_start(p, i);
    report_add(d->report, "subtitle", &where, b->text, "subtitle", 0.7);
}

/* Author and date in the four lines below the title. */
static void take_below(struct text_parts *p, size_t title)
{
    struct document *d = p->document;
    size_t i = next_block(p, title + 1);
    bool dated = false;
    for (int k = 0; k < 4 && i < p->block_count; k++) {
        struct block *b = &p->blocks[i];
        int words = count_words(b->text);
        if (b->kind != BLOCK_PARAGRAPH || words > 24 || (words > 8 && last_char(b->text) == '.'))
            return;
        size_t then = next_block(p, i + 1);
        struct text behind = then < p->block_count ? p->blocks[then].text : TEXT("");
        if (text_take_bylines(d, b->text, behind) || take_name(p, i, dated)) {
            b->kind = BLOCK_BYLINE;
            dated = d->meta.date != NULL;
            struct place where = block_start(p, i);
            report_add(d->report, "byline", &where, b->text, "author and date", 0.9);
            take_subtitle(p, title, i);
        }
        i = then;
    }
}

/* ---- a title below a menu: many short lines, and then a byline and a date below a longer line or two */

enum { MENU_LINES = 4, TOP_LINES = 60, TITLE_WORDS = 3 };

static bool dates_line(const struct text_parts *p, size_t i)
{
    return p->blocks[i].kind == BLOCK_PARAGRAPH && says_date(p->document, p->blocks[i].text);
}

static bool menu_line(const struct text_parts *p, size_t i)
{
    const struct block *b = &p->blocks[i];
    return b->kind == BLOCK_CLUTTER || (b->kind == BLOCK_PARAGRAPH && count_words(b->text) <= 4);
}

/* The block of the title; `from` when nothing speaks for a menu above it. */
static size_t below_menu(struct text_parts *p, size_t from)
{
    size_t date = from, title = from, lines = 0;
    while (date < p->block_count && date < from + TOP_LINES && p->blocks[date].text.length < 300 &&
           !dates_line(p, date))
        date++;
    if (date >= p->block_count || date >= from + TOP_LINES || !dates_line(p, date))
        return from;
    size_t above = date;
    while (above > from && (p->blocks[above - 1].kind == BLOCK_CLUTTER ||
                            says_by(p->blocks[above - 1].text) || names_surely(p->blocks[above - 1].text)))
        above--;
    for (int k = 0; k < 2 && above > from && p->blocks[above - 1].kind == BLOCK_PARAGRAPH &&
                    count_words(p->blocks[above - 1].text) >= TITLE_WORDS;
         k++)
        title = --above;
    for (size_t i = from; i < title; i++)
        lines += menu_line(p, i);
    size_t above_bytes = 0, all = 0;
    for (size_t i = from; i < p->block_count; i++) {
        all += p->blocks[i].text.length;
        above_bytes += i < title ? p->blocks[i].text.length : 0;
    }
    bool menu =
        title > from && lines >= MENU_LINES && lines * 10 >= (title - from) * 8 && above_bytes * 5 < all;
    for (size_t i = from; i < title && menu; i++)
        if (p->blocks[i].kind == BLOCK_PARAGRAPH)
            p->blocks[i].kind = BLOCK_CLUTTER;
    return menu ? title : from;
}

/* ---- a title that comes twice: the page's name and a button or two stand between */

/* The block where the line at `from` comes again, with nothing but menu lines between; else `from`. */
static size_t comes_again(const struct text_parts *p, size_t from)
{
    enum { BETWEEN = 10 };
    for (size_t i = next_block(p, from + 1); i < p->block_count && i <= from + BETWEEN; i++) {
        const struct block *b = &p->blocks[i];
        if (b->kind == BLOCK_PARAGRAPH && i > from + 1 && text_equal(b->text, p->blocks[from].text))
            return i;
        if (!menu_line(p, i) || b->marker.number || b->underline)
            return from;
    }
    return from;
}

/* What kind of text it is, above its title. */
static bool names_kind(struct text t)
{
    static const char *const kinds[] = {"report",
                                        "reports",
                                        "research report",
                                        "essay",
                                        "essays",
                                        "article",
                                        "articles",
                                        "commentary",
                                        "opinion",
                                        "analysis",
                                        "feature",
                                        "features",
                                        "long read",
                                        "the long read",
                                        "blog post",
                                        "policy brief",
                                        "brief",
                                        "briefing",
                                        "issue brief",
                                        "working paper",
                                        "research paper",
                                        "white paper",
                                        "publication",
                                        "publications",
                                        "interview",
                                        "book review",
                                        "op-ed",
                                        "testimony",
                                        "fact sheet",
                                        "case study",
                                        "perspective",
                                        "perspectives",
                                        "news",
                                        "press release",
                                        "explainer",
                                        "insights",
                                        "reportage",
                                        "kommentar",
                                        "bericht",
                                        "meinung",
                                        "opinión",
                                        "tribune",
                                        NULL};
    return among(t, kinds);
}

/* The block below what only says of which kind the text is: `Report`, and then its title. */
static size_t below_kind(const struct text_parts *p, size_t i)
{
    size_t next = next_block(p, i + 1);
    if (i >= p->block_count || next >= p->block_count || p->blocks[i].underline ||
        !names_kind(p->blocks[i].text))
        return i;
    const struct block *b = &p->blocks[next];
    bool title = b->kind == BLOCK_PARAGRAPH && titles(p, next) && count_words(b->text) >= TITLE_WORDS &&
                 count_words(b->text) <= 20 && !sentence_end(b->text) && !says_by(b->text) &&
                 !says_date(p->document, b->text) && b->marker.style == MARKER_NONE;
    return title ? next : i;
}

static void drop_up_to(struct text_parts *p, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (p->blocks[i].kind == BLOCK_PARAGRAPH)
            p->blocks[i].kind = BLOCK_CLUTTER;
}

void text_title(struct text_parts *p)
{
    size_t i = next_block(p, 0);
    for (int k = 0; k < 3 && i < p->block_count && names_issue(p->blocks[i].text); k++)
        i = next_block(p, i + 1);
    i = below_menu(p, i);
    if (i < p->block_count) {
        size_t title = comes_again(p, i);
        title = title > i ? title : below_kind(p, i);
        drop_up_to(p, i, title);
        i = title;
    }
    for (int k = 0; k < 2 && i < p->block_count && says_date(p->document, p->blocks[i].text); k++) {
        text_take_byline(p->document, p->blocks[i].text); /* the day stands above the title */
        p->blocks[i].kind = BLOCK_BYLINE;
        i = next_block(p, i + 1);
    }
    if (i >= p->block_count || !titles(p, i) || next_block(p, i + 1) >= p->block_count)
        return;
    take_title(p, i);
    take_below(p, i);
}
