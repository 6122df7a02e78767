#include "layout/patterns.h"
#include "base/buf.h"
#include <stdlib.h>
#include <unicode/ucnv.h>

/* A step of the trie over the bytes of the patterns' letters: from a node by a byte to another. All steps of
 * a level are one open table, which has them at hand in the processor's cache. Node 0 is the root. */
struct step {
    uint32_t from; /* node << 8 | byte, and one more: 0 is no step */
    uint32_t to;
};

/* Where the values of a pattern are in the pool: pairs of byte offset and value. */
struct pattern {
    uint32_t pairs;
    uint8_t count;
    const struct change *change;
};

enum { LEVELS = 2, SLOTS_FIRST = 1 << 10, SLOTS_MOST = 1 << 20, NODES_MOST = (1 << 24) - 2 };

struct level {
    struct step *steps;
    uint32_t slots, node_count; /* slots: a power of two */
    uint32_t *ends;             /* of each node: the pattern that ends there, 0: none */
    struct buf *patterns, *pool;
    /* The letters of the pattern before and the nodes behind them: dictionaries are sorted, and most patterns
     * begin as the one before them does. */
    char letters[PATTERNS_WORD_MOST];
    uint32_t path[PATTERNS_WORD_MOST];
    size_t depth;
};

struct patterns {
    struct arena *arena;
    struct level levels[LEVELS];
    int level_count;
    int before, after, part_before, part_after;
};

static const struct pattern *pattern_at(const struct level *l, uint32_t i)
{
    return (const struct pattern *)(const void *)l->patterns->data + i;
}

/* How many nodes a table of so many slots may have: step_at() needs empty ones. */
static uint32_t room_in(uint32_t slots)
{
    return slots / 4 * 3;
}

static void set_slots(struct arena *a, struct level *l, uint32_t slots)
{
    const uint32_t *ends = l->ends;
    l->slots = slots;
    l->steps = arena_array(a, slots, sizeof *l->steps);
    l->ends = arena_array(a, room_in(slots), sizeof *l->ends);
    if (ends)
        memcpy(l->ends, ends, l->node_count * sizeof *ends);
}

/* `bytes`: of the file, which has four to seven for each node. */
static void level_begin(struct arena *a, struct level *l, size_t bytes)
{
    uint32_t slots = SLOTS_FIRST;
    while (slots < bytes / 4 && slots < SLOTS_MOST)
        slots *= 2;
    set_slots(a, l, slots);
    l->node_count = 1;
    l->patterns = buf_new(a);
    l->pool = buf_new(a);
    buf_add(l->patterns, &(struct pattern){0}, sizeof(struct pattern));
}

/* Where the step is in the table, or the empty place where it would be. */
static struct step *step_at(const struct level *l, uint32_t from)
{
    uint32_t at = (from * 2654435761U) >> 7;
    while (l->steps[at &= l->slots - 1].from && l->steps[at].from != from)
        at++;
    return &l->steps[at];
}

static uint32_t step_from(uint32_t node, char byte)
{
    return (node << 8 | (unsigned char)byte) + 1;
}

static void widen(struct arena *a, struct level *l)
{
    const struct step *old = l->steps, *end = old + l->slots;
    set_slots(a, l, l->slots * 2);
    for (; old < end; old++)
        if (old->from)
            *step_at(l, old->from) = *old;
}

/* The node behind `node` by that byte, made when there is none. */
static uint32_t step_on(struct arena *a, struct level *l, uint32_t node, char byte)
{
    if (l->node_count == room_in(l->slots))
        widen(a, l);
    struct step *s = step_at(l, step_from(node, byte));
    if (!s->from)
        *s = (struct step){step_from(node, byte), l->node_count++};
    return s->to;
}

/* The same; 0 when there is none. */
static uint32_t step_find(const struct level *l, uint32_t node, char byte)
{
    return step_at(l, step_from(node, byte))->to;
}

/* ---- reading */

/* Byte offset of the character that is `characters` behind `from`. */
static size_t characters_on(struct text t, size_t from, size_t characters)
{
    while (characters-- && from < t.length)
        do
            from++;
        while (from < t.length && ((unsigned char)t.at[from] & 0xC0) == 0x80);
    return from;
}

/* "ff=f,1,2" behind a pattern's slash: a replacement, the first character replaced (from 1, the leading dot
 * not counted) and how many; without numbers it replaces all of the pattern. */
static const struct change *parse_change(struct arena *a, struct text letters, struct text rest)
{
    struct text with, number;
    text_split(&rest, ',', &with);
    size_t dot = letters.length && letters.at[0] == '.', start = dot, end = letters.length;
    if (end > start && letters.at[end - 1] == '.')
        end--;
    if (text_split(&rest, ',', &number)) {
        int first = atoi(text_copy(a, number)), count = 0;
        if (text_split(&rest, ',', &number))
            count = atoi(text_copy(a, number));
        start = characters_on(letters, dot, first > 1 ? (size_t)first - 1 : 0);
        end = characters_on(letters, start, count > 0 ? (size_t)count : 0);
    }
    size_t mark = text_find(with, '=', 0);
    if (mark == with.length || end - start > UINT8_MAX || start > UINT8_MAX)
        return NULL;
    struct change *c = arena_alloc(a, sizeof *c);
    c->before = text_copy(a, text_slice(with, 0, mark));
    c->after = text_copy(a, text_slice(with, mark + 1, with.length));
    c->start = (uint8_t)start;
    c->cut = (uint8_t)(end - start);
    return c;
}

