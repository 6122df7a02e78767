/* samples.h - the documents that the PDF writer's tests write. */
#ifndef OCTAVO_TESTS_WRITE_PDF_SAMPLES_H
#define OCTAVO_TESTS_WRITE_PDF_SAMPLES_H

#include "base/io.h"
#include "maker.h"
#include "pictures.h"

static const char *const sample_words = "The quick brown fox jumps over the lazy dog while five wizards "
                                        "offer a difficult waffle to the office staff "
                                        "and nobody finds it odd that The Thin Man fled";

static inline void sample_list(struct maker *m)
{
    maker_open_tag(m, TAG_L);
    maker_tag(m)->numbering = LIST_DECIMAL;
    static const char *const labels[] = {"1.", "2.", "3."};
    for (int i = 0; i < 3; i++) {
        maker_open_tag(m, TAG_LI);
        maker_open_tag(m, TAG_LBL);
        maker_text(m, ROMAN, labels[i]);
        maker_line_end(m, true);
        maker_close_tag(m);
        m->x_pt += 6;
        maker_open_tag(m, TAG_LBODY);
        maker_block(m, TAG_P, ROMAN, "An item of the list");
        maker_close_tag(m);
        maker_close_tag(m);
    }
    maker_close_tag(m);
}

static inline void sample_row(struct maker *m, enum tag_type cell, int columns, const char *text, int span)
{
    maker_open_tag(m, TAG_TR);
    for (int c = 0; c < columns; c += c == 0 ? span : 1) {
        m->x_pt = MAKER_LEFT + 70 * c;
        maker_open_tag(m, cell);
        maker_tag(m)->header_scope = 1;
        maker_tag(m)->column_span = (uint16_t)(c == 0 ? span : 1);
        maker_text(m, cell == TAG_TH ? BOLD : ROMAN, text);
        maker_close_tag(m);
    }
    maker_close_tag(m);
    maker_break(m, false);
}

static inline void sample_table(struct maker *m, int rows)
{
    maker_open_tag(m, TAG_TABLE);
    maker_block(m, TAG_CAPTION, ITALIC, "Table 1. Numbers");
    maker_open_tag(m, TAG_THEAD);
    sample_row(m, TAG_TH, 4, "Head", 1);
    maker_close_tag(m);
    maker_open_tag(m, TAG_TBODY);
    for (int r = 0; r < rows; r++)
        sample_row(m, TAG_TD, 4, "1,234.5", r % 7 == 3 ? 2 : 1);
    maker_close_tag(m);
    maker_close_tag(m);
}

static inline void sample_notes(struct maker *m)
{
    maker_open_tag(m, TAG_P);
    maker_text(m, ROMAN, "A word with a note");
    maker_destination(m, "r1");
    maker_open_tag(m, TAG_REFERENCE);
    maker_link(m, "1", NULL, "n1", "Note 1");
    maker_close_tag(m);
    m->pending_space = true;
    maker_text(m, ROMAN, "and more words behind it, with a link to ");
    maker_link(m, "the outside", "https://example.org/über uns?a=(b)", NULL, "https://example.org/");
    maker_text(m, ROMAN, ".");
    maker_close_tag(m);
    maker_break(m, false);
    maker_open_tag(m, TAG_NOTE);
    maker_tag(m)->id = "n1";
    maker_tag(m)->reference = "r1";
    maker_destination(m, "n1");
    maker_open_tag(m, TAG_LBL);
    maker_text(m, ROMAN, "1.");
    maker_close_tag(m);
    m->pending_space = true;
    maker_open_tag(m, TAG_P);
    maker_text(m, ROMAN, "The note itself, at the end. ");
    maker_link(m, "back", NULL, "r1", "Back to reference 1");
    maker_close_tag(m);
    maker_close_tag(m);
    maker_break(m, false);
}

