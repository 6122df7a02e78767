/* Notes called by `*`, `†` or `‡`: a sign glued to a word, and soon behind it a paragraph that begins with
 * the same sign. There are never many, and each finds its own. */
#include "base/utf8.h"
#include "read/text_calls.h"
#include "read/text_parts.h"

enum { FARTHEST = 40 /* blocks between a call and its note */ };

/* The bytes of a run of up to three signs of one kind at `at`; 0 for none. */
static size_t signs(struct text t, size_t at)
{
    size_t from = at;
    uint32_t first = 0;
    for (int k = 0; at < t.length; k++) {
        size_t next = at;
        uint32_t c = utf8_next(t, &next);
        if ((c != '*' && c != 0x2020 && c != 0x2021) || (first && c != first))
            break;
        if (k == 3)
            return 0;
        first = c;
        at = next;
    }
    return at - from;
}

/* `*word*` is emphasis: a star before a word, after a space. */
static bool emphasizes(struct text t)
{
    for (size_t at = text_find(t, '*', 1); at + 1 < t.length; at = text_find(t, '*', at + 1))
        if (ascii_space(t.at[at - 1]) && !ascii_space(t.at[at + 1]) && t.at[at + 1] != '*')
            return true;
    return false;
}

/* Does it begin with emphasis (`*word* …`, `**Words.** …`): are the next stars such as close it? */
static bool starts_emphasized(struct text t)
{
    size_t length = signs(t, 0), close = text_find(t, '*', length);
    return length && t.at[0] == '*' && close < t.length && !ascii_space(t.at[length]) &&
           !ascii_space(t.at[close - 1]) && signs(t, close) == length;
}

struct sign_call {
    size_t block, at, end;
    bool used;
};

struct sign_calls {
    struct sign_call *calls;
    size_t count, capacity;
};

static void look_for_calls(struct text_parts *p, size_t block, struct sign_calls *s)
{
    struct text t = p->blocks[block].text;
    if (emphasizes(t))
        return;
    for (size_t at = 1; at < t.length; at++) {
        if (t.at[at] != '*' && (unsigned char)t.at[at] != 0xE2)
            continue;
        size_t length = signs(t, at), before = at, after = at + length;
        if (!length)
            continue;
        uint32_t c = char_before(t, &before), next = char_at(t, &after);
        bool closed = next == 0 || wide_space(next) || strchr(".,;:!?)", next < 0x80 ? (int)next : 'x') ||
                      closing_quote(next);
        if (!wide_space(c) && c != '*' && c != '(' && closed) {
            s->calls = arena_room(p->arena, s->calls, s->count, &s->capacity, sizeof *s->calls);
            s->calls[s->count++] = (struct sign_call){block, at, at + length, false};
        }
        at += length - 1;
    }
}

/* The latest free call with the sign that block `i` starts with; NULL when there is none. */
static struct sign_call *call_of(const struct text_parts *p, size_t i, size_t length,
                                 const struct sign_calls *s)
{
    struct text sign = text_slice(p->blocks[i].text, 0, length);
    struct sign_call *found = NULL;
    for (size_t k = s->count; k > 0 && s->calls[k - 1].block + FARTHEST > i; k--) {
        struct sign_call *c = &s->calls[k - 1];
        if (!c->used && text_equal(text_slice(p->blocks[c->block].text, c->at, c->end), sign))
            found = c;
    }
    return found;
}

static void make_note(struct text_parts *p, size_t i, size_t length, struct sign_call *c, int number)
{
    struct block *b = &p->blocks[i];
    p->notes = arena_room(p->arena, p->notes, p->note_count, &p->note_capacity, sizeof *p->notes);
    struct note *n = &p->notes[p->note_count++];
    *n = (struct note){.number = number, .block = i, .blocks = 1, .score = 0.9f, .call = 1};
    n->key = arena_printf(p->arena, "sign-%d", number);
    size_t from = length;
    while (from < b->text.length && ascii_space(b->text.at[from]))
        from++;
    b->kind = BLOCK_NOTE;
    b->note = p->note_count;
    b->marker = (struct marker){.style = MARKER_CARET, .length = from};
    p->calls = arena_room(p->arena, p->calls, p->call_count, &p->call_capacity, sizeof *p->calls);
    p->calls[p->call_count++] = (struct call){.block = (uint32_t)c->block,
                                              .at = (uint32_t)c->at,
                                              .end = (uint32_t)c->end,
                                              .number = number,
                                              .manner = MANNER_SIGN,
                                              .note = n,
                                              .taken = true,
                                              .score = 0.9f};
    c->used = true;
}

void text_symbols(struct text_parts *p)
{
    struct sign_calls s = {0};
    int number = 0;
    for (size_t i = 0; i < p->block_count; i++) {
        const struct block *b = &p->blocks[i];
        if (b->kind != BLOCK_PARAGRAPH)
            continue;
        size_t length = starts_emphasized(b->text) ? 0 : signs(b->text, 0);
        struct sign_call *c = length && length < b->text.length ? call_of(p, i, length, &s) : NULL;
        if (c)
            make_note(p, i, length, c, ++number);
        else
            look_for_calls(p, i, &s);
    }
    if (number)
        calls_sort(p, 0);
}
