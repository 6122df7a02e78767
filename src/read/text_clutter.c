/* What a web page puts around its text, and copying brings along. A line goes when it says one of the things
 * of the table, at the text's edge or anywhere; when it is made of the names of networks; when it is a
 * breadcrumb; or when it stands among lines that go. Each is named to the user. */
#include "read/text_parts.h"
#include "read/text_sayings.h"

static const char *const networks[] = {
    "facebook", "twitter", "linkedin", "whatsapp",  "reddit", "pinterest", "instagram", "youtube", "telegram",
    "tumblr",   "bluesky", "mastodon", "flipboard", "tiktok", "xing",      "messenger", "threads", "pocket",
    "vk",       "weibo",   "wechat",   "snapchat",  "github", "vimeo",     NULL};
static const char *const beside_networks[] = {
    "x",    "email", "e-mail", "mail", "print", "share", "tweet",  "copy",    "link",
    "sms",  "pin",   "save",   "on",   "by",    "via",   "this",   "to",      "rss",
    "post", "like",  "follow", "us",   "and",   "more",  "teilen", "drucken", NULL};

/* Every word the name of a network or one that goes with such; at least one a network. */
static bool all_networks(struct text t, bool edge)
{
    struct text word;
    int named = 0, words = 0;
    while (text_split(&t, ' ', &word)) {
        while (word.length && strchr(",|/·•:()", word.at[word.length - 1]))
            word.length--;
        if (!word.length || (word.length == 2 && (word.at[0] & 0x80)) ||
            (word.length == 1 && !ascii_alpha(word.at[0])))
            continue;
        words++;
        if (among(word, networks))
            named++;
        else if (!among(word, beside_networks))
            return false;
    }
    return named > 0 && (words >= 2 || edge);
}

/* And `1,204 views`, `3 comments`. */
static bool counts(const char *line, int words, bool edge)
{
    static const char *const things[] = {" views", " comments",  " comment",  " shares", " likes",
                                         " claps", " responses", " restacks", " like",   NULL};
    if (words <= 8 && text_reading_time(line))
        return true;
    for (const char *const *t = things; *t && edge && words <= 3 && ascii_digit(line[0]); t++)
        if (strlen(line) > strlen(*t) && strcmp(line + strlen(line) - strlen(*t), *t) == 0)
            return true;
    return false;
}

/* `Home › Essays › History`. */
static bool breadcrumb(struct text t, const char *line)
{
    static const char *const separators[] = {" › ", " » ", " > ", " → ", " / ", " | ", " · ", " • ", NULL};
    static const char *const homes[] = {"home",   "start",        "startseite", "accueil",
                                        "inicio", "you are here", "homepage",   NULL};
    for (const char *const *s = separators; *s; s++) {
        const char *hit = strstr(line, *s);
        if (!hit)
            continue;
        struct text first = {line, (size_t)(hit - line)};
        bool pointed = s - separators < 4;
        int parts = 1;
        for (; hit; hit = strstr(hit + 1, *s))
            parts++;
        int words = count_words(t);
        if (among(first, homes) || (pointed && parts >= 3 && words <= parts * 4) ||
            (parts >= 4 && words <= parts * 3))
            return true;
    }
    return false;
}

/* Does it end as a sentence of prose does? "Loading..." doesn't. */
static bool closed(struct text t)
{
    size_t at = t.length;
    uint32_t c = char_before(t, &at);
    while (closing_quote(c) || c == ')')
        c = char_before(t, &at);
    return c == '!' || c == '?' || (c == '.' && char_before(t, &at) != '.');
}

static bool is_clutter(struct text_parts *p, const struct block *b, bool top, bool foot)
{
    int words = count_words(b->text);
    bool numbered = b->marker.number && b->marker.style != MARKER_BARE && b->marker.style != MARKER_GLUED;
    if (words > 90 || b->text.length > 900 || numbered || b->underline)
        return false;
    char *line = lowered_words(p->arena, b->text);
    size_t length = strlen(line);
    if (page_says(&(struct said){line, length, words, top, foot, closed(b->text)}))
        return !says_by(b->text);
    struct text low = {line, length};
    return (words <= 14 && (top || foot) && all_networks(low, true)) ||
           (!says_by(b->text) && (words <= 5 || !closed(b->text)) && counts(line, words, top || foot) &&
            !says_date(p->document, b->text)) ||
           ((top || foot) && words <= 24 && breadcrumb(low, line));
}

/* ---- edges: before the first long paragraph, behind the last long or numbered one */

/* How long a paragraph of this text must be to be one of its body: 200 bytes, less where it has few such. */
static size_t body_length(const struct text_parts *p)
{
    size_t long_ones = 0, middling = 0;
    for (size_t i = 0; i < p->block_count; i++) {
        long_ones += p->blocks[i].text.length >= 200;
        middling += p->blocks[i].text.length >= 110;
    }
    return long_ones >= 3 ? 200 : long_ones + middling >= 2 ? 110 : 60;
}

static bool body(struct text_parts *p, const struct block *b, size_t least)
{
    return b->text.length >= least && b->kind != BLOCK_CLUTTER && !is_clutter(p, b, true, true);
}

