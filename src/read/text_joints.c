#include "read/text_joints.h"
#include "base/utf8.h"

struct joints {
    struct hash *words; /* of the whole text, in lower case; NULL when no line ends with a hyphen */
    bool dissolve;      /* what to do with an end that can't be told */
};

static bool word_byte(char c)
{
    return ascii_alpha(c) || (c & 0x80) || c == '-' || c == '\'';
}

/* The letters before a hyphen that ends the line; empty when none ends it. */
static struct text left_part(struct text line)
{
    if (line.length < 3 || line.at[line.length - 1] != '-' || !word_byte(line.at[line.length - 2]) ||
        line.at[line.length - 2] == '-')
        return (struct text){line.at, 0};
    size_t end = line.length - 1, at = end;
    while (at > 0 && word_byte(line.at[at - 1]))
        at--;
    return text_slice(line, at, end);
}

static struct text right_part(struct text line)
{
    size_t at = 0, from = 0;
    if (!lower(char_at(line, &from)))
        return (struct text){line.at, 0};
    while (at < line.length && word_byte(line.at[at]))
        at++;
    return text_slice(line, 0, at);
}

static struct text lowered(struct arena *a, struct text x, const char *between, struct text y)
{
    char *s = arena_printf(a, "%.*s%s%.*s", (int)x.length, x.at, between, (int)y.length, y.at);
    for (char *c = s; *c; c++)
        *c = ascii_lower(*c);
    return text_of(s);
}

static struct hash *words_of(struct text_parts *p)
{
    struct hash *h = hash_new(p->arena);
    for (size_t i = 0; i < p->line_count; i++) {
        struct text t = p->lines[i].body;
        for (size_t at = 0; at < t.length; at++) {
            size_t from = at;
            while (at < t.length && word_byte(t.at[at]))
                at++;
            if (at - from > 3 && at - from < 64 && at < t.length)
                hash_put(h, lowered(p->arena, text_slice(t, from, at), "", TEXT("")), h);
        }
    }
    return h;
}

enum verdict { UNKNOWN, DISSOLVE, KEEP };

static enum verdict judge(struct arena *a, const struct joints *j, struct text left, struct text right)
{
    if (left.length + right.length > 60)
        return KEEP;
    static const char *const parts[] = {"self",  "well",  "half",   "ill",     "non",    "ex",     "all",
                                        "cross", "first", "second", "third",   "great",  "twenty", "thirty",
                                        "forty", "fifty", "sixty",  "seventy", "eighty", "ninety", NULL};
    if (among(left, parts))
        return KEEP;
    bool whole = hash_find(j->words, lowered(a, left, "", right)) != NULL;
    bool parted = hash_find(j->words, lowered(a, left, "-", right)) != NULL;
    return whole == parted ? UNKNOWN : whole ? DISSOLVE : KEEP;
}

struct joints *joints_new(struct text_parts *p)
{
    struct joints *j = arena_alloc(p->arena, sizeof *j);
    int dissolved = 0, kept = 0, broken = 0, lines = 0;
    for (size_t i = 0; i + 1 < p->line_count; i++) {
        struct text left = left_part(p->lines[i].body), right = right_part(p->lines[i + 1].body);
        lines += p->lines[i].body.length && p->lines[i + 1].body.length;
        if (!left.length || !right.length)
            continue;
        broken++;
        if (!j->words)
            j->words = words_of(p);
        enum verdict v = judge(p->arena, j, left, right);
        dissolved += v == DISSOLVE;
        kept += v == KEEP;
    }
    /* Compounds end one line in a hundred or fewer; where words are broken, three in a hundred and more end
     * so. */
    bool breaks_words = broken >= 3 && broken * 33 >= lines && dissolved >= kept;
    j->dissolve = breaks_words || (dissolved >= 3 && dissolved >= 4 * kept);
    return j;
}

/* How line `t` goes over into `next`: the bytes of its end that go, and whether a space comes between. */
static size_t cut_of(struct text_parts *p, const struct joints *j, struct text t, struct text next,
                     bool *space)
{
    *space = false;
    if (text_ends(t, "\xC2\xAD"))
        return 2;
    struct text left = left_part(t), right = right_part(next);
    if (left.length && right.length) {
        enum verdict v = judge(p->arena, j, left, right);
        return v == DISSOLVE || (v == UNKNOWN && j->dissolve) ? 1 : 0;
    }
    size_t at = t.length;
    bool dash = text_ends(t, "--") || text_ends(t, "\xE2\x80\x94") || (left.length && first_char(next));
    if (dash) {
        at -= text_ends(t, "--") ? 2 : left.length ? 1 : 3;
        *space = at > 0 && t.at[at - 1] == ' ';
    } else {
        *space = true;
    }
    return 0;
}

struct text lines_join(struct text_parts *p, const struct joints *j, size_t from, size_t to,
                       uint32_t **starts)
{
    struct buf *b = buf_new(p->arena);
    *starts = arena_array(p->arena, to - from, sizeof **starts);
    for (size_t i = from; i < to; i++) {
        struct text t = p->lines[i].body;
        (*starts)[i - from] = (uint32_t)b->length;
        bool space = false;
        if (i + 1 < to)
            t.length -= cut_of(p, j, t, p->lines[i + 1].body, &space);
        buf_text(b, t);
        if (space)
            buf_byte(b, ' ');
    }
    struct text joined = {arena_copy(p->arena, b->data, b->length), b->length};
    buf_free(b);
    return joined;
}
