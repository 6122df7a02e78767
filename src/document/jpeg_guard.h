/* jpeg_guard.h - errors of libjpeg, which by itself prints them and ends the program.
 *
 *     struct jpeg_guard guard;
 *     struct jpeg_decompress_struct j = {.err = jpeg_guard_begin(&guard)};
 *     if (setjmp(guard.back) == 0) { jpeg_create_decompress(&j); … }
 *
 * An error comes back to the setjmp.
 */
#ifndef OCTAVO_DOCUMENT_JPEG_GUARD_H
#define OCTAVO_DOCUMENT_JPEG_GUARD_H

#include <setjmp.h>
#include <stdbool.h>
#include <stdio.h>

#include <jpeglib.h>

struct jpeg_guard {
    struct jpeg_error_mgr manager;
    jmp_buf back;
    bool damaged;   /* an error, or a warning of lost picture data; others are of odd but whole files */
    bool exhausted; /* the error was of memory */
};

/* Gives what goes into the `err` of a (de)compressor. */
struct jpeg_error_mgr *jpeg_guard_begin(struct jpeg_guard *g);

#endif
