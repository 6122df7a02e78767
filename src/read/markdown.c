#include "read/markdown.h"
#include "read/frontmatter.h"
#include "read/read.h"

static void end_work(void *what)
{
    struct markdown *m = what;
    arena_free(m->work);
    m->work = NULL;
    arena_free(m->scratch);
    m->scratch = NULL;
}

static int count_lines(struct text t)
{
    int n = 0;
    for (size_t i = 0; i < t.length; i++)
        n += t.at[i] == '\n';
    return n;
}

int markdown_read(struct document *d, struct text source)
{
    struct text yaml;
    size_t body = frontmatter_find(source, &yaml);
    if (body)
        frontmatter_read(d, yaml, count_lines(text_slice(source, 0, (size_t)(yaml.at - source.at))) + 1);
    else if (!(body = frontmatter_foreign(d, source)))
        frontmatter_warn_open(d, source);
    struct markdown *m = arena_alloc(d->arena, sizeof *m);
    m->document = d;
    m->waiting_end = &m->waiting;
    arena_defer(d->arena, end_work, m);
    m->work = arena_must(d->arena, arena_new(arena_failure(d->arena)));
    m->text = text_slice(source, body, source.length);
    int first_line = count_lines(text_slice(source, 0, body)) + 1;
    m->places = places_new(m->work, m->text, d->source_name, first_line);
    markdown_parse(m);
    markdown_use_arena(m->work);
    markdown_dialects(m);
    markdown_tree(m);
    markdown_use_arena(NULL);
    end_work(m);
    return 0;
}

/* ---- sniffing: what plain text copied off a web page doesn't have */

/* The first lines are enough. */
enum { SNIFFED_BYTES = 64 * 1024 };

static bool is_head(struct text line)
{
    size_t n = 0;
    while (n < line.length && line.at[n] == '#')
        n++;
    return n >= 1 && n <= 6 && n + 1 < line.length && line.at[n] == ' ';
}

static bool is_note(struct text line)
{
    size_t close = text_find(line, ']', 0);
    return text_starts(line, "[^") && close > 2 && close + 1 < line.length && line.at[close + 1] == ':';
}

static bool is_fence(struct text line)
{
    return text_starts(line, "```") || text_starts(line, "~~~") || text_starts(line, "::: ");
}

static bool has(struct text line, const char *mark)
{
    return memmem(line.at, line.length, mark, strlen(mark)) != NULL;
}

static int line_score(struct text line)
{
    struct text trimmed = text_trim(line);
    if (is_note(line) || is_fence(line))
        return 40;
    if (is_head(line) || (text_starts(trimmed, "|") && text_ends(trimmed, "|") && has(line, "---")))
        return 25;
    int score = has(line, "](") ? 15 : 0;
    score += has(line, "[^") ? 15 : 0;
    score += has(line, "**") ? 5 : 0;
    return score;
}

int markdown_sniff(struct text source)
{
    struct text yaml, line, rest = text_slice(source, 0, SNIFFED_BYTES);
    if (frontmatter_find(source, &yaml) && text_find(yaml, ':', 0) < yaml.length)
        return 95;
    int score = 0;
    while (score < 90 && text_line(&rest, &line))
        score += line_score(line);
    return score >= 90 ? 90 : score < 25 ? 0 : score;
}
