/* Heads: lines that stand alone, say little, close without a full stop and have text below them. */
#include "base/utf8.h"
#include "read/text_names.h"
#include "read/text_parts.h"
#include <math.h>

/* ---- what a line looks like */

static const char *const number_words[] = {"one",      "two",      "three",   "four",  "five",   "six",
                                           "seven",    "eight",    "nine",    "ten",   "eleven", "twelve",
                                           "thirteen", "fourteen", "fifteen", "first", "second", "third",
                                           "fourth",   "fifth",    "the",     NULL};

static size_t word_end(struct text t, size_t at)
{
    while (at < t.length && !ascii_space(t.at[at]) && !strchr(".:,)", t.at[at]))
        at++;
    return at;
}

static bool roman(struct text t)
{
    if (!t.length || t.length > 8)
        return false;
    for (size_t i = 0; i < t.length; i++)
        if (!strchr("IVXLCDM", t.at[i]))
            return false;
    return true;
}

static bool all_digits(struct text t)
{
    for (size_t i = 0; i < t.length; i++)
        if (!ascii_digit(t.at[i]))
            return false;
    return t.length > 0 && t.length <= 3;
}

/* `Chapter 3`, `PART TWO: …`: one of the words, then a number in any form. */
static bool named_and_counted(struct text t, const char *const *names)
{
    size_t end = word_end(t, 0);
    if (!among(text_slice(t, 0, end), names) || end >= t.length || t.at[end] != ' ')
        return false;
    size_t next = word_end(t, end + 1);
    struct text number = text_slice(t, end + 1, next);
    struct text behind = text_trim(text_slice(t, next, t.length));
    bool counted =
        roman(number) || all_digits(number) || (among(number, number_words) && count_words(t) <= 12);
    if (!counted)
        return false;
    size_t at = 0, last = behind.length;
    uint32_t c = behind.length ? char_at(behind, &at) : 0;
    if (opening_quote(c) && !closing_quote(char_before(behind, &last)))
        return false; /* `Chapter 3 “By attempting …”: the text has …` cites it */
    return !c || c == '.' || c == ':' || c == 0x2014 || c == 0x2013 || c == '-' || upper(c) ||
           opening_quote(c);
}

/* `1. `, `2.3 `, `4) ` and a capital; gives how many numbers. */
static int numbered_depth(struct text t, bool *alone)
{
    int depth = 0;
    size_t at = 0;
    while (at < t.length && ascii_digit(t.at[at]) && depth < 6) {
        size_t from = at;
        while (at < t.length && ascii_digit(t.at[at]))
            at++;
        if (at - from > 3)
            return 0;
        depth++;
        if (at + 1 >= t.length || t.at[at] != '.' || !ascii_digit(t.at[at + 1]))
            break;
        at++;
    }
    if (!depth)
        return 0;
    if (at < t.length && (t.at[at] == '.' || t.at[at] == ')'))
        at++;
    *alone = at >= t.length;
    if (*alone)
        return depth;
    size_t next = at;
    uint32_t c = utf8_next(t, &next);
    if (!wide_space(c))
        return 0;
    c = first_char(text_slice(t, at, t.length));
    return upper(c) ? depth : 0;
}

static bool capitals(struct text t)
{
    int letters = 0;
    for (size_t at = 0; at < t.length;) {
        uint32_t c = utf8_next(t, &at);
        if (lower(c))
            return false;
        letters += letter(c);
    }
    return letters >= 3;
}

/* `IV.`, `II – Title`, `III`. */
static bool roman_numbered(struct text t, bool *alone)
{
    size_t end = word_end(t, 0);
    struct text number = text_slice(t, 0, end);
    if (!roman(number) &&
        !(end <= 5 && end > 0 && strspn(text_slice(t, 0, end).at, "ivx") >= end && t.length == end))
        return false;
    if (end < t.length && (t.at[end] == '.' || t.at[end] == ')' || t.at[end] == ':'))
        end++;
    *alone = end >= t.length;
    if (*alone)
        return true;
    bool pointed = strchr(".):", t.at[end - 1]) != NULL;
    struct text behind = trim_wide(text_slice(t, end, t.length));
    bool dashed = text_starts(behind, "-") || text_starts(behind, "–") || text_starts(behind, "—");
    return (pointed || dashed) && ascii_space(t.at[end]) && upper(first_char(behind)) &&
           number.length + behind.length > 3;
}

