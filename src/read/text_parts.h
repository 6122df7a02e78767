/* text_parts.h - the flat-text reader's own parts: what it knows of a text between its steps.
 *
 * text_read() takes text as people copy it from web pages, and plain e-texts, and finds in it what the page
 * once said by its markup. Each step is one file and adds to the same list of blocks:
 *
 *     text_lines     the source becomes lines: trimmed, with indent and width
 *     text_pages     running heads and folios that a PDF brought along go
 *     text_blocks    lines become blocks; hard-wrapped lines are joined
 *     text_markers   what a block begins with: `1.`, `[1]`, `(1)`, `•` …
 *     text_clutter   navigation, share buttons, cookie notes, copyright lines: marked to be dropped
 *     text_sayings   what web pages say
 *     text_comments  what readers wrote below
 *     text_contents  the list of contents, which is made anew
 *     text_title     the title and a byline
 *     text_heads     bare-line heads
 *     text_tables    rows of cells parted by tabs
 *     text_candidates  every place that could be a note call, with how it looks
 *     text_groups    groups of numbered blocks that could be notes
 *     text_notes     which of them are, chapter by chapter
 *     text_symbols   notes called by * † ‡
 *     text_align     which candidate calls which note: one alignment over the text (see there)
 *     text_levels    the levels of the heads
 *     text_shapes    lists, quotes, verse, rules
 *     text_back      the ways back behind notes
 *     text_tree      the tree, the report
 *
 * Nothing is dropped but clutter, note numbers and call digits; whatever is doubtful stays text.
 *
 * Messages: text.clutter (note: a line was dropped), notes.doubtful (warning: digits that may be a call were
 * kept as text), notes.missing (warning: digits look like a call but no such note is there; kept as text).
 * All of it lives in the document's arena; every step takes time linear in the text (align: times log n).
 */
#ifndef OCTAVO_READ_TEXT_PARTS_H
#define OCTAVO_READ_TEXT_PARTS_H

#include "base/buf.h"
#include "document/document.h"
#include "document/report.h"
#include <stdint.h>

struct line {
    struct text body; /* without white space at its ends and quote marks before */
    int number;       /* from 1 */
    int lead;         /* characters before the body */
    int indent;       /* their width in columns, a tab to the next eighth */
    int tabs;         /* how many of them are tabs: empty cells, in a row */
    int width;        /* characters of the body */
    int quote;        /* how many `>` stood before it */
};

enum block_kind {
    BLOCK_PARAGRAPH,
    BLOCK_TITLE,
    BLOCK_BYLINE, /* became metadata */
    BLOCK_HEAD,
    BLOCK_ORDINAL, /* a number alone on its line that parts a text which has real heads */
    BLOCK_ITEM,    /* of a list */
    BLOCK_VERSE,
    BLOCK_ROW,      /* of a table */
    BLOCK_ROW_HEAD, /* its first, when that heads it */
    BLOCK_RULE,
    BLOCK_NOTES_HEAD,
    BLOCK_NOTE,      /* the first of a note */
    BLOCK_NOTE_MORE, /* a further paragraph of the note before */
    BLOCK_CLUTTER,
    BLOCK_GONE /* joined to the block before */
};

/* How a block is numbered or marked at its start. */
enum marker_style {
    MARKER_NONE,
    MARKER_DOT,      /* 1. */
    MARKER_PAREN,    /* 1) */
    MARKER_PARENS,   /* (1) */
    MARKER_BRACKET,  /* [1] */
    MARKER_RAISED,   /* ¹ */
    MARKER_CARET,    /* ^ or ↑, counted; ^1 */
    MARKER_FOOTNOTE, /* [Footnote 1: …] */
    MARKER_WORD,     /* Note 1: */
    MARKER_COLON,    /* 1: */
    MARKER_BARE,     /* 1 and a space */
    MARKER_GLUED,    /* 1Text */
    MARKER_BULLET
};

struct marker {
    enum marker_style style;
    int number;    /* 0: not numbered */
    size_t length; /* bytes up to the text behind it */
    bool alone;    /* nothing stands behind it */
    bool linked;   /* a way back to the call stood behind it: `^`, `↑` */
};

enum head_style {
    HEAD_NONE,
    HEAD_PART,
    HEAD_DOUBLE, /* underlined with === */
    HEAD_CHAPTER,
    HEAD_SINGLE, /* underlined with --- */
    HEAD_MARKED, /* ## of Markdown; `depth` counts */
    HEAD_CAPITALS,
    HEAD_ROMAN,
    HEAD_BOLD, /* the whole line within ** of Markdown */
    HEAD_BARE,
    HEAD_NUMBERED, /* 1. or 1.2; `depth` counts */
    HEAD_STYLES
};

