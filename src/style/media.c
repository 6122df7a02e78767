/* @media and @supports (Media Queries 4, CSS Conditional Rules 3): which blocks are for the e-book, and which
 * conditions hold. What is true of paper: media_query.c. */
#include "style/sheets.h"

/* How deep conditions may nest. */
enum { CONDITION_DEPTH = 16 };

/* One query of a list: "not print", "screen and (min-width: 40em)", "(prefers-color-scheme: dark)". */
struct query {
    bool negated, conditioned;
    struct text type; /* "all" when none is written */
};

static struct query query_of(struct tokens t)
{
    struct query q = {false, false, TEXT("all")};
    bool typed = false;
    for (size_t i = 0; i < t.count; i++) {
        const struct token *at = &t.at[i];
        bool word = at->type == TOKEN_IDENT;
        if (at->type == TOKEN_SPACE || (word && text_is_nocase(at->value, "only")))
            continue;
        if (word && !typed && text_is_nocase(at->value, "not")) {
            q.negated = true;
        } else if (word && !typed && !q.conditioned) {
            q.type = at->value;
            typed = true;
        } else {
            q.conditioned = true;
        }
    }
    return q;
}

/* Commas inside brackets don't part queries. */
bool media_next(struct tokens *rest, struct tokens *query)
{
    if (!rest->count)
        return false;
    size_t i = 0;
    while (i < rest->count && !(rest->at[i].type == TOKEN_DELIM && rest->at[i].mark == ',')) {
        bool opens = rest->at[i].type == TOKEN_OPEN || rest->at[i].type == TOKEN_FUNCTION;
        size_t step = opens ? rest->at[i].span + 1 : 1;
        i = step > rest->count - i ? rest->count : i + step;
    }
    *query = (struct tokens){rest->at, i};
    size_t used = i < rest->count ? i + 1 : i;
    *rest = (struct tokens){rest->at + used, rest->count - used};
    return true;
}

/* Of any e-book, whatever its reading system is? */
static bool true_of_ebook(const struct query *q)
{
    bool type = text_is_nocase(q->type, "all") || text_is_nocase(q->type, "screen");
    return q->conditioned ? false : type != q->negated;
}

enum media_ebook media_for_ebook(struct tokens list)
{
    struct tokens rest = tokens_trim(list), one;
    enum media_ebook verdict = rest.count ? MEDIA_DROP : MEDIA_OPEN;
    while (media_next(&rest, &one)) {
        struct query q = query_of(one);
        if (true_of_ebook(&q))
            return MEDIA_OPEN;
        bool paper = text_is_nocase(q.type, "print") && !q.negated;
        if (q.conditioned && !paper)
            verdict = MEDIA_KEEP;
        else if (!q.conditioned && !paper && !text_is_nocase(q.type, "screen") && !q.negated)
            verdict = MEDIA_KEEP; /* a reading system's own type */
    }
    return verdict;
}

/* ---- @supports */

static bool condition(struct styles *s, struct tokens t, int depth);

static struct tokens inside_of(struct tokens t)
{
    size_t left = t.count - 1, inside = t.at[0].span > left ? left : t.at[0].span - 1;
    return (struct tokens){t.at + 1, inside};
}

/* What stands in brackets: a declaration, or a condition. */
static bool bracket(struct styles *s, struct tokens t, int depth)
{
    struct tokens in = tokens_trim(inside_of(t));
    if (t.at[0].type == TOKEN_FUNCTION)
        return text_is_nocase(t.at[0].value, "selector") &&
               selector_parse(s->arena, s->messages, "", in, true) != NULL;
    size_t colon = 1;
    while (colon < in.count && in.at[colon].type == TOKEN_SPACE)
        colon++;
    if (in.count > 2 && in.at[0].type == TOKEN_IDENT && colon < in.count && token_is(&in.at[colon], ':'))
        return declaration_supported(s, in.at[0].value,
                                     (struct tokens){in.at + colon + 1, in.count - colon - 1});
    return condition(s, in, depth + 1);
}

/* Takes one bracket, perhaps negated, off the front. */
static bool term(struct styles *s, struct tokens *rest, int depth, bool *truth)
{
    bool negated = false;
    *rest = tokens_trim(*rest);
    if (rest->count && rest->at[0].type == TOKEN_IDENT && text_is_nocase(rest->at[0].value, "not")) {
        negated = true;
        *rest = tokens_trim((struct tokens){rest->at + 1, rest->count - 1});
    }
    if (!rest->count || (!token_is(rest->at, '(') && rest->at[0].type != TOKEN_FUNCTION))
        return false;
    size_t used = rest->at[0].span + 1;
    used = used > rest->count ? rest->count : used;
    *truth = bracket(s, (struct tokens){rest->at, used}, depth) != negated;
    *rest = tokens_trim((struct tokens){rest->at + used, rest->count - used});
    return true;
}

static bool condition(struct styles *s, struct tokens t, int depth)
{
    bool truth = false, more;
    struct tokens rest = t;
    if (depth > CONDITION_DEPTH || !term(s, &rest, depth, &truth))
        return false;
    while (rest.count) {
        bool both = rest.at[0].type == TOKEN_IDENT && text_is_nocase(rest.at[0].value, "and");
        bool either = rest.at[0].type == TOKEN_IDENT && text_is_nocase(rest.at[0].value, "or");
        rest = (struct tokens){rest.at + 1, rest.count - 1};
        if ((!both && !either) || !term(s, &rest, depth, &more))
            return false;
        truth = both ? truth && more : truth || more;
    }
    return truth;
}

bool supports(struct styles *s, struct tokens t)
{
    return condition(s, tokens_trim(t), 0);
}
