/* What a block begins with, and the lines that head notes. */
#include "base/utf8.h"
#include "read/text_parts.h"

/* ---- numbers */

/* U+2070 and on, but for 1, 2 and 3, which Latin-1 had. */
static int raised_digit(uint32_t c)
{
    if (c == 0xB9)
        return 1;
    if (c == 0xB2 || c == 0xB3)
        return (int)(c - 0xB0);
    return c == 0x2070 || (c >= 0x2074 && c <= 0x2079) ? (int)(c - 0x2070) : -1;
}

/* Digits at `*at`, up to 5; -1 when there are none or more. */
static int digits(struct text t, size_t *at)
{
    size_t from = *at;
    int n = 0;
    while (*at < t.length && ascii_digit(t.at[*at]) && *at - from < 6)
        n = n * 10 + (t.at[(*at)++] - '0');
    return *at > from && *at - from < 6 ? n : -1;
}

static size_t skip_space(struct text t, size_t at)
{
    while (at < t.length) {
        size_t next = at;
        uint32_t c = utf8_next(t, &next);
        if (!wide_space(c) && !widthless(c))
            break;
        at = next;
    }
    return at;
}

/* ---- the way back that a web page puts before a note: `^`, `↑`, `^ a b c` */

static size_t skip_back_links(struct text t, size_t at)
{
    size_t next = at;
    uint32_t c = at < t.length ? utf8_next(t, &next) : 0;
    if (c != '^' && c != 0x2191)
        return at;
    next = skip_space(t, next);
    size_t after = next;
    char want = 'a';
    while (after + 1 < t.length && t.at[after] == want && t.at[after + 1] == ' ') {
        after = skip_space(t, after + 1);
        want++;
    }
    return want > 'b' ? after : next;
}

static struct marker made(struct text t, enum marker_style style, int number, size_t at)
{
    size_t from = skip_space(t, at), to = skip_back_links(t, from);
    return (struct marker){style, number, to, to >= t.length, to > from};
}

static const struct marker none;

static struct marker bracketed(struct text t)
{
    static const char *const names[] = {"footnote ", "note ", "fn ", "fn", "endnote ", "n. ", "n", NULL};
    size_t at = 1;
    const char *const *name = NULL;
    for (const char *const *n = names; *n && !name; n++)
        if (text_is_nocase(text_slice(t, 1, 1 + strlen(*n)), *n) && 1 + strlen(*n) < t.length &&
            ascii_digit(t.at[1 + strlen(*n)]))
            name = n;
    if (name)
        at += strlen(*name);
    int n = digits(t, &at);
    if (n < 0 || at >= t.length)
        return none;
    if (t.at[at] == ']')
        return made(t, MARKER_BRACKET, n, at + (at + 1 < t.length && t.at[at + 1] == ':' ? 2 : 1));
    return name && t.at[at] == ':' ? made(t, MARKER_FOOTNOTE, n, at + 1) : none;
}

static struct marker numbered(struct text t)
{
    size_t at = 0, next;
    int n = digits(t, &at);
    if (n < 0)
        return none;
    if (at >= t.length)
        return made(t, MARKER_BARE, n, at);
    size_t here = at;
    uint32_t c = utf8_next(t, &here);
    if (c == '.' || c == ')' || c == ':') {
        next = here;
        uint32_t after = next < t.length ? char_at(t, &next) : ' ';
        bool glued = c == '.' && ((letter(after) && !lower(after)) || opening_quote(after) || after == '^');
        if (!wide_space(after) && !glued)
            return none;
        return made(t, c == '.' ? MARKER_DOT : c == ')' ? MARKER_PAREN : MARKER_COLON, n, here);
    }
    if (wide_space(c)) {
        struct marker m = made(t, MARKER_BARE, n, here);
        return m;
    }
    return (letter(c) && !lower(c)) || opening_quote(c) || c == '^' ? made(t, MARKER_GLUED, n, at) : none;
}

static struct marker raised(struct text t)
{
    size_t at = 0, end = 0;
    int n = 0, count = 0;
    while (at < t.length) {
        int digit = raised_digit(utf8_next(t, &at));
        if (digit < 0 || count == 5)
            break;
        n = n * 10 + digit;
        end = at;
        count++;
    }
    return count ? made(t, MARKER_RAISED, n, end) : none;
}

static struct marker worded(struct text t)
{
    static const char *const names[] = {"Note ",      "NOTE ",    "Footnote ", "Endnote ", "Anm. ",
                                        "Anmerkung ", "Fußnote ", "Nota ",     NULL};
    for (const char *const *n = names; *n; n++) {
        size_t at = strlen(*n);
        if (!text_starts(t, *n))
            continue;
        int number = digits(t, &at);
        if (number >= 0 && at < t.length && (t.at[at] == '.' || t.at[at] == ':'))
            return made(t, MARKER_WORD, number, at + 1);
    }
    return none;
}

