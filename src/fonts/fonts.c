#include "fonts/fonts.h"

struct fonts {
    int count;
};

struct fonts *fonts_new(struct arena *a, struct messages *m)
{
    (void)m;
    return arena_alloc(a, sizeof(struct fonts));
}
