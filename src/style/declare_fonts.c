/* Faces of @font-face are handed to the fonts of the job. */
#include "style/sheets.h"

void styles_declare_fonts(const struct styles *s, struct fonts *f)
{
    for (const struct font_file *file = s->fonts; file; file = file->next)
        fonts_add_file(f, file->family, file->weight, file->italic, file->path, &file->place);
}
