#include "layout/frame.h"

static void number(struct buf *out, double v)
{
    buf_real(out, v, 2);
}

static void print_pieces(struct buf *out, const struct frame_text *t)
{
    buf_string(out, " \"");
    for (uint32_t i = 0; i < t->count; i++) {
        const struct piece *p = &t->pieces[i];
        if (p->space)
            buf_byte(out, ' ');
        if (p->inserted)
            buf_byte(out, '[');
        buf_add(out, p->shaped->text, p->shaped->length);
        if (p->inserted)
            buf_byte(out, ']');
    }
    buf_string(out, t->trailing_space ? " \"" : "\"");
}

static void print_frame(struct buf *out, const struct frame *f)
{
    static const char *const names[] = {"text", "rule", "image", "link"};
    buf_string(out, "  ");
    buf_string(out, names[f->kind]);
    buf_byte(out, ' ');
    number(out, f->x_pt);
    buf_byte(out, ' ');
    number(out, f->y_pt);
    if (f->tag)
        buf_printf(out, " #%u", f->tag);
    switch (f->kind) {
    case FRAME_TEXT:
        buf_printf(out, " %s ",
                   f->text->count ? f->text->pieces[0].shaped->manner->face->postscript_name : "");
        number(out, f->text->size_pt);
        if (f->text->stretch != 1) {
            buf_string(out, " ×");
            buf_real(out, (double)f->text->stretch, 4);
        }
        if (f->text->color)
            buf_printf(out, " #%06x", f->text->color);
        if (f->text->unseen)
            buf_string(out, " unseen");
        print_pieces(out, f->text);
        break;
    case FRAME_RULE:
        buf_byte(out, ' ');
        number(out, f->rule->width_pt);
        buf_string(out, " × ");
        number(out, f->rule->height_pt);
        buf_printf(out, " #%06x", f->rule->color);
        break;
    case FRAME_IMAGE:
        buf_byte(out, ' ');
        number(out, f->image->width_pt);
        buf_string(out, " × ");
        number(out, f->image->height_pt);
        buf_printf(out, " %s", f->image->resource->name);
        break;
    case FRAME_LINK:
        buf_byte(out, ' ');
        number(out, f->link->width_pt);
        buf_string(out, " × ");
        number(out, f->link->height_pt);
        buf_printf(out, " → %s", f->link->uri ? f->link->uri : f->link->target);
        break;
    }
    buf_byte(out, '\n');
}

void frames_print(const struct pages *p, struct buf *out)
{
    for (uint32_t i = 0; i < p->count; i++) {
        const struct page *page = &p->pages[i];
        buf_printf(out, "page %s%s ", page->label, page->left ? " left" : "");
        number(out, page->width_pt);
        buf_string(out, " × ");
        number(out, page->height_pt);
        buf_byte(out, '\n');
        for (uint32_t k = 0; k < page->count; k++)
            print_frame(out, &page->frames[k]);
    }
}