static inline void sample_inline(struct maker *m)
{
    maker_open_tag(m, TAG_P);
    maker_text(m, ROMAN, "This has ");
    maker_open_tag(m, TAG_EM);
    maker_text(m, ITALIC, "stress");
    maker_close_tag(m);
    m->pending_space = true;
    maker_text(m, ROMAN, "and ");
    maker_open_tag(m, TAG_STRONG);
    maker_text(m, BOLD, "weight");
    maker_close_tag(m);
    m->pending_space = true;
    maker_text(m, ROMAN, "and ");
    maker_open_tag(m, TAG_SPAN);
    maker_tag(m)->language = "fr";
    maker_text(m, ITALIC,
               "du fran\xC3\xA7"
               "ais\xC2\xA0: na\xC3\xAFve");
    maker_close_tag(m);
    m->pending_space = true;
    maker_text(m, ROMAN, "and ");
    maker_open_tag(m, TAG_SPAN);
    maker_tag(m)->expansion = "World Health Organization";
    m->features = "c2sc";
    maker_text(m, ROMAN, "WHO");
    m->features = "smcp";
    maker_text(m, ROMAN, "who");
    m->features = "";
    maker_close_tag(m);
    m->pending_space = true;
    maker_text(m, ROMAN,
               "and a hy-\nphen\xE2\x80\x91"
               "ated word; cafe\xCC\x81 and q\xCC\x83 marked.");
    maker_close_tag(m);
    maker_break(m, false);
    maker_block(m, TAG_P, SANS,
                "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D and \xCE\xBB\xCF\x8C\xCE\xB3\xCE\xBF\xCF\x82");
    maker_block(m, TAG_CODE, MONO, "if (a != b) return x->y;");
    maker_block(m, TAG_BLOCKQUOTE, ITALIC, "Quoted words of somebody else.");
}

static inline void sample_contents(struct maker *m)
{
    maker_open_tag(m, TAG_TOC);
    static const char *const targets[] = {"one", "two", "notes"};
    for (int i = 0; i < 3; i++) {
        maker_open_tag(m, TAG_TOCI);
        maker_open_tag(m, TAG_REFERENCE);
        maker_link(m, targets[i], NULL, targets[i], "Chapter");
        maker_close_tag(m);
        maker_close_tag(m);
        maker_break(m, false);
    }
    maker_close_tag(m);
}

/* One of everything. */
static inline void sample_all(struct maker *m)
{
    maker_running_head(m, "A running head");
    maker_block(m, TAG_TITLE, BOLD, "The Sample");
    sample_contents(m);
    maker_page(m, "ii");
    maker_page(m, "1");
    maker_open_tag(m, TAG_SECT);
    maker_heading(m, 1, "Chapter One", "one");
    maker_block(m, TAG_P, ROMAN, sample_words);
    sample_inline(m);
    maker_heading(m, 2, "A section \xE2\x80\x94 with d\xC3\xA0shes", "section");
    sample_list(m);
    maker_close_tag(m);
    maker_page(m, "2");
    maker_open_tag(m, TAG_SECT);
    maker_heading(m, 1, "Chapter Two", "two");
    for (int i = 0; i < PICTURE_KINDS; i++)
        maker_image(m, picture_make(m->arena, &picture_kinds[i]), i == 3 ? "" : "A pattern");
    sample_table(m, 9);
    maker_close_tag(m);
    maker_page(m, arena_printf(m->arena, "%u", m->pages.count));
    maker_heading(m, 1, "Notes", "notes");
    sample_notes(m);
}

/* `count` pages of text, each with a heading, a link, and a running head. */
static inline void sample_long(struct maker *m, int count)
{
    for (int i = 0; i < count; i++) {
        if (i)
            maker_page(m, arena_printf(m->arena, "%d", i + 1));
        maker_running_head(m, "A long book");
        maker_heading(m, 1, arena_printf(m->arena, "Chapter %d", i + 1), arena_printf(m->arena, "c%06d", i));
        for (int k = 0; k < 8; k++)
            maker_block(m, TAG_P, ROMAN, arena_printf(m->arena, "%d %d %s", i, k, sample_words));
        maker_open_tag(m, TAG_P);
        maker_link(m, "to the start", NULL, "c000000", "To the start");
        maker_close_tag(m);
        maker_break(m, false);
    }
}

/* The paragraphs of a text file. */
static inline void sample_file(struct maker *m, const char *path)
{
    struct text rest, line;
    if (io_read(m->arena, path, m->document->messages, SEVERITY_USAGE, NULL, &rest) != 0)
        return;
    maker_heading(m, 1, "Text", "text");
    while (text_line(&rest, &line))
        if (line.length)
            maker_block(m, TAG_P, ROMAN, text_copy(m->arena, line));
}

/* What no claim survives. */
static inline void sample_broken(struct maker *m)
{
    maker_heading(m, 1, "Broken", "broken");
    maker_image(m, picture_make(m->arena, &picture_kinds[1]), NULL);
    maker_block(m, TAG_P, ROMAN, "no glyph: \xF0\x9F\xA6\x8A");
    maker_open_tag(m, TAG_P);
    maker_link(m, "to nowhere", NULL, "nowhere", "Nowhere");
    maker_close_tag(m);
    maker_break(m, false);
    struct resource *r = arena_alloc(m->arena, sizeof *r);
    *r = (struct resource){.name = "not.png", .bytes = TEXT("GIF89a")};
    maker_image(m, r, "Nothing");
    maker_heading(m, 3, "A skipped level", "skipped");
}

#endif
