/* style.h - CSS for both outputs: sheets are parsed, matched and cascaded into computed styles.
 *
 * style_of() gives an element's computed style for print: every field set, lengths in points, relative units
 * resolved, inheritance done (CSS Cascading and Inheritance 4). Equal styles are one struct, so they may be
 * compared by pointer. What CSS is understood is one table of properties (style/properties.h); a declaration
 * outside of it is the warning style.unknown at its line, and margins that leave a page no room are the
 * warning style.margins.
 *
 * Memory: all in the arena given. One thread.
 */
#ifndef OCTAVO_STYLE_STYLE_H
#define OCTAVO_STYLE_STYLE_H

#include "document/document.h"
#include "fonts/fonts.h"

/* A length with a percentage of something that layout knows: pt + percent / 100 × base. */
struct length {
    float pt, percent;
    bool automatic; /* auto / normal / none */
};

enum display {
    DISPLAY_NONE,
    DISPLAY_BLOCK,
    DISPLAY_INLINE,
    DISPLAY_INLINE_BLOCK,
    DISPLAY_LIST_ITEM,
    DISPLAY_TABLE,
    DISPLAY_TABLE_ROW_GROUP,
    DISPLAY_TABLE_HEADER_GROUP,
    DISPLAY_TABLE_FOOTER_GROUP,
    DISPLAY_TABLE_ROW,
    DISPLAY_TABLE_CELL,
    DISPLAY_TABLE_CAPTION,
    DISPLAY_TABLE_COLUMN,
    DISPLAY_TABLE_COLUMN_GROUP,
    DISPLAY_RUBY_TEXT /* the reading of the base before it, in a ruby */
};
enum text_align { ALIGN_START, ALIGN_END, ALIGN_LEFT, ALIGN_RIGHT, ALIGN_CENTER, ALIGN_JUSTIFY, ALIGN_AUTO };
/* Before what a word is not divided. */
enum hyphen_last { HYPHEN_LAST_ANY, HYPHEN_LAST_PAGE, HYPHEN_LAST_ALWAYS };
enum wrap_style { WRAP_AUTO, WRAP_BALANCE, WRAP_PRETTY };
enum hyphens_rule { HYPHENS_NONE, HYPHENS_MANUAL, HYPHENS_AUTO };
enum white_space { WHITE_NORMAL, WHITE_NOWRAP, WHITE_PRE, WHITE_PRE_WRAP, WHITE_PRE_LINE };
enum text_transform { TRANSFORM_NONE, TRANSFORM_UPPERCASE, TRANSFORM_LOWERCASE, TRANSFORM_CAPITALIZE };
enum vertical_align {
    VERTICAL_BASELINE,
    VERTICAL_SUB,
    VERTICAL_SUPER,
    VERTICAL_TOP,
    VERTICAL_MIDDLE,
    VERTICAL_BOTTOM,
    VERTICAL_LENGTH
};
enum border_style { BORDER_NONE, BORDER_SOLID, BORDER_DOUBLE, BORDER_DOTTED, BORDER_DASHED };
enum break_rule {
    BREAK_AUTO,
    BREAK_AVOID,
    BREAK_PAGE,
    BREAK_LEFT,
    BREAK_RIGHT,
    BREAK_RECTO,
    BREAK_VERSO,
    BREAK_COLUMN
};
enum footnote_display { FOOTNOTE_BLOCK, FOOTNOTE_COMPACT };
enum float_rule { FLOAT_NONE, FLOAT_FOOTNOTE, FLOAT_TOP, FLOAT_BOTTOM, FLOAT_LEFT, FLOAT_RIGHT };
enum clear_rule { CLEAR_NONE = 0, CLEAR_LEFT = 1, CLEAR_RIGHT = 2, CLEAR_BOTH = 3 };
enum decoration {
    DECORATION_NONE = 0,
    DECORATION_UNDERLINE = 1,
    DECORATION_LINE_THROUGH = 2,
    DECORATION_OVERLINE = 4
};
enum side { SIDE_TOP, SIDE_RIGHT, SIDE_BOTTOM, SIDE_LEFT };

