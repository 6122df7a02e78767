#include "base/library.h"
#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

int library_load(const char *file, const char *const *names, void *table)
{
    void *library = dlopen(file, RTLD_NOW | RTLD_NODELETE);
    if (!library)
        return -1;
    int rc = 0;
    char *to = table;
    for (; *names; names++, to += sizeof(void *)) {
        void *function = dlsym(library, *names);
        if (!function)
            rc = -1;
        memcpy(to, &function, sizeof function); /* C has no cast from an object's address to a function's */
    }
    dlclose(library);
    return rc;
}
