#include "document/cover.h"
#include "base/buf.h"

enum {
    LINES_OF_PEOPLE = 4, /* more names share a paragraph */
    SHORT_WORD = 8,      /* bytes: one so short doesn't end a title on a line of its own */
    SHORT_PAIR = 16,
    SHORT_COMPOUND = 20 /* "Sino-Russian" isn't divided at its hyphen */
};

static void line(struct document *c, xmlNode *parent, const char *class, const char *text)
{
    if (!text || !*text)
        return;
    xmlNode *p = tree_element(c, parent, ELEMENT_DIV, NULL);
    tree_set(c, p, "class", class);
    tree_text(c, p, text_of(text));
}

/* "The Rights of\xA0Man": the last two words on one line, where they are short and not all. */
static const char *last_words_joined(struct arena *a, const char *text)
{
    struct text t = text_trim(text_of(text));
    size_t last = t.length, before;
    while (last > 0 && t.at[last - 1] != ' ')
        last--;
    for (before = last ? last - 1 : 0; before > 0 && t.at[before - 1] != ' ';)
        before--;
    if (before == 0 || t.length - last > SHORT_WORD || t.length - before > SHORT_PAIR)
        return text;
    return arena_printf(a, "%.*s\xC2\xA0%.*s", (int)(last - 1), t.at, (int)(t.length - last), t.at + last);
}

static bool is_compound(struct text word)
{
    size_t at = text_find(word, '-', 0);
    return at > 0 && at + 1 < word.length && word.length <= SHORT_COMPOUND;
}

/* A word joiner behind each hyphen of the words that shall not be divided there. */
static const char *compounds_joined(struct arena *a, const char *text)
{
    struct buf *b = buf_new(a);
    struct text rest = text_of(text), word;
    while (text_split(&rest, ' ', &word)) {
        bool whole = is_compound(word);
        for (size_t i = 0; i < word.length; i++) {
            buf_byte(b, word.at[i]);
            if (whole && word.at[i] == '-')
                buf_string(b, "\u2060");
        }
        if (rest.at)
            buf_byte(b, ' ');
    }
    return buf_view(b).at;
}

static const char *title_line(struct arena *a, const char *text)
{
    return text ? last_words_joined(a, compounds_joined(a, text)) : NULL;
}

static int count_people(const struct document *d, const char *role)
{
    int count = 0;
    for (const struct person *p = d->meta.people; p; p = p->next)
        count += p->role && strcmp(p->role, role) == 0;
    return count;
}

static void people(struct document *c, xmlNode *parent, const struct document *d, bool card)
{
    const char *role = count_people(d, "aut") ? "aut" : "edt";
    bool one_line = card || count_people(d, role) > LINES_OF_PEOPLE;
    struct buf *names = buf_new(c->arena);
    for (const struct person *p = d->meta.people; p; p = p->next) {
        if (!p->role || strcmp(p->role, role) != 0)
            continue;
        if (one_line)
            buf_printf(names, "%s%s", names->length ? ", " : "", p->name);
        else
            line(c, parent, "cover-author", p->name);
    }
    line(c, parent, "cover-author", buf_view(names).at);
}

static xmlNode *part(struct document *c, enum element e, const char *class)
{
    xmlNode *n = tree_element(c, c->body, e, NULL);
    tree_set(c, n, "class", class);
    return n;
}

struct document *cover_make(struct arena *a, const struct document *d, struct messages *m, bool card,
                            struct cover_fit fit)
{
    struct document *c = document_new(a, m, d->source_name);
    const struct meta *meta = &d->meta;
    c->meta.language = meta->language;
    tree_set(c, c->body, "class",
             arena_printf(a, "cover%s fit-%d%s", card ? " card" : "", fit.size,
                          fit.hyphenated ? " hyphenated" : ""));
    xmlNode *head = part(c, ELEMENT_HEADER, "cover-head");
    line(c, head, "cover-series",
         meta->series && meta->series_number
             ? arena_printf(a, "%s\xC2\xA0\xC2\xB7 %s", meta->series, meta->series_number)
             : meta->series);
    line(c, head, "cover-title", title_line(a, meta->title));
    tree_set(c, tree_element(c, head, ELEMENT_HR, NULL), "class", "cover-ornament");
    line(c, head, "cover-subtitle", title_line(a, meta->subtitle));
    xmlNode *foot = part(c, ELEMENT_FOOTER, "cover-foot");
    people(c, foot, d, card);
    line(c, foot, "cover-publisher", meta->publisher);
    line(c, foot, "cover-date", meta->date);
    if (!foot->children)
        tree_remove(foot);
    return c;
}