/* A `content`, `string-set` or marker: a list of parts. */
enum content_kind {
    CONTENT_STRING,     /* `text` */
    CONTENT_ATTR,       /* attr(`text`) */
    CONTENT_COUNTER,    /* counter(`text`, style) */
    CONTENT_STRING_REF, /* string(`text`, which) */
    CONTENT_TEXT, /* content(): the element's own text; `text`: "before", "after", "first-letter" or NULL */
    CONTENT_OPEN_QUOTE,
    CONTENT_CLOSE_QUOTE,
    CONTENT_LEADER,         /* leader(`text`) */
    CONTENT_TARGET_COUNTER, /* target-counter(attr(href), `text`, style) */
    CONTENT_TARGET_TEXT,    /* target-text(attr(href)); `text`: "first-letter" or NULL */
    CONTENT_COUNTERS        /* counters(`text`, `between`, style) */
};
enum string_which { STRING_FIRST, STRING_START, STRING_LAST, STRING_FIRST_EXCEPT };
enum counter_style {
    COUNTER_DECIMAL,
    COUNTER_LOWER_ROMAN,
    COUNTER_UPPER_ROMAN,
    COUNTER_LOWER_ALPHA,
    COUNTER_UPPER_ALPHA,
    COUNTER_DISC,
    COUNTER_CIRCLE,
    COUNTER_SQUARE,
    COUNTER_DASH,
    COUNTER_NONE,
    COUNTER_DECIMAL_LEADING_ZERO,
    COUNTER_LOWER_GREEK
};

struct content {
    enum content_kind kind;
    const char *text, *between;
    enum counter_style style;
    enum string_which which;
    bool silent; /* on the first part: the alternative text is "", for the eye only (CSS Generated Content 3
                    §2.1) */
    struct content *next;
};

struct string_set {
    const char *name;
    struct content *value;
    struct string_set *next;
};

struct counter_change {
    const char *name;
    int value;
    struct counter_change *next;
};

/* A computed style. Colours are 0xRRGGBB. */
struct style {
    int id; /* counts from 0 in the order of first use */
    /* font */
    const char *const *families; /* NULL at the end */
    float size_pt;
    int weight;
    bool italic;
    const char *features; /* canonical HarfBuzz list made from font-variant-*, font-kerning and
                             font-feature-settings */
    float line_height_pt;
    float letter_spacing_pt, word_spacing_pt;
    enum text_transform transform;
    uint32_t color;
    /* box */
    enum display display;
    uint32_t background;
    bool has_background;
    struct length margin[4], padding[4]; /* enum side */
    float border_pt[4];
    enum border_style border_style[4];
    uint32_t border_color[4];
    struct length width, height, min_width, max_width, min_height, max_height; /* automatic: not limited */
    enum float_rule floats;
    enum clear_rule clear;
    enum footnote_display footnote_display;
    /* text */
    struct length text_indent;
    enum text_align align;
    int align_mark;             /* '.' or ',': in a table's cells numbers line up on it; 0: none is named */
    enum text_align align_last; /* ALIGN_AUTO: as align, but not justified */
    enum hyphens_rule hyphens;
    int hyphen_word, hyphen_before, hyphen_after; /* hyphenate-limit-chars */
    int hyphen_lines;                             /* hyphenate-limit-lines; 0: no limit */
    enum hyphen_last hyphen_last;
    struct length hyphen_zone; /* a word is divided only when the line would else lack more than that */
    const char *hyphen_text;   /* hyphenate-character; NULL: what the face has for a hyphen */
    enum wrap_style wrap;
    bool nowrap;
    enum white_space white_space;
    bool hanging_punctuation;
    enum vertical_align vertical_align;
    struct length vertical_shift; /* VERTICAL_LENGTH; positive raises */
    unsigned decoration;          /* enum decoration, ored */
    bool ruby_under;              /* ruby-position: a reading stands under its base */
    /* lists, tables, generated content */
    enum counter_style list_style;
    bool list_inside;
    bool border_collapse;
    float border_spacing_pt[2];
    bool caption_bottom;
    struct content *content; /* ::before, ::after, ::marker: NULL for none */
    struct string_set *string_set;
    struct counter_change *counter_reset, *counter_increment;
    /* pages */
    enum break_rule break_before, break_after, break_inside;
    const char *page; /* named page, "" for none */
    int widows, orphans;
    int initial_lines; /* initial-letter: lines it drops; 0: none */
    float initial_size;
    int column_count;           /* 0: auto */
    struct length column_width; /* automatic, or the least width of a column */
    float column_gap_pt;
    float column_rule_pt; /* 0: no rule between columns */
    enum border_style column_rule_style;
    uint32_t column_rule_color;
    bool columns_filled; /* column-fill: auto; else balanced */
    bool spans_columns;  /* column-span: all */
    float block_step_pt; /* block-step-size: the block with its margins takes a multiple of it, what is
                            missing being added half above and half below; 0: as it is */
};

enum pseudo {
    PSEUDO_NONE,
    PSEUDO_BEFORE,
    PSEUDO_AFTER,
    PSEUDO_MARKER,
    PSEUDO_FIRST_LINE,
    PSEUDO_FIRST_LETTER,
    PSEUDO_FOOTNOTE_CALL,
    PSEUDO_FOOTNOTE_MARKER
};

struct styles;