struct block {
    enum block_kind kind;
    size_t line, lines; /* which of the lines it is made of */
    struct text text;   /* joined */
    uint32_t *starts;   /* offset of each line in `text`; NULL when it is one line */
    int blanks;         /* empty lines before it */
    int indent, width;  /* of the first line; the widest line */
    int quote;
    char underline; /* '=' or '-' when so underlined */
    struct marker marker;
    enum head_style head;
    int depth, level; /* of a head; `depth` of a row is how many cells its table is wide */
    float sure;       /* of being a head, 0 to 1 */
    size_t note;      /* its note + 1 */
    bool lost;        /* a break before it marks where a head was lost */
};

/* How a call is written. */
enum manner {
    MANNER_RAISED,  /* word.¹ */
    MANNER_BRACKET, /* word.[1] */
    MANNER_CARET,   /* word.^1 */
    MANNER_PAREN,   /* word.(1) */
    MANNER_AFTER,   /* word.1 */
    MANNER_INSIDE,  /* word.1” */
    MANNER_BEFORE,  /* word1. */
    MANNER_WORD,    /* word1 and */
    MANNER_NUMBER,  /* 1914.1 */
    MANNER_TAIL,    /* 19141 */
    MANNER_SPACED,  /* word. 1 */
    MANNERS,
    MANNER_SIGN = MANNERS /* word.*: no number to be aligned */
};

struct candidate {
    uint32_t block;
    uint32_t at, end;   /* what goes from the text when it is a call */
    uint32_t run;       /* candidates of one run of digits exclude each other */
    uint32_t list;      /* candidates of one list, `[3, 7]`, stand and fall together; 0: none */
    bool opens, closes; /* it is the list's first, its last */
    int label;
    bool point; /* `(2)` before words, as in a list of points */
    enum manner manner;
    float evidence; /* log odds that the surroundings give, added to the manner's */
    float weight;   /* evidence and the manner's odds in this text */
};

struct note {
    int number;
    size_t block, blocks; /* its blocks: the first, and how many lie up to the next note or the group's end */
    bool phantom;         /* a number that the list leaves out */
    const char *key;      /* NULL: not accepted */
    /* what the alignment found */
    size_t call; /* candidate + 1; 0: none */
    float score;
};

struct group {
    size_t first, end; /* blocks */
    size_t head;       /* block of its head + 1; 0: none */
    size_t note, notes;
    bool accepted;
    bool closed; /* ways back part the notes, whose numbers were lost */
    enum marker_style style;
};

struct call {
    uint32_t block, at, end;
    uint32_t list;      /* as the candidate's, */
    bool opens, closes; /* so these */
    int number;
    enum manner manner;
    struct note *note; /* not to be kept over a change of `notes` */
    bool taken;        /* else it stays text: */
    bool missing;      /* no such note is there */
    float score;       /* of being a call */
};

enum { FAMILIES = 5 }; /* of manners: see text_align.c */

/* What a first look at all groups has found: how many notes there are, how many each family of manners alone
 * would find calls for, and in which manners the best alignment found them. */
struct survey {
    double notes, found[FAMILIES], picked[MANNERS];
};

struct text_parts {
    struct document *document;
    struct arena *arena;
    struct line *lines;
    size_t line_count;
    struct block *blocks;
    size_t block_count, block_capacity;
    bool wrapped; /* lines are broken by hand at `measure` */
    int measure;
    bool spaced; /* empty lines part the paragraphs */
    struct candidate *candidates;
    size_t candidate_count, candidate_capacity;
    struct note *notes;
    size_t note_count, note_capacity;
    struct group *groups;
    size_t long_end; /* behind the last block of more than 250 bytes */
    size_t group_count, group_capacity;
    struct survey survey;
    struct call *calls; /* in the order of the text */
    size_t call_count, call_capacity;
};

/* ---- the steps */

void text_lines(struct text_parts *p, struct text source);
void text_pages(struct text_parts *p);
void text_blocks(struct text_parts *p);
void text_clutter(struct text_parts *p);
void text_comments(struct text_parts *p); /* parts of text_clutter() */
void text_contents(struct text_parts *p);
void text_title(struct text_parts *p);
void text_head_scores(struct text_parts *p);
void text_head_levels(struct text_parts *p);
void text_candidates(struct text_parts *p);
void text_notes(struct text_parts *p);
void text_symbols(struct text_parts *p);
/* Tables and verse come before the candidates, verse since it joins blocks; lists, quotes and breaks come
 * last. */
