/* Which attributes EPUB 3.3 allows on which element. */
#include "read/attributes.h"

/* Attributes that only certain elements have. */
static const struct own {
    const char *name;
    enum element elements[8];
} own[] = {
    {"href", {ELEMENT_A}},
    {"hreflang", {ELEMENT_A}},
    {"rel", {ELEMENT_A}},
    {"src", {ELEMENT_IMG}},
    {"alt", {ELEMENT_IMG}},
    {"cite", {ELEMENT_BLOCKQUOTE, ELEMENT_Q, ELEMENT_INS, ELEMENT_DEL}},
    {"datetime", {ELEMENT_TIME, ELEMENT_INS, ELEMENT_DEL}},
    {"value", {ELEMENT_DATA, ELEMENT_LI}},
    {"start", {ELEMENT_OL}},
    {"reversed", {ELEMENT_OL}},
    {"type", {ELEMENT_OL}},
    {"colspan", {ELEMENT_TD, ELEMENT_TH}},
    {"rowspan", {ELEMENT_TD, ELEMENT_TH}},
    {"headers", {ELEMENT_TD, ELEMENT_TH}},
    {"scope", {ELEMENT_TH}},
    {"abbr", {ELEMENT_TH}},
    {"span", {ELEMENT_COL, ELEMENT_COLGROUP}},
    {"open", {ELEMENT_DETAILS}},
};

bool attributes_own(enum element e, const char *name)
{
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        if (strcmp(own[i].name, name) == 0)
            for (size_t k = 0; k < 8 && own[i].elements[k]; k++)
                if (own[i].elements[k] == e)
                    return true;
    return false;
}

bool attributes_global(const char *name)
{
    static const char *const names[] = {"title", "dir", "role", "epub:type", "style", "translate", NULL};
    for (const char *const *n = names; *n; n++)
        if (strcmp(*n, name) == 0)
            return true;
    return strncmp(name, "aria-", 5) == 0 || (strncmp(name, "data-", 5) == 0 && name[5]);
}

bool attributes_fetches(const char *style)
{
    for (const char *at = style; (at = strchr(at, '(')) != NULL; at++)
        if (at - style >= 3 && text_is_nocase((struct text){at - 3, 3}, "url"))
            return true;
    return false;
}
