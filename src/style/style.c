#include "style/style.h"
#include "base/buf.h"

struct styles {
    int count;
};

struct styles *styles_new(struct arena *a, struct messages *m)
{
    (void)m;
    return arena_alloc(a, sizeof(struct styles));
}

void styles_add(struct styles *s, struct text css, const char *file_name, const char *folder)
{
    (void)s, (void)css, (void)file_name, (void)folder;
}

void styles_declare_fonts(const struct styles *s, struct fonts *f)
{
    (void)s, (void)f;
}

void styles_for_ebook(const struct styles *s, struct buf *out)
{
    (void)s, (void)out;
}
