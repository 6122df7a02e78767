#include "document/front.h"

static const char *const names[FRONT_PARTS] = {
    [FRONT_TITLE_PAGE] = "title-page", [FRONT_HALF_TITLE] = "half-title", [FRONT_IMPRINT] = "imprint",
    [FRONT_CONTENTS] = "contents",     [FRONT_FIGURES] = "figures",       [FRONT_TABLES] = "tables"};

/* The next of words that have commas or spaces between them. */
static bool next_word(struct text *rest, struct text *word)
{
    size_t from = 0;
    while (from < rest->length && (rest->at[from] == ',' || ascii_space(rest->at[from])))
        from++;
    size_t to = from;
    while (to < rest->length && rest->at[to] != ',' && !ascii_space(rest->at[to]))
        to++;
    *word = text_slice(*rest, from, to);
    *rest = text_slice(*rest, to, rest->length);
    return word->length > 0;
}

static bool has_word(const struct meta *m, const char *name)
{
    for (const struct word_list *w = m->front_matter; w; w = w->next) {
        struct text rest = text_of(w->word), word;
        while (next_word(&rest, &word))
            if (text_is_nocase(word, name))
                return true;
    }
    return false;
}

enum front_wish front_wish(const struct meta *m, enum front_part part)
{
    if (!m->front_matter)
        return FRONT_UNASKED;
    return has_word(m, names[part]) || has_word(m, "all") ? FRONT_ASKED : FRONT_REFUSED;
}

bool front_asked(const struct meta *m)
{
    for (int part = 0; part < FRONT_PARTS; part++)
        if (front_wish(m, (enum front_part)part) == FRONT_ASKED)
            return true;
    return false;
}

static bool known(struct text word)
{
    for (int part = 0; part < FRONT_PARTS; part++)
        if (text_is_nocase(word, names[part]))
            return true;
    return text_is_nocase(word, "all") || text_is_nocase(word, "none");
}

void front_check(const struct document *d)
{
    struct place where = meta_place(d, "front-matter");
    for (const struct word_list *w = d->meta.front_matter; w; w = w->next) {
        struct text rest = text_of(w->word), word;
        while (next_word(&rest, &word))
            if (!known(word))
                message(d->messages, SEVERITY_WARNING, "meta.unknown", &where,
                        "front-matter can't have %.*s. It takes title-page, half-title, imprint, contents, "
                        "figures, tables; or all, or none.",
                        (int)word.length, word.at);
    }
}
