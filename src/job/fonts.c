/* The fonts: looked for from the start where pages are made, and the style's own faces when it is known. */
#include "job/job.h"

void job_need_fonts(struct job *j)
{
    if (!j->fonts_declared)
        styles_declare_fonts(j->styles, j->fonts);
    j->fonts_declared = true;
}

int job_begin_fonts(struct job *j)
{
    j->fonts = fonts_new(j->arena, j->messages);
    if (job_makes(j, NEEDS_PAGES) || job_makes(j, NEEDS_MARKS))
        fonts_begin(j->fonts, j->threads);
    return 0;
}
