/* The style, and what it leaves out. */
#include "base/buf.h"
#include "job/front.h"
#include "job/job.h"
#include "style/style.h"

static bool is_path(const char *style)
{
    return strchr(style, '/') || strcmp(io_suffix(style), ".css") == 0;
}

static const char *const *style_folders(const struct job *j)
{
    static const char *const usual[] = {"styles", OCTAVO_STYLES, NULL};
    return j->options->style_folders ? j->options->style_folders : usual;
}

/* Where a style lies that goes by its name; NULL: in none of the folders. */
static const char *find_style(struct job *j, const char *name)
{
    for (const char *const *folder = style_folders(j); *folder; folder++) {
        const char *path = arena_printf(j->arena, "%s/%s.css", *folder, name);
        if (io_exists(path))
            return path;
    }
    return NULL;
}

static const char *styles_there_are(struct job *j)
{
    struct buf *b = buf_new(j->arena);
    struct hash *seen = hash_new(j->arena);
    for (const char *const *folder = style_folders(j); *folder; folder++)
        for (const char *const *name = io_list(j->arena, *folder, ".css"); *name; name++)
            if (!hash_put(seen, text_of(*name), seen) && strcmp(*name, "common") != 0) /* others import it */
                buf_printf(b, "%s%s", b->length ? ", " : "", *name);
    return b->length ? buf_view(b).at : "none";
}

/* The path of the style's sheet: the options' choice, the source's, else by the kind of document. */
static const char *choose_style(struct job *j)
{
    const char *kind = tree_has_word(j->document->body, "class", "book") ? "book" : "essay";
    const char *wanted = j->options->style, *path = NULL;
    struct place at = {NULL, 0, 0};
    if (!wanted && j->document->meta.style) {
        wanted = j->document->meta.style;
        at = meta_place(j->document, "style");
        path = is_path(wanted) ? io_below(j->arena, j->document->source_folder, wanted) : NULL;
    } else if (wanted && is_path(wanted)) {
        path = wanted;
    }
    if (!wanted)
        wanted = kind;
    if (!path)
        path = find_style(j, wanted);
    if (path && io_exists(path))
        return path;
    message(j->messages, SEVERITY_USAGE, "style.missing", &at,
            "There is no style %s. There are: %s; or give the path of a CSS file.", wanted,
            styles_there_are(j));
    return NULL;
}

static void check_paper(struct job *j)
{
    const char *paper = j->document->meta.paper;
    struct place at = meta_place(j->document, "paper");
    if (paper && *paper && !style_is_paper(j->styles, paper))
        message(
            j->messages, SEVERITY_WARNING, "meta.unknown", &at,
            "paper can't be %s, which is passed over. It takes a4, a5, letter and the like, or two lengths "
            "such as 6in 9in.",
            paper);
}

int job_style(struct job *j)
{
    const char *path = choose_style(j);
    struct text css;
    if (!path || io_read(j->arena, path, j->messages, SEVERITY_USAGE, NULL, &css) != 0)
        return -1;
    j->styles = styles_new(j->arena, j->messages);
    styles_set_folders(j->styles, style_folders(j));
    styles_set_paper(j->styles, j->document->meta.paper);
    styles_add(j->styles, css, path, io_directory(j->arena, path));
    struct buf *b = buf_new(j->arena);
    styles_for_ebook(j->styles, b);
    j->css = buf_view(b);
    check_paper(j);
    return 0;
}

int job_front(struct job *j)
{
    front_settle(j->document, j->styles);
    return 0;
}
