/* limits.h - every limit of octavo, with its reason. A source that passes one is told so by a message;
 * nothing is cut in silence. */
#ifndef OCTAVO_BASE_LIMITS_H
#define OCTAVO_BASE_LIMITS_H

/* The largest source, in bytes: line and column numbers and text offsets are 32 bits wide. */
#define LIMIT_SOURCE_BYTES (1024UL * 1024 * 1024)
/* How deep elements may nest: style and layout recurse once a level; deeper ones are flattened. */
#define LIMIT_DEPTH 200
/* Bytes that Markdown's link references may add to a document: they expand without bound (10 MB become 1 GB).
 */
#define LIMIT_REFERENCE_BYTES (64UL * 1024 * 1024)
/* Columns of a table: cmark-gfm takes time square in them (20,000 take 4.6 s). */
#define LIMIT_TABLE_COLUMNS 512
/* A decoded picture's pixels. */
#define LIMIT_IMAGE_PIXELS (256UL * 1024 * 1024)
/* Scans of a progressive JPEG: each goes over the whole picture, so more are an attack. */
#define LIMIT_JPEG_SCANS 100
/* Messages of one code that are printed; the rest is counted. */
#define LIMIT_MESSAGES_PER_CODE 20

#endif