void text_verse(struct text_parts *p);
void text_tables(struct text_parts *p);
void text_shapes(struct text_parts *p);
void text_tree(struct text_parts *p);

/* Aligns the notes [note, note + notes) with the candidates in the blocks [first, end): fills in call and
 * score of each note. Returns the sum of what the calls speak for: 0 when none is found. */
double text_align(struct text_parts *p, size_t note, size_t notes, size_t first, size_t end);
/* The same, only to add to the survey what is found. */
void text_align_survey(struct text_parts *p, size_t note, size_t notes, size_t first, size_t end);
/* How a manner is called in the report. */
const char *manner_name(enum manner m);
/* The score from which a candidate is a call; below it is doubtful. */
extern const float text_align_sure;

/* ---- what several steps ask */

/* What stands at the start of `t`. */
struct marker marker_parse(struct text t);
/* Can the style number notes and lists alike, and does `next` continue `now`? */
bool marker_follows(struct marker now, struct marker next);
/* Is it a line that heads notes ("Notes", "Endnotes", "Anmerkungen" …)? */
bool notes_head(struct text t);
/* Is it one that heads notes or literature alike ("References", "Sources")? */
bool sources_head(struct text t);

/* Where a note's text ends: before the arrows and words that lead back to its call, and in e-texts before the
 * bracket that closes it. */
size_t note_text_end(struct text t, bool bracketed);
/* Does it surely end in such a way back: an arrow, `[back]`? */
bool leads_back_at_end(struct text t);
/* How many cells a line has as a row of a table; 0: it is none. */
int table_cells(struct text t);
/* The next cell, bytes [*from, *end) of the row, `*at` being 0 at first; false behind the last. */
bool table_cell(struct text row, size_t *at, size_t *from, size_t *end);
/* Does it begin as a byline ("By ", "Von ")? */
bool says_by(struct text t);
/* Does it hold a date, and nothing but what a byline may hold? */
bool says_date(struct document *d, struct text t);
/* `12 min read`, `Lesezeit: 5 Minuten`. */
bool says_reading_time(struct arena *a, struct text t);
/* The same of a line in small letters, of any length. */
bool text_reading_time(const char *line);
/* Takes author and date from a line that says nothing else. */
bool text_take_byline(struct document *d, struct text t);
/* Likewise; "By the editors" names nobody, but with a date in the line behind it, `next`, it is a byline. */
bool text_take_bylines(struct document *d, struct text t, struct text next);
/* The date that the text is, as YYYY, YYYY-MM or YYYY-MM-DD; NULL: it is none. */
const char *date_parse(struct arena *a, struct text t);

/* The place of a byte of a block's text; calls with rising offsets cost linear time together. */
struct place_cursor {
    size_t block, line, offset;
    int column;
};
struct place block_place(const struct text_parts *p, struct place_cursor *c, size_t block, size_t offset);
struct place block_start(const struct text_parts *p, size_t block);

/* Letters by Unicode; upper and lower. */
bool letter(uint32_t c);
bool upper(uint32_t c);
bool lower(uint32_t c);
/* Spaces of any width, no-break or not; and characters without width (U+2060, U+200B, U+FEFF, U+00AD). */
bool wide_space(uint32_t c);
bool widthless(uint32_t c);
bool closing_quote(uint32_t c);
bool opening_quote(uint32_t c);
/* The character at or before an offset, passing over those without width; 0 at the end. */
uint32_t char_at(struct text t, size_t *at);
uint32_t char_before(struct text t, size_t *at);
/* White space of any kind and characters without width taken off both ends. */
struct text trim_wide(struct text t);
int count_words(struct text t);
int count_chars(struct text t);
/* Does the text close a sentence: . ! ? … : or one of these within quotes or brackets? `:` counts when
 * `colon`. */
bool sentence_end(struct text t);
/* What stands within `**` or `__` that hold the whole line; empty when none do. */
struct text bold_line(struct text t);
/* The last character that is neither a closing quote nor a closing bracket nor a digit glued to these. */
uint32_t last_char(struct text t);
/* The first letter or digit. */
uint32_t first_char(struct text t);
/* Is the lower-cased ASCII form of `t` among the words, NULL at the end? */
bool among(struct text t, const char *const *words);
/* A copy in small letters, blanks and apostrophes as ASCII has them, without the marks at its end. */
char *lowered_words(struct arena *a, struct text t);

#endif
