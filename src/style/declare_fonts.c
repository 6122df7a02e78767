/* Faces of @font-face are handed to the fonts of the job. */
#include "style/sheets.h"

const struct style_font *styles_fonts(const struct styles *s)
{
    return s->fonts;
}

void styles_declare_fonts(const struct styles *s, struct fonts *f)
{
    for (const struct style_font *file = s->fonts; file; file = file->next)
        fonts_add_file(f, file->family, file->weight, file->italic, file->path, &file->place);
}
