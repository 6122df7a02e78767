#include "read/html_fragment.h"
#include "base/buf.h"

/* ---- elements that EPUB has another name for (HTML Standard §16.2) */

static const struct old_element {
    const char *name;
    enum element now;
} old_elements[] = {
    {"acronym", ELEMENT_ABBR}, {"big", ELEMENT_SPAN},  {"center", ELEMENT_DIV}, {"font", ELEMENT_SPAN},
    {"listing", ELEMENT_PRE},  {"nobr", ELEMENT_SPAN}, {"strike", ELEMENT_S},   {"tt", ELEMENT_CODE},
    {"xmp", ELEMENT_PRE},      {"dir", ELEMENT_UL},    {"search", ELEMENT_DIV},
};

static enum element element_of(const char *name)
{
    for (size_t i = 0; i < sizeof old_elements / sizeof old_elements[0]; i++)
        if (strcmp(old_elements[i].name, name) == 0)
            return old_elements[i].now;
    enum element e = element_named(text_of(name));
    bool kept = e != ELEMENT_HTML && e != ELEMENT_BODY && e != ELEMENT_MAIN && e != ELEMENT_INPUT &&
                !element_is(e, ELEMENT_IS_MEDIA) && !element_is(e, ELEMENT_IS_FOREIGN);
    return kept ? e : ELEMENT_UNKNOWN;
}

static bool among(const char *name, const char *const *list)
{
    for (; *list; list++)
        if (strcmp(name, *list) == 0)
            return true;
    return false;
}

bool html_void(const struct html_token *t)
{
    static const char *const names[] = {"area",   "base", "br",   "col",   "embed",  "hr",    "img", "input",
                                        "keygen", "link", "meta", "param", "source", "track", "wbr", NULL};
    return among(t->name, names);
}

bool html_known(const char *name)
{
    static const char *const names[] = {
        "html",     "head",      "body",     "main",     "title",    "base",     "link",     "meta",
        "style",    "script",    "area",     "map",      "audio",    "video",    "source",   "track",
        "embed",    "object",    "param",    "iframe",   "picture",  "canvas",   "noscript", "template",
        "slot",     "form",      "fieldset", "legend",   "label",    "input",    "button",   "select",
        "datalist", "option",    "optgroup", "textarea", "output",   "meter",    "progress", "menu",
        "dialog",   "svg",       "math",     "applet",   "basefont", "bgsound",  "blink",    "frame",
        "keygen",   "marquee",   "multicol", "nextid",   "noembed",  "frameset", "noframes", "rtc",
        "spacer",   "plaintext", NULL};
    return among(name, names);
}

bool html_opaque(const char *name)
{
    static const char *const names[] = {"script",   "style", "template", "iframe",
                                        "noframes", "title", "head",     NULL};
    return among(name, names);
}

/* ---- content models */

static bool flow_ends_p(enum element next)
{
    return element_is(next, ELEMENT_IS_BLOCK) && next != ELEMENT_CAPTION && next != ELEMENT_COL;
}

bool html_ends(enum element open, enum element next)
{
    static const struct {
        enum element open, next;
    } ends[] = {
        {ELEMENT_LI, ELEMENT_LI},          {ELEMENT_DT, ELEMENT_DT},
        {ELEMENT_DT, ELEMENT_DD},          {ELEMENT_DD, ELEMENT_DT},
        {ELEMENT_DD, ELEMENT_DD},          {ELEMENT_RT, ELEMENT_RT},
        {ELEMENT_RT, ELEMENT_RP},          {ELEMENT_RP, ELEMENT_RT},
        {ELEMENT_RP, ELEMENT_RP},          {ELEMENT_RB, ELEMENT_RT},
        {ELEMENT_RB, ELEMENT_RP},          {ELEMENT_TD, ELEMENT_TD},
        {ELEMENT_TD, ELEMENT_TH},          {ELEMENT_TD, ELEMENT_TR},
        {ELEMENT_TD, ELEMENT_TBODY},       {ELEMENT_TD, ELEMENT_TFOOT},
        {ELEMENT_TH, ELEMENT_TD},          {ELEMENT_TH, ELEMENT_TH},
        {ELEMENT_TH, ELEMENT_TR},          {ELEMENT_TH, ELEMENT_TBODY},
        {ELEMENT_TH, ELEMENT_TFOOT},       {ELEMENT_TR, ELEMENT_TR},
        {ELEMENT_TR, ELEMENT_TBODY},       {ELEMENT_TR, ELEMENT_TFOOT},
        {ELEMENT_THEAD, ELEMENT_TBODY},    {ELEMENT_THEAD, ELEMENT_TFOOT},
        {ELEMENT_TBODY, ELEMENT_TBODY},    {ELEMENT_TBODY, ELEMENT_TFOOT},
        {ELEMENT_TFOOT, ELEMENT_TBODY},    {ELEMENT_COLGROUP, ELEMENT_COLGROUP},
        {ELEMENT_COLGROUP, ELEMENT_THEAD}, {ELEMENT_COLGROUP, ELEMENT_TBODY},
        {ELEMENT_COLGROUP, ELEMENT_TR},    {ELEMENT_CAPTION, ELEMENT_COLGROUP},
        {ELEMENT_CAPTION, ELEMENT_THEAD},  {ELEMENT_CAPTION, ELEMENT_TBODY},
        {ELEMENT_CAPTION, ELEMENT_TR},
    };
    if (open == ELEMENT_P)
        return next == ELEMENT_UNKNOWN || flow_ends_p(next);
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        if (ends[i].open == open && (next == ELEMENT_UNKNOWN || ends[i].next == next))
            return true;
    return false;
}

