#include "fonts/installed.h"
#include <stdlib.h>

/* How well families stand in for a missing character, by the kind of face that lacks it; lower is better. The
 * first line whose start fits counts. */
static const struct {
    const char *start;
    int rank[3]; /* enum generic */
} FAMILIES[] = {
    {"Linux Libertine O", {0, 4, 5}}, {"Linux Biolinum O", {3, 0, 4}},
    {"JetBrains Mono", {9, 9, 0}},    {"DejaVu Sans Mono", {9, 9, 1}},
    {"Noto Sans Mono", {9, 9, 2}},    {"Noto Mono", {9, 9, 2}},
    {"Noto Serif", {1, 5, 5}},        {"Noto Naskh Arabic", {1, 5, 5}},
    {"Noto Sans Math", {7, 7, 7}},    {"Noto Sans Symbols", {7, 7, 7}},
    {"Noto Sans", {4, 2, 3}},         {"DejaVu Serif", {2, 5, 5}},
    {"DejaVu Sans", {5, 3, 3}},       {"Inter", {6, 1, 5}},
    {"Liberation Serif", {3, 6, 6}},  {"Liberation Sans", {6, 4, 5}},
    {"Liberation Mono", {9, 9, 2}},   {"Symbola", {8, 8, 8}},
};
enum { OTHER_FAMILY = 8 };

/* Parts of names of faces that are for other work than text. */
static const char *const SPECIAL[] = {"Display", "Initials", "Keyboard", "Condensed", "Nastaliq",
                                      "Kufi",    "Rashi",    "Looped",   " UI",       "Unjoined",
                                      " SC",     "Black",    "Outline",  "Semi-light"};
enum { SPECIAL_RANK = 16, MONO_RANK = 32, OTHER_HAN_RANK = 64 };

static int family_rank(const struct candidate *c, enum generic g)
{
    for (size_t i = 0; i < sizeof FAMILIES / sizeof *FAMILIES; i++)
        if (strncmp(c->family, FAMILIES[i].start, strlen(FAMILIES[i].start)) == 0)
            return FAMILIES[i].rank[g];
    return OTHER_FAMILY;
}

static bool is_special(const char *family)
{
    for (size_t i = 0; i < sizeof SPECIAL / sizeof *SPECIAL; i++)
        if (strstr(family, SPECIAL[i]))
            return true;
    return false;
}

struct ranked {
    struct candidate *candidate;
    int rank, weight;
    bool italic;
};

static int rank_of(const struct candidate *c, enum generic g, const char *han)
{
    int rank = family_rank(c, g);
    if (is_special(c->family))
        rank += SPECIAL_RANK;
    if (g != GENERIC_MONO && (c->mono || strstr(c->family, "Mono")))
        rank += MONO_RANK;
    if (han && (!c->languages || FcLangSetHasLang(c->languages, (const FcChar8 *)han) != FcLangEqual))
        rank += OTHER_HAN_RANK;
    return rank;
}

static int compare(const void *x, const void *y)
{
    const struct ranked *a = x, *b = y;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    return closer_candidate(a->candidate, b->candidate, a->weight, a->italic);
}

struct candidate **ranked_candidates(struct arena *a, const struct installed *in, enum generic generic,
                                     int weight, bool italic, const char *han)
{
    struct ranked *order = arena_array(a, in->count, sizeof *order);
    for (size_t i = 0; i < in->count; i++)
        order[i] = (struct ranked){&in->all[i], rank_of(&in->all[i], generic, han), weight, italic};
    qsort(order, in->count, sizeof *order, compare);
    struct candidate **list = arena_array(a, in->count, sizeof *list);
    for (size_t i = 0; i < in->count; i++)
        list[i] = order[i].candidate;
    return list;
}
