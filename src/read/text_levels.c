/* The levels of heads: which of the ways to write a head in this text stand above which. */
#include "read/text_parts.h"

static size_t next_text(const struct text_parts *p, size_t i)
{
    while (i < p->block_count && (p->blocks[i].kind == BLOCK_CLUTTER || p->blocks[i].kind == BLOCK_BYLINE))
        i++;
    return i;
}

static bool opens_or_closes(struct text t)
{
    static const char *const names[] = {"introduction",
                                        "preface",
                                        "foreword",
                                        "prologue",
                                        "epilogue",
                                        "conclusion",
                                        "conclusions",
                                        "afterword",
                                        "acknowledgements",
                                        "acknowledgments",
                                        "bibliography",
                                        "appendix",
                                        "glossary",
                                        "index",
                                        "abstract",
                                        "summary",
                                        "einleitung",
                                        "vorwort",
                                        "nachwort",
                                        "schluss",
                                        "fazit",
                                        "literatur",
                                        "avant-propos",
                                        "préface",
                                        "postface",
                                        "introducción",
                                        "conclusión",
                                        "introduzione",
                                        "conclusione",
                                        "prefazione",
                                        "dedication",
                                        "about the author",
                                        "references",
                                        "works cited",
                                        NULL};
    return among(t, names);
}

/* Heads without a number that stand before the first or behind the last of those with one, never between, are
 * no parts of these: "Introduction", "1. …", "2. …", "What is left". */
static void level_with_numbered(const struct text_parts *p, int rank[HEAD_STYLES],
                                const int count[HEAD_STYLES])
{
    size_t first = p->block_count, last = 0;
    int depth = 6;
    for (size_t i = 0; i < p->block_count; i++) {
        const struct block *b = &p->blocks[i];
        if (b->kind == BLOCK_HEAD && b->head == HEAD_NUMBERED) {
            first = i < first ? i : first;
            last = i;
            depth = b->depth < depth ? b->depth : depth;
        }
    }
    for (int s = HEAD_CAPITALS; s < HEAD_STYLES && count[HEAD_NUMBERED] >= 2 && depth == 1; s++) {
        bool between = s == HEAD_ROMAN || s == HEAD_NUMBERED || !count[s];
        for (size_t i = first; i < last && !between; i++)
            between = p->blocks[i].kind == BLOCK_HEAD && (int)p->blocks[i].head == s;
        if (between)
            continue;
        int lower = rank[s] < rank[HEAD_NUMBERED] ? rank[s] : rank[HEAD_NUMBERED];
        rank[s] = rank[HEAD_NUMBERED] = lower;
    }
}

/* The rank of each style in this text: fixed for those that say it, else by which comes first. */
static int rank_styles(struct text_parts *p, int rank[HEAD_STYLES], int count[HEAD_STYLES])
{
    size_t first[HEAD_STYLES];
    for (int s = 0; s < HEAD_STYLES; s++) {
        first[s] = p->block_count;
        rank[s] = count[s] = 0;
    }
    for (size_t i = 0; i < p->block_count; i++) {
        const struct block *b = &p->blocks[i];
        if (b->kind != BLOCK_HEAD || (b->head == HEAD_BARE && opens_or_closes(b->text)))
            continue;
        if (count[b->head]++ == 0)
            first[b->head] = i;
    }
    int next = 0;
    for (int s = HEAD_PART; s <= HEAD_CAPITALS; s++)
        if (count[s])
            rank[s] = next++;
    bool placed[HEAD_STYLES] = {false};
    for (int k = HEAD_ROMAN; k < HEAD_STYLES; k++) {
        int best = 0;
        for (int s = HEAD_ROMAN; s < HEAD_STYLES; s++)
            if (!placed[s] && count[s] && (!best || first[s] < first[best]))
                best = s;
        if (!best)
            break;
        placed[best] = true;
        rank[best] = next++;
    }
    level_with_numbered(p, rank, count);
    return next;
}