static enum head_style style_of(struct text t, int *depth, bool *alone)
{
    static const char *const parts[] = {"part",  "book",  "teil", "partie", "parte",
                                        "livre", "libro", "buch", "volume", NULL};
    static const char *const chapters[] = {
        "chapter", "kapitel", "chapitre", "capítulo", "capitulo", "capitolo", "section", "lecture",
        "letter",  "essay",   "canto",    "act",      "scene",    "appendix", "lesson",  NULL};
    *depth = 0;
    *alone = false;
    if (t.at[0] == '#') {
        while ((size_t)*depth < t.length && t.at[*depth] == '#')
            ++*depth;
        return *depth <= 6 && (size_t)*depth < t.length && t.at[*depth] == ' ' ? HEAD_MARKED : HEAD_NONE;
    }
    if (bold_line(t).length)
        return HEAD_BOLD;
    if (named_and_counted(t, parts))
        return HEAD_PART;
    if (named_and_counted(t, chapters))
        return HEAD_CHAPTER;
    if (roman_numbered(t, alone))
        return HEAD_ROMAN;
    *depth = numbered_depth(t, alone);
    if (*depth)
        return HEAD_NUMBERED;
    return capitals(t) ? HEAD_CAPITALS : HEAD_BARE;
}

/* ---- how sure */

/* Of a head: old books have long ones. */
enum { WORDS_MOST = 34, BYTES_MOST = 260 };

/* The share of words of four letters and more that begin with a capital. */
static double title_case(struct text t)
{
    int words = 0, capital = 0;
    struct text word;
    bool first = true;
    while (text_split(&t, ' ', &word)) {
        uint32_t c = first_char(word);
        if (count_chars(word) >= 4 && letter(c) && !first) {
            words++;
            capital += upper(c);
        }
        first = first && word.length == 0;
    }
    return words ? (double)capital / words : 0.5;
}

static size_t next_text(const struct text_parts *p, size_t i)
{
    while (i < p->block_count && (p->blocks[i].kind == BLOCK_CLUTTER || p->blocks[i].kind == BLOCK_BYLINE))
        i++;
    return i;
}

/* The last block of the text before `i`; block_count when there is none. */
static size_t text_before(const struct text_parts *p, size_t i)
{
    while (i > 0 && (p->blocks[i - 1].kind == BLOCK_CLUTTER || p->blocks[i - 1].kind == BLOCK_BYLINE))
        i--;
    return i > 0 ? i - 1 : p->block_count;
}

/* An amount: `19,925`. A year may head what happened in it. */
static bool no_words(struct text t)
{
    for (size_t at = 0; at < t.length;)
        if (letter(utf8_next(t, &at)))
            return false;
    return t.length != 4 || !all_digits(text_slice(t, 0, 3)) || !ascii_digit(t.at[3]);
}

static bool never_head(struct text t)
{
    static const char *const starts[] = {"Keywords:",
                                         "Key words:",
                                         "Keywords ",
                                         "Mots-clés",
                                         "Palabras clave",
                                         "Schlüsselwörter",
                                         "Received ",
                                         "Source:",
                                         "Sources:",
                                         "Photo:",
                                         "Photos:",
                                         "Photo by ",
                                         "Photo credit",
                                         "Photo courtesy",
                                         "Photograph:",
                                         "Photographs:",
                                         "Photograph by ",
                                         "Image:",
                                         "Images:",
                                         "Image by ",
                                         "Image credit",
                                         "Image courtesy",
                                         "Illustration:",
                                         "Illustration by ",
                                         "Credit:",
                                         "Foto:",
                                         "Fotos:",
                                         "Bild:",
                                         "Bildnachweis",
                                         "Quelle:",
                                         "Quellen:",
                                         "Grafik:",
                                         "Photo : ",
                                         "Crédit",
                                         "Source : ",
                                         "Fuente:",
                                         "Fuentes:",
                                         "Imagen:",
                                         "Imagen de ",
                                         "Dear ",
                                         "Yours ",
                                         "Sincerely",
                                         "Q:",
                                         "A:",
                                         "|",
                                         "P.S.",
                                         "ISBN",
                                         "DOI",
                                         "doi:",
                                         "http",
                                         "www.",
                                         NULL};
    static const char *const credits[] = {
        " Photograph:", " Photo:", " Illustration:", " Image:", "Getty Images", "/Alamy", "/Reuters",
        "/AFP",         " Foto:",  " Credit:",       NULL};
    static const char *const counted[] = {"Figure ",  "Fig. ",    "Table ", "Chart ",  "Abb. ", "Abbildung ",
                                          "Tabelle ", "Tableau ", "Tabla ", "Figura ", NULL};
    for (const char *const *s = starts; *s; s++)
        if (text_starts(t, *s))
            return true;
    for (const char *const *s = credits; *s; s++)
        if (memmem(t.at, t.length, *s, strlen(*s)))
            return true;
    for (const char *const *s = counted; *s; s++)
        if (text_starts(t, *s) && t.length > strlen(*s) && ascii_digit(t.at[strlen(*s)]))
            return true;
    size_t at = 0;
    uint32_t c = char_at(t, &at);
    if (no_words(t))
        return true;
    return c == 0x2014 || c == 0x2013 || c == '-' || c == '(' || c == '*' || c == '~' || c == '@';
}

