#include "read/places.h"
#include <stdint.h>

/* Characters are counted ahead at each STEP bytes. */
enum { STEP = 256 };

struct places {
    struct text text;
    const char *file;
    int first_line;
    size_t lines;
    uint32_t *line_start; /* byte offset of each line */
    uint32_t *characters; /* characters before each STEP bytes */
};

static bool starts_character(char c)
{
    return ((unsigned char)c & 0xC0) != 0x80;
}

struct places *places_new(struct arena *a, struct text t, const char *file, int first_line)
{
    struct places *p = arena_alloc(a, sizeof *p);
    p->text = t;
    p->file = file;
    p->first_line = first_line;
    p->lines = 1;
    for (size_t i = 0; i < t.length; i++)
        p->lines += t.at[i] == '\n';
    p->line_start = arena_array(a, p->lines, sizeof *p->line_start);
    p->characters = arena_array(a, t.length / STEP + 1, sizeof *p->characters);
    uint32_t line = 0, count = 0;
    for (size_t i = 0; i < t.length; i++) {
        if (i % STEP == 0)
            p->characters[i / STEP] = count;
        count += starts_character(t.at[i]);
        if (t.at[i] == '\n')
            p->line_start[++line] = (uint32_t)i + 1;
    }
    return p;
}

/* Characters that begin before byte `offset`. */
static uint32_t characters_before(const struct places *p, size_t offset)
{
    size_t from = offset / STEP * STEP;
    if (from >= p->text.length && from > 0)
        from -= STEP;
    uint32_t count = p->characters[from / STEP];
    for (size_t i = from; i < offset; i++)
        count += starts_character(p->text.at[i]);
    return count;
}

struct place places_at(const struct places *p, int line, int byte_column)
{
    if (line < 1)
        return (struct place){p->file, 0, 0};
    size_t index = (size_t)line - 1 < p->lines ? (size_t)line - 1 : p->lines - 1;
    size_t start = p->line_start[index];
    size_t end = index + 1 < p->lines ? p->line_start[index + 1] - 1 : p->text.length;
    size_t at = byte_column > 1 ? start + (size_t)byte_column - 1 : start;
    if (at > end)
        at = end;
    uint32_t column = characters_before(p, at) - characters_before(p, start) + 1;
    return (struct place){p->file, p->first_line + (int)index, (int)column};
}

struct place places_of_offset(const struct places *p, size_t offset)
{
    size_t low = 0, high = p->lines;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (p->line_start[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return places_at(p, (int)low + 1, (int)(offset - p->line_start[low]) + 1);
}