/* The node behind the letter at `at` of a pattern, which `node` leads to. */
static uint32_t go_on(struct arena *a, struct level *l, size_t at, char letter, uint32_t node)
{
    if (at < l->depth && l->letters[at] == letter)
        return l->path[at];
    l->letters[at] = letter;
    l->path[at] = step_on(a, l, node, letter);
    l->depth = at + 1;
    return l->path[at];
}

/* Adds "1a2b/…": digits are values of the place before the next letter. */
static void add_pattern(struct arena *a, struct level *l, struct text line)
{
    char pairs[2 * (PATTERNS_WORD_MOST + 1)];
    size_t length = 0, count = 0, slash = text_find(line, '/', 0);
    uint32_t node = 0;
    for (size_t i = 0; i < slash; i++) {
        if (ascii_digit(line.at[i])) {
            if (count && pairs[2 * count - 2] == (char)length)
                count--; /* of two values of one place, the last counts */
            pairs[2 * count] = (char)length;
            pairs[2 * count++ + 1] = (char)(line.at[i] - '0');
        } else {
            if (length == PATTERNS_WORD_MOST || l->node_count > NODES_MOST)
                return;
            node = go_on(a, l, length++, line.at[i], node);
        }
    }
    if (!node || !count || count > UINT8_MAX)
        return;
    struct pattern p = {(uint32_t)l->pool->length, (uint8_t)count, NULL};
    if (slash < line.length)
        p.change =
            parse_change(a, (struct text){l->letters, length}, text_slice(line, slash + 1, line.length));
    l->ends[node] = (uint32_t)(l->patterns->length / sizeof p);
    buf_add(l->patterns, &p, sizeof p);
    buf_add(l->pool, pairs, 2 * count);
}

/* An option of the dictionary; false when the line is a pattern. */
static bool parse_option(struct patterns *p, struct text line)
{
    const struct {
        const char *name;
        int *value;
    } options[] = {
        {"LEFTHYPHENMIN", &p->before},
        {"RIGHTHYPHENMIN", &p->after},
        {"COMPOUNDLEFTHYPHENMIN", &p->part_before},
        {"COMPOUNDRIGHTHYPHENMIN", &p->part_after},
        {"NOHYPHEN", NULL}, /* only words without marks are looked up */
    };
    for (size_t i = 0; line.at[0] >= 'A' && line.at[0] <= 'Z' && i < sizeof options / sizeof *options; i++) {
        size_t n = strlen(options[i].name);
        if (!text_starts(line, options[i].name) || (line.length > n && !ascii_space(line.at[n])))
            continue;
        if (options[i].value)
            *options[i].value = atoi(text_copy(p->arena, text_slice(line, n, line.length)));
        return true;
    }
    return false;
}

static void parse_lines(struct patterns *p, struct text rest)
{
    struct text line;
    while (text_line(&rest, &line)) {
        line = text_trim(line);
        if (!line.length || line.at[0] == '%' || line.at[0] == '#' || parse_option(p, line))
            continue;
        if (text_is(line, "NEXTLEVEL")) {
            if (p->level_count == LEVELS)
                return;
            level_begin(p->arena, &p->levels[p->level_count++], rest.length);
        } else
            add_pattern(p->arena, &p->levels[p->level_count - 1], line);
    }
}

static void close_converter(void *converter)
{
    ucnv_close(converter);
}

/* The text in UTF-8, from the encoding that the dictionary's first line names. */
static bool decode(struct arena *a, struct text encoding, struct text *t)
{
    if (text_is_nocase(encoding, "UTF-8"))
        return true;
    if (text_starts(encoding, "microsoft-"))
        encoding = text_slice(encoding, strlen("microsoft-"), encoding.length);
    UErrorCode error = U_ZERO_ERROR;
    UConverter *from = ucnv_open(text_copy(a, encoding), &error);
    if (U_FAILURE(error))
        return false;
    arena_defer(a, close_converter, from);
    if (t->length > INT32_MAX / 3)
        return false;
    char *utf8 = arena_alloc(a, t->length * 3 + 1); /* a byte is one character below U+10000 */
    int32_t n = ucnv_toAlgorithmic(UCNV_UTF8, from, utf8, (int32_t)(t->length * 3), t->at, (int32_t)t->length,
                                   &error);
    *t = (struct text){utf8, (size_t)n};
    return U_SUCCESS(error);
}

struct patterns *patterns_parse(struct arena *a, struct text file)
{
    struct text encoding = {0};
    text_line(&file, &encoding);
    if (!decode(a, text_trim(encoding), &file))
        return NULL;
    struct patterns *p = arena_alloc(a, sizeof *p);
    p->arena = a;
    level_begin(a, &p->levels[0], file.length);
    p->level_count = 1;
    parse_lines(p, file);
    return p;
}