/* Cells parted by tabs, or mostly numbers. */
static bool row_of_table(struct text t)
{
    struct text word;
    int words = 0, numbers = 0;
    if (text_find(t, '\t', 0) < t.length)
        return true;
    while (text_split(&t, ' ', &word)) {
        words += word.length > 0;
        numbers += word.length && ascii_digit(word.at[0]);
    }
    return words >= 3 && numbers * 2 >= words;
}

static bool asks(struct text t)
{
    static const char *const words[] = {
        "how",    "what",    "why",     "who",    "whom",   "whose", "when",    "where",    "which", "is",
        "are",    "can",     "could",   "does",   "do",     "did",   "should",  "will",     "was",   "were",
        "has",    "have",    "must",    "wie",    "was",    "warum", "wer",     "wann",     "wo",    "wozu",
        "welche", "welcher", "welches", "ist",    "sind",   "gibt",  "comment", "pourquoi", "qui",   "que",
        "quoi",   "quand",   "où",      "quel",   "quelle", "quels", "quelles", "est-ce",   "por",   "perché",
        "come",   "chi",     "dove",    "quando", NULL};
    return among(text_slice(t, 0, text_find(t, ' ', 0)), words) || text_starts(t, "¿");
}

/* How long the name before a colon is that begins the line: `Q`, `Ann Poe`, `DR. POE`; 0: none does. */
static size_t speaker(struct text t)
{
    enum { NAME_BYTES = 40 };
    size_t colon = text_find(t, ':', 0);
    struct text name = text_slice(t, 0, colon);
    if (!colon || colon + 1 >= t.length || t.at[colon + 1] != ' ' || colon > NAME_BYTES ||
        count_words(name) > 4)
        return 0;
    struct text word;
    while (text_split(&name, ' ', &word))
        if (!upper(first_char(word)) || ascii_digit(word.at[word.length - 1]))
            return 0;
    return colon;
}

/* Does somebody speak in this line and answer, or is answered, in the paragraph beside it? */
static bool speaks(const struct text_parts *p, size_t i)
{
    size_t next = next_text(p, i + 1), before = text_before(p, i);
    return speaker(p->blocks[i].text) && ((next < p->block_count && speaker(p->blocks[next].text)) ||
                                          (before < p->block_count && speaker(p->blocks[before].text)));
}

