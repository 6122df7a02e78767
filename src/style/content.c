/* Generated content (CSS Generated Content 3, CSS GCPM 3): content, string-set, counters, list markers. */
#include "base/buf.h"
#include "style/properties.h"

static const struct keyword counter_styles[] = {{"decimal", COUNTER_DECIMAL},
                                                {"lower-roman", COUNTER_LOWER_ROMAN},
                                                {"upper-roman", COUNTER_UPPER_ROMAN},
                                                {"lower-alpha", COUNTER_LOWER_ALPHA},
                                                {"lower-latin", COUNTER_LOWER_ALPHA},
                                                {"upper-alpha", COUNTER_UPPER_ALPHA},
                                                {"upper-latin", COUNTER_UPPER_ALPHA},
                                                {"lower-greek", COUNTER_LOWER_GREEK},
                                                {"decimal-leading-zero", COUNTER_DECIMAL_LEADING_ZERO},
                                                {"disc", COUNTER_DISC},
                                                {"circle", COUNTER_CIRCLE},
                                                {"square", COUNTER_SQUARE},
                                                {"none", COUNTER_NONE},
                                                {NULL, 0}};

static bool read_counter_style(struct reading *r, int *style)
{
    struct text t;
    if (read_keyword(r, counter_styles, style))
        return true;
    struct reading start = *r;
    *style = COUNTER_DASH;
    if (read_string(r, &t)) {
        t = text_trim(t);
        if (text_is(t, "\xE2\x80\x93") || text_is(t, "\xE2\x80\x94") || text_is(t, "-"))
            return true;
    }
    *r = start;
    return false;
}

bool parse_list_style(struct reading *r, const struct property *p, struct value *v)
{
    (void)p;
    v->kind = VALUE_KEYWORD;
    return read_counter_style(r, &v->number);
}

static bool name_argument(struct reading *r, struct content *c)
{
    struct text t;
    if (!read_ident(r, &t))
        return false;
    c->text = text_copy(r->arena, t);
    return true;
}

/* The optional counter style behind a comma. */
static bool style_argument(struct reading *r, struct content *c)
{
    int style = COUNTER_DECIMAL;
    if (read_mark(r, ',') && !read_counter_style(r, &style))
        return false;
    c->style = (enum counter_style)style;
    return true;
}

static bool content_string_ref(struct reading *r, struct content *c)
{
    static const struct keyword which[] = {{"first", STRING_FIRST},
                                           {"start", STRING_START},
                                           {"last", STRING_LAST},
                                           {"first-except", STRING_FIRST_EXCEPT},
                                           {NULL, 0}};
    int w = STRING_FIRST;
    if (!name_argument(r, c) || (read_mark(r, ',') && !read_keyword(r, which, &w)))
        return false;
    c->which = (enum string_which)w;
    return true;
}

static bool content_counter(struct reading *r, struct content *c)
{
    return name_argument(r, c) && style_argument(r, c);
}

static bool content_counters(struct reading *r, struct content *c)
{
    struct text between;
    if (!name_argument(r, c) || !read_mark(r, ',') || !read_string(r, &between))
        return false;
    c->between = text_copy(r->arena, between);
    return style_argument(r, c);
}

/* attr(href) or attr(href url): the only target that is understood. */
static bool href_argument(struct reading *r)
{
    struct reading inside;
    if (!read_function(r, "attr", &inside) || !read_word(&inside, "href"))
        return false;
    read_word(&inside, "url");
    return reading_done(&inside);
}

static bool content_target_counter(struct reading *r, struct content *c)
{
    return href_argument(r) && read_mark(r, ',') && name_argument(r, c) && style_argument(r, c);
}

/* What of an element: its text, what is made before or behind it, its first letter. */
static bool part_of_element(struct reading *r, struct content *c)
{
    static const char *const parts[] = {"before", "after", "first-letter"};
    if (read_word(r, "content") || read_word(r, "text"))
        return true;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (read_word(r, parts[i])) {
            c->text = parts[i];
            return true;
        }
    return false;
}

static bool content_target_text(struct reading *r, struct content *c)
{
    return href_argument(r) &&
           (!read_mark(r, ',') || (part_of_element(r, c) && (!c->text || *c->text == 'f')));
}

