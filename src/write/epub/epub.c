#include "write/epub/epub.h"

int epub_write(const struct document *d, const struct epub_options *o, struct output *out)
{
    (void)d, (void)o, (void)out;
    return 0;
}