static bool bullet(uint32_t c)
{
    return c == 0x2022 || c == 0x2023 || c == 0x25AA || c == 0x25CF || c == 0x25CB || c == 0x25E6 ||
           c == 0xB7 || c == 0x2219 || c == 0x25A0 || c == 0x25A1 || c == 0x2043 || c == '-' || c == '*' ||
           c == 0x2013 || c == '+' || c == 0x27A2 || c == 0x2713 || c == 0x25B6 || c == 0x25BA || c == 0xF0B7;
}

struct marker marker_parse(struct text t)
{
    if (!t.length)
        return none;
    size_t at = 0;
    uint32_t c = utf8_next(t, &at);
    if (c == '[')
        return bracketed(t);
    if (c == '(') {
        int n = digits(t, &at);
        return n >= 0 && at < t.length && t.at[at] == ')' ? made(t, MARKER_PARENS, n, at + 1) : none;
    }
    if (c < 0x80 && ascii_digit((char)c))
        return numbered(t);
    if (c == '^' || c == 0x2191) {
        size_t after = at;
        int n = digits(t, &after);
        return n > 0 ? made(t, MARKER_CARET, n, after) : made(t, MARKER_CARET, 0, 0);
    }
    if (raised_digit(c) >= 0)
        return raised(t);
    if (bullet(c) && at < t.length) {
        size_t next = at;
        bool plain = c == '-' || c == '*' || c == '+' || c == 0x2013;
        if (wide_space(utf8_next(t, &next)) || !plain)
            return made(t, MARKER_BULLET, 0, at);
        return none;
    }
    return c == 'N' || c == 'F' || c == 'E' || c == 'A' ? worded(t) : none;
}

bool marker_follows(struct marker now, struct marker next)
{
    if (now.style != next.style || now.style == MARKER_NONE)
        return false;
    if (now.style == MARKER_BULLET || (now.style == MARKER_CARET && next.number == 0))
        return true;
    bool strict = now.style == MARKER_BARE || now.style == MARKER_GLUED;
    return next.number > now.number && next.number <= now.number + (strict ? 1 : 3);
}

/* ---- heads of notes */

/* Without the signs that a head may carry: `##` before, `:` or `[edit]` behind. */
static struct text bare_head(struct text t)
{
    t = trim_wide(t);
    while (t.length && (t.at[0] == '#' || t.at[0] == '*' || t.at[0] == '='))
        t = trim_wide(text_slice(t, 1, t.length));
    while (t.length && strchr(":.*#=", t.at[t.length - 1]))
        t = trim_wide(text_slice(t, 0, t.length - 1));
    return t;
}

bool notes_head(struct text t)
{
    static const char *const names[] = {"notes",
                                        "note",
                                        "endnotes",
                                        "end notes",
                                        "end-notes",
                                        "footnotes",
                                        "foot notes",
                                        "foot-notes",
                                        "notes and references",
                                        "notes & references",
                                        "references and notes",
                                        "notes and sources",
                                        "notes and citations",
                                        "explanatory notes",
                                        "author's notes",
                                        "source notes",
                                        "chapter notes",
                                        "notes and comments",
                                        "footnotes and references",
                                        "anmerkungen",
                                        "endnoten",
                                        "einzelnachweise",
                                        "anmerkungen und literatur",
                                        "notes de bas de page",
                                        "notes de fin",
                                        "notes et références",
                                        "notas",
                                        "notas al pie",
                                        "notas a pie de página",
                                        "notas de rodapé",
                                        "note a piè di pagina",
                                        "note al testo",
                                        "voetnoten",
                                        "noten",
                                        "eindnoten",
                                        "noter",
                                        "fotnoter",
                                        "przypisy",
                                        "jegyzetek",
                                        "dipnotlar",
                                        "notlar",
                                        "viitteet",
                                        NULL};
    static const char *const exact[] = {"Fußnoten",   "FUßNOTEN", "FUSSNOTEN",  "Fussnoten", "Примечания",
                                        "ПРИМЕЧАНИЯ", "Сноски",   "Σημειώσεις", "注釈",      "注",
                                        "註",         "脚注",     NULL};
    if (t.length > 80 || (t.length && t.at[t.length - 1] == '.' && lower(first_char(t))))
        return false; /* "note." ends a sentence */
    t = bare_head(t);
    for (const char *const *e = exact; *e; e++)
        if (text_is(t, *e))
            return true;
    bool of = (text_starts(t, "Notes to ") || text_starts(t, "NOTES TO ") || text_starts(t, "Notes for ")) &&
              count_words(t) <= 6;
    return of || among(t, names);
}

bool sources_head(struct text t)
{
    static const char *const names[] = {"references",        "sources",     "citations",
                                        "works cited",       "literatur",   "quellen",
                                        "références",        "referencias", "fuentes",
                                        "bibliography",      "literature",  "literaturverzeichnis",
                                        "sources and notes", "riferimenti", "referenties",
                                        "cited works",       NULL};
    return t.length <= 60 && among(bare_head(t), names);
}
