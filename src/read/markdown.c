#include "read/read.h"

int markdown_read(struct document *d, struct text source)
{
    return text_read(d, source);
}