/* ---- applying */

/* Raises the points of a word by one pattern that begins at `at` of the dotted word; points[i] is the place
 * before byte i of the dotted word. */
static void raise_points(const struct level *l, const struct pattern *p, size_t at,
                         struct pattern_point *points)
{
    const unsigned char *pair = (const unsigned char *)l->pool->data + p->pairs;
    for (unsigned i = 0; i < p->count; i++, pair += 2) {
        struct pattern_point *point = &points[at + pair[0]];
        if (pair[1] <= point->value)
            continue;
        const struct change *c = p->change;
        bool around = c && pair[0] >= c->start && pair[0] <= c->start + c->cut;
        *point = (struct pattern_point){
            .value = pair[1], .change = around ? c : NULL, .from = (uint16_t)(around ? at + c->start : 0)};
    }
}

/* Liang's algorithm over one word of one level: points[i] is the place before byte i of the word. With
 * `longest_only`, of all patterns that end at one place only the longest counts, and none when it is the
 * beginning of a longer one: this is how libhyphen's automaton works, and files of two levels are tuned to
 * it. The others are TeX's patterns, for which each that fits counts. */
static void match_level(const struct level *l, struct text word, bool longest_only,
                        struct pattern_point *points)
{
    bool reached[PATTERNS_WORD_MOST + 3];
    char dotted[PATTERNS_WORD_MOST + 2];
    struct pattern_point at[PATTERNS_WORD_MOST + 3];
    size_t n = word.length + 2;
    memset(reached, 0, n + 1);
    memset(at, 0, (n + 1) * sizeof *at);
    dotted[0] = dotted[n - 1] = '.';
    memcpy(dotted + 1, word.at, word.length);
    for (size_t start = 0; start < n; start++) {
        uint32_t node = step_find(l, 0, dotted[start]);
        for (size_t i = start + 1; node; node = i < n ? step_find(l, node, dotted[i++]) : 0) {
            uint32_t pattern = l->ends[node];
            if (pattern && !(longest_only && reached[i]))
                raise_points(l, pattern_at(l, pattern), start, at);
            reached[i] = true;
        }
    }
    for (size_t i = 0; i <= word.length; i++) {
        points[i] = at[i + 1];
        if (points[i].change) /* back from the dotted word */
            points[i].from = (uint16_t)(points[i].from ? points[i].from - 1 : 0);
    }
}

static int characters_in(struct text t)
{
    int n = 0;
    for (size_t i = 0; i < t.length; i++)
        n += ((unsigned char)t.at[i] & 0xC0) != 0x80;
    return n;
}

/* One part of a compound, from `begin` to before `end`; breaks too near to its inner ends are taken back. */
static void match_part(const struct patterns *p, struct text word, size_t begin, size_t end,
                       struct pattern_point *points)
{
    struct text part = text_slice(word, begin, end);
    struct pattern_point inner[PATTERNS_WORD_MOST + 1];
    memset(inner, 0, (part.length + 1) * sizeof *inner);
    match_level(&p->levels[p->level_count - 1], part, p->level_count == LEVELS, inner);
    int least_before = p->part_before > 2 ? p->part_before : 2;
    int least_after = p->part_after > 2 ? p->part_after : 2;
    for (size_t i = 1; i < part.length; i++) {
        if (!(inner[i].value & 1))
            continue;
        if ((begin > 0 && characters_in(text_slice(part, 0, i)) < least_before) ||
            (end < word.length && characters_in(text_slice(part, i, part.length)) < least_after))
            continue;
        points[begin + i] = inner[i];
        points[begin + i].from = (uint16_t)(inner[i].from + begin);
    }
}

/* Divides a part by the list of compounds; false when it isn't one. */
static bool divide_compound(const struct patterns *p, struct text word, size_t begin, size_t end,
                            struct pattern_point *points)
{
    bool divided = false;
    struct pattern_point inner[PATTERNS_WORD_MOST + 1];
    if (p->level_count < LEVELS)
        return false;
    memset(inner, 0, (end - begin + 1) * sizeof *inner);
    match_level(&p->levels[0], text_slice(word, begin, end), true, inner);
    for (size_t i = 1; i < end - begin; i++)
        if (inner[i].value & 1) {
            points[begin + i] = inner[i];
            points[begin + i].from = (uint16_t)(inner[i].from + begin);
            points[begin + i].compound = divided = true;
        }
    return divided;
}

void patterns_apply(const struct patterns *p, struct text word, struct pattern_point *points)
{
    memset(points, 0, (word.length + 1) * sizeof *points);
    for (size_t begin = 0, end; begin < word.length; begin = end) {
        do /* the parts of a compound may be compounds */
            for (end = begin + 1; end < word.length && !points[end].compound;)
                end++;
        while (divide_compound(p, word, begin, end, points));
        match_part(p, word, begin, end, points);
    }
}

bool patterns_know_apostrophes(const struct patterns *p)
{
    return p->level_count == LEVELS;
}

int patterns_least_before(const struct patterns *p)
{
    return p->before;
}

int patterns_least_after(const struct patterns *p)
{
    return p->after;
}
