#include "base/library.h"
#include <dlfcn.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>

/* The linker tells only in words what it lacked. Is there room for a library and all that it needs? */
static int has_room(void)
{
    const size_t most = (size_t)64 * 1024 * 1024;
    void *room = mmap(NULL, most, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (room == MAP_FAILED)
        return 0;
    munmap(room, most);
    return 1;
}

int library_load(struct arena *a, const char *file, const char *const *names, void *table)
{
    void *library = dlopen(file, RTLD_NOW | RTLD_NODELETE);
    if (!library) {
        if (!has_room())
            arena_exhausted(a);
        return -1;
    }
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
