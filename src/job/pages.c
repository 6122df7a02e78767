/* Pages, and the cover that is drawn beside them. */
#include "job/cover.h"
#include "job/job.h"
#include "layout/explain.h"
#include "layout/layout.h"
#include "write/epub/epub.h"

/* Where each page begins, for the e-book's list of pages. */
static void mark_pages(struct job *j)
{
    j->marks = arena_array(j->arena, j->pages->count + 1, sizeof *j->marks);
    for (uint32_t i = 0; i < j->pages->count; i++) {
        const struct page *p = &j->pages->pages[i];
        if ((p->start.text || p->start.entry) && p->label && *p->label)
            j->marks[j->mark_count++] =
                (struct page_mark){p->start.text, p->start.offset, p->label, p->start.entry};
    }
}

int job_lay_out(struct job *j)
{
    if (!job_makes(j, NEEDS_PAGES))
        return 0;
    job_need_fonts(j);
    struct layout_options o = {.notes_at_foot = j->options->notes == OCTAVO_NOTES_FOOT,
                               .notes_by_style = j->options->notes == OCTAVO_NOTES_DEFAULT,
                               .threads = j->threads};
    if (j->options->explain || j->options->sum_up)
        j->explain = explain_new(j->arena, j->document, j->options->explain != NULL);
    o.explain = j->explain;
    j->pages = layout_document(j->arena, j->document, j->styles, j->fonts, &o);
    if (j->options->sum_up)
        explain_sum_up(j->explain, j->messages);
    if (job_makes(j, NEEDS_MARKS) || j->options->attach_epub)
        mark_pages(j);
    return 0;
}

int job_begin_cover(struct job *j)
{
    if (job_makes(j, NEEDS_PAGES))
        job_need_fonts(j);
    struct cover_wanted w = {job_makes_format(j, job_format("epub")) || job_makes(j, NEEDS_BOTH) ||
                                 j->options->attach_epub,
                             job_makes_format(j, &job_cover_format)};
    struct cover_means m = {j->styles, j->fonts, j->threads};
    j->cover_work = cover_begin(j->document, &m, &w);
    return 0;
}

int job_end_cover(struct job *j)
{
    j->cover = cover_end(j->cover_work);
    return 0;
}
