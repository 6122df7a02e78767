#include "octavo.h"
#include <stdio.h>

static void print(const struct octavo_message *m, void *user)
{
    (void)user;
    fprintf(stderr, "%s:%d:%d: %s [%s]\n", m->file ? m->file : "", m->line, m->column, m->sentence, m->code);
}

/* octavo SOURCE OUTPUT … */
int main(int argc, char **argv)
{
    if (argc < 3)
        return 3;
    struct octavo_options o = octavo_defaults();
    o.source = argv[1];
    o.outputs = (const char *const *)(argv + 2);
    o.on_message = print;
    return octavo_run(&o);
}
