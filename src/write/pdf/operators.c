/* The operators that every part of a page needs: numbers and colours, marked content, in and out of text. */
#include "write/pdf/painter.h"
#include "write/pdf/syntax.h"

/* Without the 0 before the point: it is read to nobody and stands in every line. */
void paint_number(struct painter *p, double value, int decimals)
{
    size_t from = p->out->length;
    buf_real(p->out, value, decimals);
    char *at = p->out->data + from + (p->out->data[from] == '-');
    if (at[0] == '0' && p->out->length > (size_t)(at - p->out->data) + 1) {
        memmove(at, at + 1, p->out->length - (size_t)(at - p->out->data) - 1);
        p->out->length--;
    }
    buf_byte(p->out, ' ');
}

/* ---- strings and adjustments of one TJ */

void string_end(struct painter *p)
{
    if (p->in_string)
        buf_byte(p->out, ')');
    p->in_string = false;
}

void array_end(struct painter *p)
{
    string_end(p);
    if (p->in_array)
        buf_add(p->out, "]TJ\n", 4);
    p->in_array = false;
}

void set_rise(struct painter *p, double rise_pt)
{
    if (rise_pt == p->rise_pt)
        return;
    array_end(p);
    paint_number(p, rise_pt, 3);
    buf_string(p->out, "Ts\n");
    p->rise_pt = rise_pt;
}

/* ---- marked content */

static uint32_t sequence_new(struct painter *p)
{
    struct page_use *use = p->use;
    use->sequences = arena_room(p->out->arena, use->sequences, use->sequence_count, &p->sequence_room,
                                sizeof *use->sequences);
    use->sequences[use->sequence_count].mark = p->mark;
    return use->sequence_count++;
}

void sequence_close(struct painter *p)
{
    array_end(p);
    if (p->open)
        buf_string(p->out, "EMC\n");
    p->open = false;
}

void sequence_open(struct painter *p)
{
    static const char *const artifacts[] = {
        [ARTIFACT_LAYOUT] = "/Artifact<</Type/Layout>>BDC\n",
        [ARTIFACT_HEADER] = "/Artifact<</Type/Pagination/Subtype/Header/Attached[/Top]>>BDC\n",
        [ARTIFACT_FOOTER] = "/Artifact<</Type/Pagination/Subtype/Footer/Attached[/Bottom]>>BDC\n",
    };
    if (p->open)
        return;
    const struct mark *m = &p->use->marks.marks[p->mark];
    if (!p->writer->tagged)
        return;
    if (m->tag)
        buf_printf(p->out, "/%s<</MCID %u>>BDC\n", tag_name(p->writer, p->writer->tag_stands[m->tag]),
                   sequence_new(p));
    else
        buf_string(p->out, artifacts[m->artifact]);
    p->open = true;
}

void span_begin(struct painter *p, struct text actual)
{
    if (!p->use->marks.marks[p->mark].tag)
        return;
    sequence_close(p);
    buf_string(p->out, "/Span<<");
    if (p->writer->tagged)
        buf_printf(p->out, "/MCID %u", sequence_new(p));
    buf_string(p->out, "/ActualText<FEFF");
    pdf_utf16(p->out, actual);
    buf_string(p->out, ">>>BDC\n");
    p->open = true;
}

void span_end(struct painter *p)
{
    if (p->use->marks.marks[p->mark].tag)
        sequence_close(p);
}

/* ---- in and out of text objects */

void need_text(struct painter *p)
{
    if (p->in_text)
        return;
    sequence_close(p);
    buf_string(p->out, "BT\n");
    p->line_x = p->line_y = 0;
    p->pen_pt = p->lag_pt = 0;
    p->in_text = true;
}

void need_page(struct painter *p)
{
    if (!p->in_text)
        return;
    sequence_close(p);
    set_rise(p, 0);
    buf_string(p->out, "ET\n");
    p->in_text = false;
}

void paint_color(struct painter *p, uint32_t color)
{
    if (color == p->color)
        return;
    p->color = color;
    double red = (color >> 16 & 255) / 255.0, green = (color >> 8 & 255) / 255.0,
           blue = (color & 255) / 255.0;
    paint_number(p, red, 3);
    if (red == green && green == blue) {
        buf_string(p->out, "g\n");
        return;
    }
    paint_number(p, green, 3);
    paint_number(p, blue, 3);
    buf_string(p->out, "rg\n");
}