/* `1400 Bay Street`: no note has such a number without a mark behind it. */
static bool numbers_house(const struct block *b)
{
    return b->marker.style == MARKER_BARE && b->marker.number >= 1000 && !b->marker.alone;
}

static void find_edges(struct text_parts *p, size_t *top, size_t *foot)
{
    size_t least = body_length(p);
    *top = 0;
    while (*top < p->block_count && !body(p, &p->blocks[*top], least))
        ++*top;
    *foot = p->block_count;
    while (*foot > *top && !body(p, &p->blocks[*foot - 1], least) &&
           (p->blocks[*foot - 1].marker.style == MARKER_NONE || p->blocks[*foot - 1].kind == BLOCK_CLUTTER ||
            numbers_house(&p->blocks[*foot - 1]) || is_clutter(p, &p->blocks[*foot - 1], true, true)))
        --*foot;
}

/* The lines behind a head of links, down to notes or a numbered line. */
static void drop_related(struct text_parts *p, size_t i)
{
    for (; i < p->block_count; i++) {
        struct block *b = &p->blocks[i];
        if (notes_head(b->text) || sources_head(b->text) || b->marker.number || count_words(b->text) > 25 ||
            b->underline)
            return;
        if (b->kind == BLOCK_PARAGRAPH)
            b->kind = BLOCK_CLUTTER;
    }
}

/* Short lines without an empty one between, among lines that go: the rest of a menu. */
static void drop_between(struct text_parts *p, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        struct block *b = &p->blocks[i];
        size_t end = i;
        while (end < to && p->blocks[end].kind == BLOCK_PARAGRAPH && count_words(p->blocks[end].text) <= 4 &&
               p->blocks[end].blanks == 0 && !p->blocks[end].marker.number &&
               !sentence_end(p->blocks[end].text))
            end++;
        bool within = i > from && b[-1].kind == BLOCK_CLUTTER && end < to && end > i &&
                      p->blocks[end].kind == BLOCK_CLUTTER && p->blocks[end].blanks == 0;
        for (size_t k = i; within && k < end; k++)
            p->blocks[k].kind = BLOCK_CLUTTER;
        i = end > i ? end - 1 : i;
    }
}

/* ---- e-texts of Project Gutenberg say where their text starts and ends */

static void drop_e_text_frame(struct text_parts *p)
{
    for (size_t i = 0; i < p->block_count; i++) {
        struct text t = p->blocks[i].text;
        bool start = text_starts(t, "*** START OF") || text_starts(t, "***START OF");
        bool end = text_starts(t, "*** END OF") || text_starts(t, "***END OF");
        if (!start && !end)
            continue;
        size_t from = start ? 0 : i, to = start ? i + 1 : p->block_count;
        for (size_t k = from; k < to; k++) {
            struct block *b = &p->blocks[k];
            for (size_t l = b->line; start && l < b->line + b->lines; l++) {
                struct text line = p->lines[l].body;
                if (text_starts(line, "Title: "))
                    meta_set(p->document, "title", text_slice(line, 7, line.length));
                if (text_starts(line, "Author: "))
                    meta_set(p->document, "author", text_slice(line, 8, line.length));
            }
            b->kind = BLOCK_CLUTTER;
        }
    }
}

/* Above the text, how often it was liked and shared: bare numbers right above a button. */
static bool counts_button(const struct text_parts *p, size_t i)
{
    size_t k = i;
    while (k < p->block_count && k < i + 4 && p->blocks[k].marker.style == MARKER_BARE &&
           p->blocks[k].marker.alone)
        k++;
    return k > i && k < p->block_count && p->blocks[k].kind == BLOCK_CLUTTER;
}

/* The names of networks in the midst of the text: buttons only behind another line that goes. */
static bool beside_clutter(struct text_parts *p, size_t i)
{
    const struct block *b = &p->blocks[i];
    return i > 0 && b[-1].kind == BLOCK_CLUTTER && count_words(b->text) <= 14 &&
           all_networks(text_of(lowered_words(p->arena, b->text)), true);
}

void text_clutter(struct text_parts *p)
{
    size_t top, foot;
    drop_e_text_frame(p);
    text_comments(p);
    text_contents(p);
    find_edges(p, &top, &foot);
    for (size_t i = 0; i < p->block_count; i++) {
        struct block *b = &p->blocks[i];
        if (b->kind != BLOCK_PARAGRAPH)
            continue;
        if (text_trim(b->text).length < 60 && heads_links(text_of(lowered_words(p->arena, b->text))) &&
            (i < top || i >= foot)) {
            b->kind = BLOCK_CLUTTER;
            if (i >= foot)
                drop_related(p, i + 1);
        } else if (is_clutter(p, b, i < top, i >= foot) || beside_clutter(p, i)) {
            b->kind = BLOCK_CLUTTER;
        }
    }
    for (size_t i = 0; i < top; i++)
        if (p->blocks[i].kind == BLOCK_PARAGRAPH && counts_button(p, i))
            p->blocks[i].kind = BLOCK_CLUTTER;
    drop_between(p, 0, top);
    drop_between(p, foot, p->block_count);
}
