/* A list of contents that a page puts before its text: the heads themselves come again below. */
#include "read/text_parts.h"

enum { FEWEST = 3 /* entries */, LONGEST = 20 /* words of one */, TRIED = 3 /* heads of contents */ };

static bool heads_contents(struct text t)
{
    static const char *const names[] = {"contents",
                                        "table of contents",
                                        "in this article",
                                        "on this page",
                                        "contents [hide]",
                                        "inhalt",
                                        "inhaltsverzeichnis",
                                        "sommaire",
                                        "table des matières",
                                        "contenido",
                                        "índice",
                                        "indice",
                                        "contents hide",
                                        "inhoud",
                                        NULL};
    return t.length < 40 && among(t, names);
}

/* An entry without its number before and its page behind. */
static struct text entry(struct text t)
{
    while (t.length && (ascii_digit(t.at[0]) || strchr(".) \t-", t.at[0]) || t.at[0] == '*'))
        t = text_slice(t, 1, t.length);
    while (t.length && (ascii_digit(t.at[t.length - 1]) || strchr(". \t", t.at[t.length - 1])))
        t.length--;
    return t;
}

/* The lines of the text by their words without a number, but for those of [from, to). */
static struct hash *lines_elsewhere(struct text_parts *p, size_t to)
{
    struct hash *h = hash_new(p->arena);
    for (size_t i = to; i < p->block_count; i++) {
        struct text t = entry(p->blocks[i].text);
        if (t.length && count_words(t) <= LONGEST)
            hash_put(h, t, p);
    }
    return h;
}

void text_contents(struct text_parts *p)
{
    int tried = 0;
    for (size_t i = 0; i < p->block_count && tried < TRIED; i++) {
        if (p->blocks[i].kind != BLOCK_PARAGRAPH || !heads_contents(p->blocks[i].text))
            continue;
        tried++; /* each looks at the whole text */
        size_t end = i + 1, found = 0;
        while (end < p->block_count && count_words(p->blocks[end].text) <= LONGEST &&
               !sentence_end(p->blocks[end].text) &&
               (end == i + 1 || p->blocks[end].blanks <= p->blocks[i + 1].blanks))
            end++;
        struct hash *h = lines_elsewhere(p, end);
        for (size_t k = i + 1; k < end; k++)
            found += hash_find(h, entry(p->blocks[k].text)) != NULL;
        if (found < FEWEST || found * 10 < (end - i - 1) * 7)
            continue;
        for (size_t k = i; k < end; k++)
            p->blocks[k].kind = BLOCK_CLUTTER;
        return;
    }
}