static bool content_text(struct reading *r, struct content *c)
{
    return reading_done(r) || part_of_element(r, c);
}

static bool content_leader(struct reading *r, struct content *c)
{
    static const struct keyword kinds[] = {{"dotted", 0}, {"solid", 1}, {"space", 2}, {NULL, 0}};
    static const char *const texts[] = {". ", "_", " "};
    int kind = 0;
    struct text t;
    if (read_keyword(r, kinds, &kind))
        c->text = texts[kind];
    else if (read_string(r, &t))
        c->text = text_copy(r->arena, t);
    return c->text != NULL;
}

static const struct function {
    const char *name;
    enum content_kind kind;
    bool (*read)(struct reading *r, struct content *c);
} functions[] = {
    {"attr", CONTENT_ATTR, name_argument},
    {"counter", CONTENT_COUNTER, content_counter},
    {"counters", CONTENT_COUNTERS, content_counters},
    {"string", CONTENT_STRING_REF, content_string_ref},
    {"content", CONTENT_TEXT, content_text},
    {"leader", CONTENT_LEADER, content_leader},
    {"target-counter", CONTENT_TARGET_COUNTER, content_target_counter},
    {"target-text", CONTENT_TARGET_TEXT, content_target_text},
};

static bool part(struct reading *r, struct content *c)
{
    struct text t;
    struct reading inside;
    if (read_string(r, &t)) {
        c->kind = CONTENT_STRING;
        c->text = text_copy(r->arena, t);
        return true;
    }
    if (read_word(r, "open-quote")) {
        c->kind = CONTENT_OPEN_QUOTE;
        return true;
    }
    if (read_word(r, "close-quote")) {
        c->kind = CONTENT_CLOSE_QUOTE;
        return true;
    }
    for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++)
        if (read_function(r, functions[i].name, &inside)) {
            c->kind = functions[i].kind;
            return functions[i].read(&inside, c) && reading_done(&inside);
        }
    return false;
}

/* The alternative text behind a slash: "" makes the content one for the eye only; another is not used. */
static bool alternative(struct reading *r, struct content *first)
{
    struct text t;
    if (!read_mark(r, '/'))
        return true;
    if (!first || !read_string(r, &t))
        return false;
    first->silent = t.length == 0;
    return true;
}

/* One part or more, to the end, a comma or a slash. NULL when one is not understood. */
static struct content *parts(struct reading *r)
{
    struct content *first = NULL, **end = &first;
    while (!reading_done(r) && !token_is(r->at, ',') && !token_is(r->at, '/')) {
        *end = arena_alloc(r->arena, sizeof **end);
        if (!part(r, *end))
            return NULL;
        end = &(*end)->next;
    }
    return first;
}

bool parse_content(struct reading *r, const struct property *p, struct value *v)
{
    (void)p;
    v->kind = VALUE_LIST;
    if (read_word(r, "none") || read_word(r, "normal"))
        return true;
    struct content *list = parts(r);
    v->list = list;
    return list && alternative(r, list);
}

bool parse_string_set(struct reading *r, const struct property *p, struct value *v)
{
    (void)p;
    v->kind = VALUE_LIST;
    if (read_word(r, "none"))
        return true;
    struct string_set *first = NULL, **end = &first;
    do {
        struct text name;
        *end = arena_alloc(r->arena, sizeof **end);
        if (!read_ident(r, &name))
            return false;
        (*end)->name = text_copy(r->arena, name);
        (*end)->value = parts(r);
        if (!(*end)->value)
            return false;
        end = &(*end)->next;
    } while (read_mark(r, ','));
    v->list = first;
    return true;
}

/* counter-reset and counter-increment: names, each with an integer that may be missing. */
bool parse_counters(struct reading *r, const struct property *p, struct value *v)
{
    v->kind = VALUE_LIST;
    if (read_word(r, "none"))
        return true;
    struct counter_change *first = NULL, **end = &first;
    struct text name;
    while (read_ident(r, &name)) {
        *end = arena_alloc(r->arena, sizeof **end);
        (*end)->name = text_copy(r->arena, name);
        (*end)->value = strcmp(p->name, "counter-increment") == 0;
        read_integer(r, -1000000, 1000000, &(*end)->value);
        end = &(*end)->next;
    }
    v->list = first;
    return first != NULL;
}
