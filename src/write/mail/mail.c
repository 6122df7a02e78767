#include "write/mail/mail.h"
#include "write/mail/letter.h"

/* Gmail cuts the HTML at 102 KB; the rest is room for what mailing services add. */
enum { HTML_MOST = 90 * 1000 };

enum { PICTURE_QUALITY = 85 };

struct parts {
    struct text plain, html, whole;
};

static struct text html_of(const struct letter *l)
{
    struct buf *b = buf_new(l->arena);
    body_write(l, b);
    return buf_view(b);
}

static struct text plain_of(const struct letter *l)
{
    struct buf *b = buf_new(l->arena);
    plain_write(l, b);
    return buf_view(b);
}

/* ---- the excerpt */

static size_t size_behind(struct letter *l, const struct units *u, size_t count)
{
    struct buf *b = buf_new(l->arena);
    l->cut = cut_behind(u, count);
    body_write(l, b);
    size_t size = b->length;
    for (size_t i = 0; i < b->length; i++)
        size += b->data[i] == '\n'; /* a mail's line end is two bytes */
    buf_free(b);
    return size;
}

/* The most units, up to `most`, with which the HTML part has room. */
static size_t fit(struct letter *l, const struct units *u, size_t most)
{
    size_t low = 0, high = most;
    while (low < high) {
        size_t middle = low + (high - low + 1) / 2;
        if (size_behind(l, u, middle) <= HTML_MOST)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

static void choose_excerpt(struct letter *l)
{
    struct units *u = units_new(l->d);
    size_t all = units_count(u);
    size_t wanted = l->o->excerpt_words ? units_within_words(u, l->o->excerpt_words) : all;
    size_t most = units_within_bytes(u, HTML_MOST); /* HTML is never shorter than its text */
    size_t count = most > wanted ? wanted : most;
    if (size_behind(l, u, count) > HTML_MOST)
        count = fit(l, u, count);
    l->cut = cut_behind(u, count);
    struct place at = {l->d->source_name, 0, 0};
    if (l->cut.node && count < wanted)
        message(l->d->messages, SEVERITY_WARNING, "mail.excerpt", &at,
                "The mail's text ends early, since mail programs cut what is longer than 102 KB. %s",
                l->o->link ? "It leads on to the address of --mail-link."
                           : "The whole text is attached; with --mail-link it would lead on to the web.");
}

/* ---- the budget */

static struct parts assemble(const struct letter *l)
{
    struct parts p = {plain_of(l), html_of(l), {NULL, 0}};
    p.whole = mime_assemble(l, p.plain, p.html);
    return p;
}

static double megabytes(size_t bytes)
{
    return (double)bytes / 1e6;
}

static bool too_large(const struct letter *l, const struct parts *p)
{
    return l->o->budget && p->whole.length > l->o->budget;
}

/* Smaller pictures, step by step: on paper they stay twice as fine as on the screen. */
static void reduce(struct letter *l, struct mail_attachment *attached, struct parts *p)
{
    static const struct {
        int width_px, attached_px, quality;
    } steps[] = {{900, 1800, 75}, {600, 1200, 65}, {400, 800, 55}};
    size_t before = p->whole.length;
    const char *what = NULL;
    for (size_t i = 0; i < sizeof steps / sizeof steps[0] && too_large(l, p); i++) {
        bool in_mail = pictures_reduce(l, steps[i].width_px, steps[i].quality);
        bool beside = pictures_reduce_attached(l, steps[i].attached_px, steps[i].quality, attached);
        if (!in_mail && !beside)
            continue;
        what = !beside ? arena_printf(l->arena, "its pictures were reduced to %d pixels", steps[i].width_px)
                       : arena_printf(l->arena,
                                      "its pictures were reduced to %d pixels, and those of what is attached "
                                      "to %d",
                                      steps[i].width_px, steps[i].attached_px);
        *p = assemble(l);
    }
    struct place at = {l->d->source_name, 0, 0};
    if (what)
        message(l->d->messages, SEVERITY_WARNING, "mail.reduced", &at,
                "The mail would have been %.1f MB, over its budget of %.1f MB: %s.", megabytes(before),
                megabytes(l->o->budget), what);
}

/* A link in place of the larger attachments: the largest first. */
static void link_instead(struct letter *l, struct mail_options *o, struct mail_attachment *kept,
                         struct parts *p)
{
    struct buf *left_out = buf_new(l->arena);
    size_t before = p->whole.length;
    while (too_large(l, p) && o->attachment_count) {
        size_t largest = 0;
        for (size_t i = 1; i < o->attachment_count; i++)
            if (kept[i].bytes.length > kept[largest].bytes.length)
                largest = i;
        buf_printf(left_out, "%s%s", left_out->length ? " and " : "", kept[largest].name);
        o->attachment_count--;
        memmove(kept + largest, kept + largest + 1, (o->attachment_count - largest) * sizeof *kept);
        l->linked = true;
        *p = assemble(l);
    }
    struct place at = {l->d->source_name, 0, 0};
    if (left_out->length && !too_large(l, p))
        message(l->d->messages, SEVERITY_WARNING, "mail.linked", &at,
                "The mail would have been %.1f MB, over its budget of %.1f MB: %s not attached, the text "
                "links to "
                "%s.",
                megabytes(before), megabytes(o->budget),
                arena_printf(l->arena, "%s %s", buf_view(left_out).at,
                             strstr(left_out->data, " and ") ? "are" : "is"),
                o->link);
}

static int refuse(const struct letter *l, const struct parts *whole)
{
    struct place at = {l->d->source_name, 0, 0};
    struct buf *sizes = buf_new(l->arena);
    for (const struct mail_picture *p = l->pictures; p; p = p->next)
        buf_printf(sizes, ", %s %.2f MB", p->file, megabytes(p->bytes.length));
    for (size_t i = 0; i < l->o->attachment_count; i++)
        buf_printf(sizes, ", %s %.2f MB", l->o->attachments[i].name,
                   megabytes(l->o->attachments[i].bytes.length));
    message(l->d->messages, SEVERITY_USAGE, "mail.budget", &at,
            "The mail would be %.2f MB, over its budget of %.2f MB (text %.2f MB%s; attached they grow by a "
            "third). %s",
            megabytes(whole->whole.length), megabytes(l->o->budget),
            megabytes(whole->plain.length + whole->html.length), sizes->length ? buf_view(sizes).at : "",
            l->o->link ? "Give a larger --mail-budget, or --mail-excerpt."
                       : "With --mail-link the e-book and the PDF can be linked to instead of attached.");
    return -1;
}

/* ---- the mail */

int mail_write(const struct document *d, const struct mail_options *options, struct output *out)
{
    struct mail_options o = *options;
    struct letter l = {
        .arena = d->arena, .d = d, .o = &o, .picture_of = hash_new(d->arena), .prepared = hash_new(d->arena)};
    l.look = look_new(d, o.styles ? o.styles : styles_new(d->arena, d->messages));
    if (mime_begin(&l) != 0 || headers_check(&l) != 0)
        return -1;
    pictures_find(&l);
    choose_excerpt(&l);
    pictures_find(&l); /* those that are left */
    pictures_reduce(&l, MAIL_PICTURE_PX, PICTURE_QUALITY);
    struct mail_attachment *attached = arena_array(l.arena, o.attachment_count + 1, sizeof *attached);
    if (o.attachment_count)
        memcpy(attached, o.attachments, o.attachment_count * sizeof *attached);
    o.attachments = attached;
    struct parts p = assemble(&l);
    reduce(&l, attached, &p);
    if (o.link)
        link_instead(&l, &o, attached, &p);
    if (too_large(&l, &p))
        return refuse(&l, &p);
    return output_write(out, p.whole.at, p.whole.length);
}
