#include "document/jpeg_guard.h"
#include <jerror.h>

static struct jpeg_guard *guard_of(j_common_ptr j)
{
    return (struct jpeg_guard *)j->err; /* the manager comes first */
}

static void raise_error(j_common_ptr j)
{
    struct jpeg_guard *g = guard_of(j);
    g->exhausted = g->manager.msg_code == JERR_OUT_OF_MEMORY;
    g->damaged = true;
    longjmp(g->back, 1);
}

static void hear(j_common_ptr j, int level)
{
    static const int lost[] = {JWRN_HIT_MARKER,  JWRN_HUFF_BAD_CODE,  JWRN_JPEG_EOF,
                               JWRN_MUST_RESYNC, JWRN_NOT_SEQUENTIAL, JWRN_BOGUS_PROGRESSION};
    struct jpeg_guard *g = guard_of(j);
    g->manager.num_warnings += level < 0;
    for (size_t i = 0; level < 0 && i < sizeof lost / sizeof lost[0]; i++)
        g->damaged |= g->manager.msg_code == lost[i];
}

static void print_nothing(j_common_ptr j)
{
    (void)j;
}

struct jpeg_error_mgr *jpeg_guard_begin(struct jpeg_guard *g)
{
    *g = (struct jpeg_guard){.damaged = false};
    jpeg_std_error(&g->manager);
    g->manager.error_exit = raise_error;
    g->manager.emit_message = hear;
    g->manager.output_message = print_nothing;
    return &g->manager;
}