/* The log odds that block `i` is a bare-line head. */
static double bare_odds(const struct text_parts *p, size_t i, enum head_style style, bool among_heads)
{
    const struct block *b = &p->blocks[i];
    struct text t = b->text;
    int words = count_words(t);
    uint32_t end = last_char(t), first = first_char(t);
    size_t next = next_text(p, i + 1), before = text_before(p, i);
    bool old =
        end == '.' && style == HEAD_CAPITALS && words <= 10 && !strpbrk(text_copy(p->arena, t), "0123456789");
    bool titles_chapter = old && before < p->block_count && p->blocks[before].sure >= 0.9f &&
                          p->blocks[before].head == HEAD_CHAPTER && count_words(p->blocks[before].text) <= 2;
    double odds = titles_chapter ? 3 : old ? 0 : 1.2; /* "OF FOG." */
    if ((end == '.' && !old) || end == ',' || end == ';' || end == ':' || end == 0x2014 || end == 0x2026 ||
        end == '-' || lower(first) || never_head(t) || speaks(p, i) || next >= p->block_count)
        return -9;
    if (end == '!' || end == '?')
        odds -= words > 3 && title_case(t) > 0.6 ? 0.5 : asks(t) && end == '?' && among_heads ? 1.0 : 2.2;
    odds += among_heads ? 0.5 : 0;
    odds -= words > 16 ? 1.76 + (words - 16) * 0.05 : words > 8 ? (words - 8) * 0.22 : 0;
    odds -= words > 16 && title_case(t) < 0.6 ? 2 : 0;
    odds += (title_case(t) - 0.4) * (words > 2 ? 2.0 : 1.0);
    odds += style == HEAD_CAPITALS ? 1.0 : style == HEAD_NUMBERED || style == HEAD_ROMAN ? 0.5 : 0;
    const struct block *n = &p->blocks[next];
    bool body = n->lines > 1 || n->text.length > 120 ||
                (n->text.length > (size_t)t.length * 2 && sentence_end(n->text));
    bool short_line = n->kind == BLOCK_PARAGRAPH && n->marker.style == MARKER_NONE && !sentence_end(n->text);
    odds += body ? 0.8 : short_line ? -0.8 : -0.2;
    odds -= !body && names_surely(t) ? 3.5 : 0; /* who signs */
    odds += b->blanks > 0 ? 0.3 : p->spaced ? -2.0 : -0.4;
    odds += n->blanks == 0 && p->spaced && !(p->wrapped && n->lines > 1) ? -1.5 : 0;
    if (before < p->block_count && p->blocks[before].kind == BLOCK_PARAGRAPH) {
        uint32_t c = last_char(p->blocks[before].text);
        odds -= (c == ':' || c == ',' || c == ';') && p->blocks[before].text.length > 60 ? 2.5 : 0;
    }
    if (p->wrapped)
        odds -= b->width * 10 > p->measure * 9 ? 1.0 : 0;
    odds -= b->quote ? 3 : 0;
    bool listed = b->marker.number &&
                  ((n->marker.number && marker_follows(b->marker, n->marker)) ||
                   (before < p->block_count && marker_follows(p->blocks[before].marker, b->marker)));
    odds -= listed ? 4 : 0;
    odds -= lower(first_char(text_slice(n->text, n->marker.length, n->text.length))) ? 2.5 : 0;
    odds -= row_of_table(t) ? 4 : 0;
    odds -= words >= 6 && memmem(n->text.at, n->text.length, t.at, t.length) ? 4 : 0; /* a pull quote */
    return odds;
}

static void score(struct text_parts *p, size_t i, bool among_heads)
{
    struct block *b = &p->blocks[i];
    bool alone;
    struct text t = b->text;
    if (b->kind != BLOCK_PARAGRAPH || b->text.length > BYTES_MOST || b->marker.style == MARKER_BULLET ||
        b->marker.style == MARKER_BRACKET || b->marker.style == MARKER_PARENS ||
        b->marker.style == MARKER_CARET || b->marker.style == MARKER_RAISED ||
        (b->lines > 4 && !b->underline) || leads_back_at_end(t) || note_text_end(t, false) < t.length)
        return;
    b->head = style_of(t, &b->depth, &alone);
    if (b->underline) {
        b->head = b->underline == '=' ? HEAD_DOUBLE : HEAD_SINGLE;
        b->depth = 0;
        b->sure = 0.98f;
        return;
    }
    if (b->head == HEAD_MARKED) {
        b->sure = 0.98f;
        return;
    }
    if (b->head == HEAD_BOLD) {
        uint32_t end = last_char(bold_line(t));
        bool says_little = count_words(t) <= 30 && end != '.' && end != ',' && end != ';';
        b->sure = says_little && next_text(p, i + 1) < p->block_count ? 0.9f : 0;
        return;
    }
    if (alone) {
        size_t next = next_text(p, i + 1);
        b->sure =
            next < p->block_count && p->blocks[next].blanks == 0 && p->spaced && b->head == HEAD_NUMBERED
                ? 0.3f /* a note's, with its text right below */
            : b->blanks && next < p->block_count && b->text.length < 8 &&
                    (b->head == HEAD_ROMAN || b->marker.number < 100)
                ? 0.8f
                : 0;
        return;
    }
    bool counted = b->head == HEAD_PART || b->head == HEAD_CHAPTER;
    if (counted && count_words(t) <= 16 && (!sentence_end(t) || count_words(t) <= 3)) {
        b->sure = 0.95f;
        return;
    }
    double odds = count_words(t) > WORDS_MOST ? -9 : bare_odds(p, i, b->head, among_heads);
    b->sure = (float)(1 / (1 + exp(-odds)));
}

