#include "read/read.h"

int text_read(struct document *d, struct text source)
{
    struct text line;
    while (text_line(&source, &line))
        if (text_trim(line).length)
            tree_text(d, tree_element(d, d->body, ELEMENT_P, NULL), text_trim(line));
    return 0;
}