/* Which children a parent is limited to, and which parent a child must have: one table for both. */
static const struct {
    enum element parent, child;
} families[] = {
    {ELEMENT_TABLE, ELEMENT_CAPTION}, {ELEMENT_TABLE, ELEMENT_COLGROUP}, {ELEMENT_TABLE, ELEMENT_COL},
    {ELEMENT_TABLE, ELEMENT_THEAD},   {ELEMENT_TABLE, ELEMENT_TBODY},    {ELEMENT_TABLE, ELEMENT_TFOOT},
    {ELEMENT_TABLE, ELEMENT_TR},      {ELEMENT_THEAD, ELEMENT_TR},       {ELEMENT_TBODY, ELEMENT_TR},
    {ELEMENT_TFOOT, ELEMENT_TR},      {ELEMENT_TR, ELEMENT_TD},          {ELEMENT_TR, ELEMENT_TH},
    {ELEMENT_COLGROUP, ELEMENT_COL},  {ELEMENT_UL, ELEMENT_LI},          {ELEMENT_OL, ELEMENT_LI},
    {ELEMENT_DL, ELEMENT_DT},         {ELEMENT_DL, ELEMENT_DD},
};

/* Parents that also hold other things. */
static const struct {
    enum element parent, child;
} homes[] = {
    {ELEMENT_FIGURE, ELEMENT_FIGCAPTION}, {ELEMENT_DETAILS, ELEMENT_SUMMARY}, {ELEMENT_RUBY, ELEMENT_RT},
    {ELEMENT_RUBY, ELEMENT_RP},           {ELEMENT_RUBY, ELEMENT_RB},
};

enum { FAMILIES = sizeof families / sizeof families[0], HOMES = sizeof homes / sizeof homes[0] };

bool html_restricted(enum element parent)
{
    for (size_t i = 0; i < FAMILIES; i++)
        if (families[i].parent == parent)
            return true;
    return false;
}

bool html_allowed(enum element child, enum element parent)
{
    bool needs_home = false;
    for (size_t i = 0; i < FAMILIES; i++) {
        if (families[i].child == child && families[i].parent == parent)
            return true;
        needs_home |= families[i].child == child;
    }
    for (size_t i = 0; i < HOMES; i++) {
        if (homes[i].child == child && homes[i].parent == parent)
            return true;
        needs_home |= homes[i].child == child;
    }
    return !needs_home && !html_restricted(parent);
}

/* ---- scanning */

struct scan {
    struct arena *arena;
    struct text text;
    size_t at;
    struct html_token *first, **end;
    bool no_close; /* a close tag was sought in vain: it isn't sought again */
};

static bool name_byte(char c)
{
    return ascii_alpha(c) || ascii_digit(c) || c == '-' || c == '_' || c == ':' || c == '.';
}

/* A token of the text from `from` to `to`, where the scan goes on. */
static struct html_token *token(struct scan *s, enum html_kind kind, size_t from, size_t to)
{
    struct html_token *t = arena_alloc(s->arena, sizeof *t);
    t->kind = kind;
    t->raw = text_slice(s->text, from, to);
    t->offset = from;
    s->at = to;
    return t;
}

static void add(struct scan *s, struct html_token *t)
{
    *s->end = t;
    s->end = &t->next;
}

static char *lower(struct arena *a, struct text t)
{
    char *copy = text_copy(a, t);
    for (char *c = copy; *c; c++)
        *c = ascii_lower(*c);
    return copy;
}

static size_t skip_space(struct text t, size_t at)
{
    while (at < t.length && ascii_space(t.at[at]))
        at++;
    return at;
}

/* Offset behind the first `mark` at or after `from`, or 0 when there is none. */
static size_t behind(struct text t, size_t from, const char *mark)
{
    size_t length = strlen(mark);
    const char *found = from < t.length ? memmem(t.at + from, t.length - from, mark, length) : NULL;
    return found ? (size_t)(found - t.at) + length : 0;
}