/* No sheets but the built-in one (what HTML elements are by default). `d` gives metadata that sheets may ask
 * for. */
struct styles *styles_new(struct arena *a, struct messages *m);

/* Parses and adds a sheet; later sheets win. `folder` is where its @import and url() lead from (never above
 * it). Media print; queries that ask how large pages are get the size of a page without a name. */
void styles_add(struct styles *s, struct text css, const char *file_name, const char *folder);

/* Where a sheet that @import names without a folder is looked for when none lies beside the one that asks:
 * the folders of the styles that came with octavo, NULL at the end. Before styles_add. */
void styles_set_folders(struct styles *s, const char *const *folders);

/* The paper of the metadata (or NULL), which is what `size: auto` is, for media queries. Before styles_add.
 */
void styles_set_paper(struct styles *s, const char *paper);

/* The language of the whole document (BCP 47, or NULL), for :lang(). Before the first style_of. */
void styles_set_language(struct styles *s, const char *language);

/* A face that a sheet names by its file (@font-face). */
struct style_font {
    const char *family, *path;
    int weight;
    bool italic;
    bool paper; /* it stands where sheets speak of print only */
    struct place place;
    struct style_font *next;
};
const struct style_font *styles_fonts(const struct styles *s);

/* Sheets that are done with @font-face declare their files to `f`. */
void styles_declare_fonts(const struct styles *s, struct fonts *f);

/* The colour profile for which a PDF is made, as the last sheet that says so names it (@octavo with
 * output-intent); NULL: none does. */
struct style_intent {
    const char *path;
    struct place place;
};
const struct style_intent *styles_intent(const struct styles *s);

/* The computed style of an element, or of one of its pseudo-elements (NULL when no rule gives that content).
 * `parent` is the computed style of the parent element (of the element itself for a pseudo-element); NULL for
 * the root. The tree must not change between the first call and the last. */
const struct style *style_of(struct styles *s, const xmlNode *element, enum pseudo pseudo,
                             const struct style *parent);

/* ---- pages (CSS Paged Media 3) */

enum margin_box {
    BOX_TOP_LEFT_CORNER,
    BOX_TOP_LEFT,
    BOX_TOP_CENTER,
    BOX_TOP_RIGHT,
    BOX_TOP_RIGHT_CORNER,
    BOX_RIGHT_TOP,
    BOX_RIGHT_MIDDLE,
    BOX_RIGHT_BOTTOM,
    BOX_BOTTOM_RIGHT_CORNER,
    BOX_BOTTOM_RIGHT,
    BOX_BOTTOM_CENTER,
    BOX_BOTTOM_LEFT,
    BOX_BOTTOM_LEFT_CORNER,
    BOX_LEFT_BOTTOM,
    BOX_LEFT_MIDDLE,
    BOX_LEFT_TOP,
    BOX_COUNT
};

struct page_style {
    float width_pt, height_pt;
    float margin_pt[4];                   /* enum side; from the sheet's edge to the text */
    const struct style *boxes[BOX_COUNT]; /* NULL: no such box; its content is style->content */
    struct place box_places[BOX_COUNT];   /* where a sheet speaks of it last */
    const struct style *style;            /* the page's own */
    const struct style *footnote;         /* of the area at the foot where notes stand (@footnote); or NULL */
};

struct page_kind {
    const char *name; /* named page or "" */
    bool left;
    bool first;   /* the first that an element with a page name of its own begins, a chapter's opening: for
                     rules   with that name */
    bool opening; /* the first of all, or of a part that is numbered anew: for rules without a name, too (CSS
                     Paged Media 3 §3.2, and GCPM 3 §5 for groups) */
    bool blank;   /* left empty, so that what follows may begin on the other side */
};

/* The style of a page of that kind; the same kind gives the same struct. `paper` (from metadata, or NULL) is
 * what `size: auto` is. */
const struct page_style *style_page(struct styles *s, const struct page_kind *kind, const char *paper);
/* Can `paper` stand for `size: auto`? Otherwise style_page takes A4. */
bool style_is_paper(struct styles *s, const char *paper);

/* The sheets as an e-book should have them: in the order given, without @page, @media print blocks and
 * properties of paged media, and with @media screen blocks opened. */
void styles_for_ebook(const struct styles *s, struct buf *out);

/* ---- what is understood: for the handbook */

struct style_property {
    const char *name;
    const char *initial;          /* NULL for a shorthand */
    const char *const *longhands; /* NULL unless a shorthand; NULL at the end */
    bool inherited;
    bool paged; /* has a meaning on pages only; e-books don't get it */
};

/* Calls visit() for every property, then for every shorthand. */
void style_list(void (*visit)(const struct style_property *p, void *user), void *user);

#endif
