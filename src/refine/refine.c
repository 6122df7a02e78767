#include "refine/refine.h"

void refine(struct document *d, const struct refine_options *o)
{
    (void)o;
    if (!d->meta.language)
        d->meta.language = "en";
}