/* More than three in a row say nothing of each other: a list, a menu, verse. */
static void doubt_rows(struct text_parts *p)
{
    for (size_t i = 0; i < p->block_count;) {
        size_t end = i;
        while (end < p->block_count && p->blocks[end].sure >= 0.5f && p->blocks[end].kind == BLOCK_PARAGRAPH)
            end++;
        bool weak = end - i > 3;
        for (size_t k = i; weak && k < end; k++)
            if (p->blocks[k].head == HEAD_BARE || (p->blocks[k].head == HEAD_CAPITALS && end - i > 4) ||
                (p->blocks[k].head == HEAD_NUMBERED && k + 1 < end))
                p->blocks[k].sure = 0;
        i = end > i ? end : i + 1;
    }
}

static bool cell_like(const struct block *b)
{
    return b->kind == BLOCK_PARAGRAPH && !b->underline && count_words(b->text) <= 6 &&
           !sentence_end(b->text) &&
           (b->head == HEAD_NONE || b->head == HEAD_BARE || b->head == HEAD_CAPITALS || b->marker.alone) &&
           !notes_head(b->text);
}

/* Many lines in a row that say little are the cells of a table that lost its form; only the last may head
 * what follows. */
static void doubt_cells(struct text_parts *p)
{
    enum { CELLS = 6 };
    for (size_t i = 0; i < p->block_count;) {
        size_t end = i;
        while (end < p->block_count && cell_like(&p->blocks[end]))
            end++;
        bool heads = end < p->block_count && (p->blocks[end].text.length > 120 || p->blocks[end].lines > 1);
        for (size_t k = i; end - i >= CELLS && k + heads < end; k++)
            p->blocks[k].sure = 0;
        i = end > i ? end : i + 1;
    }
}

/* May block `i` be the rule of a list whose rules have a text below each: "3. Use a pen."? */
static bool rules(const struct text_parts *p, size_t i)
{
    const struct block *b = &p->blocks[i];
    size_t next = next_text(p, i + 1);
    return b->kind == BLOCK_PARAGRAPH && b->head == HEAD_NUMBERED && b->depth == 1 && !b->marker.alone &&
           count_words(b->text) <= 10 && next < p->block_count && p->blocks[next].kind == BLOCK_PARAGRAPH &&
           p->blocks[next].marker.style == MARKER_NONE && !notes_head(p->blocks[next].text);
}

/* Short numbered sentences that count from 1 on, each with a text below it, are heads though they end as
 * sentences do; not below a head of notes. */
static void take_rules(struct text_parts *p)
{
    size_t first = p->block_count, count = 0;
    for (size_t i = 0; i < p->block_count && !notes_head(p->blocks[i].text); i++) {
        int number = p->blocks[i].marker.number;
        if (p->blocks[i].marker.style != MARKER_DOT)
            continue;
        if (!rules(p, i) || number != (int)count + 1)
            break;
        first = count++ ? first : i;
    }
    for (size_t i = first; i < p->block_count && count >= 3; i++)
        if (rules(p, i) && p->blocks[i].marker.number <= (int)count && p->blocks[i].sure < 0.7f)
            p->blocks[i].sure = 0.7f;
}

void text_head_scores(struct text_parts *p)
{
    size_t heads = 0;
    for (size_t i = 0; i < p->block_count; i++) {
        score(p, i, false);
        heads += p->blocks[i].sure >= 0.6f;
    }
    /* Where a text has heads, a line that may be one is likelier to be. */
    for (size_t i = 0; i < p->block_count && heads >= 2; i++)
        if (p->blocks[i].sure > 0.05f && p->blocks[i].sure < 0.5f)
            score(p, i, true);
    doubt_cells(p);
    doubt_rows(p);
    take_rules(p);
}