/* A chapter's number and its title on two lines make one head. */
static void join_heads(struct text_parts *p)
{
    for (size_t i = 0; i + 1 < p->block_count; i++) {
        struct block *b = &p->blocks[i], *n = b + 1;
        bool numbered_only = (b->head == HEAD_CHAPTER || b->head == HEAD_PART) && count_words(b->text) <= 2;
        bool ordinal = (b->head == HEAD_ROMAN || b->head == HEAD_NUMBERED) && b->kind == BLOCK_ORDINAL;
        if (b->kind != BLOCK_HEAD && !ordinal)
            continue;
        if ((!numbered_only && !ordinal) || n->kind != BLOCK_HEAD ||
            (n->head != HEAD_BARE && n->head != HEAD_CAPITALS) || n->underline)
            continue;
        b->kind = BLOCK_HEAD;
        b->text = text_of(arena_printf(p->arena, "%.*s\n%.*s", (int)b->text.length, b->text.at,
                                       (int)n->text.length, n->text.at));
        b->starts = arena_array(p->arena, 2, sizeof *b->starts);
        b->starts[1] = (uint32_t)(b->text.length - n->text.length);
        b->lines = n->line - b->line == 1 ? 2 : 1;
        if (b->lines == 1)
            b->starts = NULL;
        n->kind = BLOCK_GONE;
        i++;
    }
}

/* The fewest `#` that mark a head. */
static int least_marked(const struct text_parts *p)
{
    int least = 6;
    for (size_t i = 0; i < p->block_count; i++)
        if (p->blocks[i].kind == BLOCK_HEAD && p->blocks[i].head == HEAD_MARKED && p->blocks[i].depth < least)
            least = p->blocks[i].depth;
    return least;
}

/* A long line between the title and the text, longer than all the heads that follow, is the subtitle. */
static void take_subtitle(struct text_parts *p)
{
    size_t title = 0;
    while (title < p->block_count && p->blocks[title].kind != BLOCK_TITLE)
        title++;
    size_t i = title < p->block_count ? next_text(p, title + 1) : title;
    if (i + 1 >= p->block_count || p->document->meta.subtitle || p->blocks[i].kind != BLOCK_HEAD ||
        p->blocks[i].head != HEAD_BARE || p->blocks[i + 1].kind != BLOCK_PARAGRAPH ||
        says_by(p->blocks[i].text))
        return;
    struct block *b = &p->blocks[i];
    int words = count_words(b->text), heads = 0;
    for (size_t k = i + 1; k < p->block_count && words >= 6; k++) {
        if (p->blocks[k].kind != BLOCK_HEAD)
            continue;
        heads++;
        if (count_words(p->blocks[k].text) >= words)
            return;
    }
    if (heads < 2)
        return;
    b->kind = BLOCK_BYLINE;
    meta_set(p->document, "subtitle", b->text);
    struct place where = block_start(p, i);
    report_add(p->document->report, "subtitle", &where, b->text, "subtitle", 0.6);
}

void text_head_levels(struct text_parts *p)
{
    int rank[HEAD_STYLES], count[HEAD_STYLES], worded = 0;
    for (size_t i = 0; i < p->block_count; i++) {
        struct block *b = &p->blocks[i];
        bool alone = b->marker.alone || (b->head == HEAD_ROMAN && count_words(b->text) == 1);
        if (b->kind != BLOCK_PARAGRAPH || b->sure < 0.5f)
            continue;
        b->kind = alone ? BLOCK_ORDINAL : BLOCK_HEAD;
        worded += !alone;
    }
    join_heads(p);
    take_subtitle(p);
    for (size_t i = 0; i < p->block_count && !worded; i++)
        if (p->blocks[i].kind == BLOCK_ORDINAL)
            p->blocks[i].kind = BLOCK_HEAD;
    int ranks = rank_styles(p, rank, count), shallowest = least_marked(p);
    int base = ranks > 1 && count[HEAD_PART] + count[HEAD_CHAPTER] >= 2 ? 1 : 2;
    for (size_t i = 0; i < p->block_count; i++) {
        struct block *b = &p->blocks[i];
        if (b->kind != BLOCK_HEAD)
            continue;
        int level = base + (opens_or_closes(b->text) ? 0 : rank[b->head]) +
                    (b->head == HEAD_MARKED ? b->depth - shallowest
                     : b->depth > 1         ? b->depth - 1
                                            : 0);
        b->level = level > 6 ? 6 : level;
    }
}