/* An attribute at `at`; where it ends, or 0 when there is none. */
static size_t scan_attribute(struct scan *s, size_t at, struct html_attribute ***end)
{
    struct text t = s->text;
    size_t from = at;
    while (at < t.length && name_byte(t.at[at]))
        at++;
    if (at == from)
        return 0;
    struct html_attribute *one = arena_alloc(s->arena, sizeof *one);
    one->name = text_of(lower(s->arena, text_slice(t, from, at)));
    one->value = one->name;
    size_t equals = skip_space(t, at);
    if (equals < t.length && t.at[equals] == '=') {
        at = skip_space(t, equals + 1);
        char quote = at < t.length ? t.at[at] : '\0';
        if (quote == '"' || quote == '\'') {
            size_t close = text_find(t, quote, at + 1);
            if (close >= t.length)
                return 0;
            one->value = text_slice(t, at + 1, close);
            at = close + 1;
        } else {
            from = at;
            while (at < t.length && !ascii_space(t.at[at]) && t.at[at] != '>' && t.at[at] != '<')
                at++;
            one->value = text_slice(t, from, at);
        }
    }
    **end = one;
    *end = &one->next;
    return at;
}

/* The tag at `s->at`; NULL when the '<' there begins none. */
static struct html_token *scan_tag(struct scan *s)
{
    struct text t = s->text;
    size_t from = s->at, at = from + 1;
    bool closes = at < t.length && t.at[at] == '/';
    at += closes;
    size_t name = at;
    if (at >= t.length || !ascii_alpha(t.at[at]))
        return NULL;
    while (at < t.length && name_byte(t.at[at]))
        at++;
    const char *named = lower(s->arena, text_slice(t, name, at));
    struct html_attribute *attributes = NULL, **end = &attributes;
    bool empty = false;
    for (;;) {
        at = skip_space(t, at);
        if (at >= t.length)
            return NULL;
        if (t.at[at] == '>')
            break;
        empty = t.at[at] == '/';
        if (empty) {
            at++;
            continue;
        }
        at = scan_attribute(s, at, &end);
        if (!at)
            return NULL;
    }
    struct html_token *made = token(s, closes ? HTML_CLOSE : HTML_OPEN, from, at + 1);
    made->name = named;
    made->empty = empty;
    made->element = element_of(named);
    made->attributes = attributes;
    return made;
}

/* A comment, an instruction, a declaration or CDATA at `s->at`. */
static struct html_token *scan_other(struct scan *s)
{
    static const struct {
        const char *begin, *end;
        enum html_kind kind;
    } others[] = {{"<!--", "-->", HTML_COMMENT},
                  {"<?", "?>", HTML_COMMENT},
                  {"<![CDATA[", "]]>", HTML_CDATA},
                  {"<!", ">", HTML_COMMENT}};
    struct text here = text_slice(s->text, s->at, s->text.length);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        if (!text_starts(here, others[i].begin))
            continue;
        size_t to = behind(s->text, s->at + strlen(others[i].begin), others[i].end);
        if (!to) /* cmark ends such a block with its document */
            to = s->text.length;
        size_t from = s->at;
        struct html_token *t = token(s, others[i].kind, from, to);
        if (t->kind == HTML_CDATA)
            t->raw = text_slice(s->text, from + 9, to - 3 > from + 9 ? to - 3 : to);
        return t;
    }
    return NULL;
}

/* When the tag just scanned opens an element whose content isn't HTML, goes on to behind its close tag. */
static void scan_special(struct scan *s, struct html_token *t)
{
    bool foreign = strcmp(t->name, "svg") == 0 || strcmp(t->name, "math") == 0;
    if (t->kind != HTML_OPEN || (!foreign && !html_opaque(t->name)) || s->no_close)
        return;
    if (foreign && text_ends(t->raw, "/>")) {
        t->kind = HTML_FOREIGN;
        return;
    }
    char close[32];
    size_t n = strlen(t->name);
    if (n + 3 > sizeof close)
        return;
    memcpy(close, "</", 2);
    memcpy(close + 2, t->name, n + 1);
    size_t at = behind(s->text, s->at, close);
    size_t end = at ? text_find(s->text, '>', at) : s->text.length;
    s->no_close = end >= s->text.length;
    if (s->no_close)
        return;
    if (!foreign) {
        add(s, token(s, HTML_TEXT, s->at, at - n - 2));
        return;
    }
    t->kind = HTML_FOREIGN;
    t->raw = text_slice(s->text, t->offset, end + 1);
    s->at = end + 1;
}

struct html_token *html_scan(struct arena *a, struct text t)
{
    struct scan s = {a, t, 0, NULL, NULL, false};
    s.end = &s.first;
    size_t text = 0; /* where text began that has no token yet */
    for (;;) {
        size_t from = s.at = text_find(t, '<', s.at);
        if (from >= t.length)
            break;
        struct html_token *found = scan_other(&s);
        if (!found)
            found = scan_tag(&s);
        if (!found) {
            s.at = from + 1;
            continue;
        }
        size_t to = s.at;
        if (text < from)
            add(&s, token(&s, HTML_TEXT, text, from));
        s.at = to;
        add(&s, found);
        if (found->name)
            scan_special(&s, found);
        text = s.at;
    }
    if (text < t.length)
        add(&s, token(&s, HTML_TEXT, text, t.length));
    return s.first;
}
