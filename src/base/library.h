/* library.h - shared libraries that few documents need, loaded when one does.
 *
 * Linked, librsvg and GMime would bring forty libraries into every run, which cost as much time as reading
 * and refining an essay. A room lists the functions that it calls, and gets a table of them with their own
 * types:
 *
 *     #define CALLS(F) F(rsvg_handle_new_from_data) F(g_object_unref)
 *     struct rsvg { CALLS(LIBRARY_FIELD) };
 *     static const char *const names[] = {CALLS(LIBRARY_NAME) NULL};
 *
 *     struct rsvg r;
 *     if (library_load(arena, LIBRARY_RSVG, names, &r) == 0)
 *         handle = r.rsvg_handle_new_from_data(bytes, length, NULL);
 *
 * The file's name (LIBRARY_RSVG: "librsvg-2.so.2") is that of the headers which were compiled: the Makefile
 * asks the linker for it.
 */
#ifndef OCTAVO_BASE_LIBRARY_H
#define OCTAVO_BASE_LIBRARY_H

#include "base/arena.h"

#define LIBRARY_FIELD(name) __typeof__(name) *name;
#define LIBRARY_NAME(name) LIBRARY_STRING(name), /* ICU's names are macros for those with its version */
#define LIBRARY_STRING(name) #name

/* Fills `table`, a struct of LIBRARY_FIELDs in the order of `names` (NULL at the end). -1 when the library or
 * one of them isn't there. When it's memory that isn't there, `a` raises its failure. What was loaded stays
 * to the program's end. Thread-safe. */
int library_load(struct arena *a, const char *file, const char *const *names, void *table);

#endif
