#include "refine/title_marks.h"
#include "base/buf.h"

/* What stands before the next emphasis, how many asterisks it has, and what it holds. */
struct piece {
    struct text before, inside;
    size_t marks;
};

static size_t run_of_marks(struct text t, size_t at)
{
    size_t n = 0;
    while (at + n < t.length && t.at[at + n] == '*')
        n++;
    return n;
}

static bool is_blank(struct text t, size_t at)
{
    return at >= t.length || ascii_space(t.at[at]);
}

/* Where the run of `n` asterisks stands that closes one which ends at `from`; the length when none does. */
static size_t closing(struct text t, size_t from, size_t n)
{
    for (size_t at = text_find(t, '*', from); at < t.length; at = text_find(t, '*', at)) {
        size_t here = run_of_marks(t, at);
        if (here == n && at > from && !ascii_space(t.at[at - 1]))
            return at;
        at += here;
    }
    return t.length;
}

/* Takes a piece off `rest`; the last has no marks. */
static struct piece take_piece(struct text *rest)
{
    struct text t = *rest;
    bool closed[3] = {false, true, true}; /* may one of so many asterisks still find its partner? */
    for (size_t at = text_find(t, '*', 0); at < t.length; at = text_find(t, '*', at)) {
        size_t n = run_of_marks(t, at), from = at + n;
        if (n <= 2 && closed[n] && !is_blank(t, from)) {
            size_t to = closing(t, from, n);
            if (to < t.length) {
                *rest = text_slice(t, to + n, t.length);
                return (struct piece){text_slice(t, 0, at), text_slice(t, from, to), n};
            }
            closed[n] = false;
        }
        at = from;
    }
    *rest = text_slice(t, t.length, t.length);
    return (struct piece){t, {"", 0}, 0};
}

const char *title_unmarked(struct document *d, const char *title)
{
    if (!title || !strchr(title, '*'))
        return title;
    struct buf *b = buf_new(d->arena);
    for (struct text rest = text_of(title); rest.length;) {
        struct piece p = take_piece(&rest);
        buf_text(b, p.before);
        buf_text(b, p.inside);
    }
    title = text_copy(d->arena, buf_view(b));
    buf_free(b);
    return title;
}

void title_add_marked(struct document *d, xmlNode *parent, const char *title)
{
    for (struct text rest = text_of(title); rest.length;) {
        struct piece p = take_piece(&rest);
        if (p.before.length)
            tree_text(d, parent, p.before);
        if (p.marks)
            tree_text(d, tree_element(d, parent, p.marks == 1 ? ELEMENT_EM : ELEMENT_STRONG, NULL), p.inside);
    }
}
