#include "job.h"

#include "layout/breaks.h"

/* The paragraph with its breaks as signs: _ after a space, | inside, ~ in an address, ! mandatory. */
static const char *show(struct job *j, struct breaker *b, const char *paragraph, const char *language)
{
    size_t count;
    const struct line_break *found = line_breaks(b, text_of(paragraph), language, &count);
    struct buf *out = buf_new(j->arena);
    uint32_t at = 0;
    for (size_t i = 0; i < count; i++) {
        assert_true(found[i].offset > at || (i == 0 && found[i].offset > 0));
        buf_add(out, paragraph + at, found[i].offset - at);
        buf_byte(out, "_|~!"[found[i].kind]);
        at = found[i].offset;
    }
    buf_string(out, paragraph + at);
    return out->data;
}

/* Each line is a paragraph with the signs in it; "_" marks a space's break and is put behind it. */
static void check(struct job *j, const char *language, const char *const *expected, size_t count)
{
    struct breaker *b = breaker_new(j->arena);
    for (size_t i = 0; i < count; i++) {
        char *plain = arena_string(j->arena, expected[i]);
        size_t n = 0;
        for (const char *c = expected[i]; *c; c++)
            if (!strchr("_|~!", *c))
                plain[n++] = *c;
        plain[n] = '\0';
        assert_string_equal(show(j, b, plain, language), expected[i]);
    }
}

#define CHECK(language, ...)                                                                                 \
    do {                                                                                                     \
        static const char *const list[] = {__VA_ARGS__};                                                     \
        check(j, language, list, sizeof list / sizeof *list);                                                \
    } while (0)

static void spaces_and_punctuation(void **state)
{
    struct job *j = *state;
    CHECK("en", "one _two,  _three", "“Quoted _(text),” _said _he.", "no\u00a0break _here\u202f%", "word",
          "");
}

static void lines_that_must_end(void **state)
{
    struct job *j = *state;
    CHECK("en", "one\n!two\u2028!three _four", "last\n");
}

static void hyphens_and_slashes(void **state)
{
    struct job *j = *state;
    CHECK("en", "a _well-|known _twenty-|one", "an _e-mail, _a _T-shirt, _vitamin-C", "pre- _and _post-|war",
          "the _-ed _ending, _(-ing)", "and/|or", "no\u2011break", "−5 _to _-5", "zero\u200b|width");
}

static void names_that_begin_with_a_mark(void **state)
{
    struct job *j = *state;
    CHECK("en", "the _file _.profile _in _/usr/|lib", "half _of _.5", "so ... _he", "and _so / _or",
          "what ? _yes ; _no", "see _:hover _and ??");
}

static void dashes_end_lines(void **state)
{
    struct job *j = *state;
    CHECK("en", "a _word—|another", "1914–|1918", "he _said—|“Yes”", "spaced _– _dash _— _too", "wait——|what",
          "go _— _“now”");
    CHECK("es", "—Hola _—dijo— _a _todos");
}

static void objects_stay_with_their_word(void **state)
{
    struct job *j = *state;
    CHECK("en", "word\uFFFC _next", "word.\uFFFC _Next", "word\uFFFC—|next", "word,”\uFFFC _he",
          "see _\uFFFC _here", "both\uFFFC\uFFFC _calls");
}

static void addresses_break_before_punctuation(void **state)
{
    struct job *j = *state;
    CHECK("en", "See _https://~www~.example~.org/", "(http://~example~.org~/path~-to~/file~.html).",
          "or _www~.example~.org, _or");
    struct breaker *b = breaker_new(j->arena);
    assert_string_equal(show(j, b, "http://a.example.org/x_y?q=1&r=twenty#top end", "en"),
                        "http://~a~.example~.org~/x~_y~?q=~1~&r=~twenty~#top _end");
    assert_string_equal(show(j, b, "doi:10.1017/S0022278X00012345", "en"),
                        "doi:~10~.1017~/S0022278X00012345");
    assert_string_equal(show(j, b, "https://", "en"), show(j, b, "https://", "en"));
}

static void ideographs_break_anywhere(void **state)
{
    struct job *j = *state;
    CHECK("zh", "中|文|字|符。|这|是");
}

static void odd_texts_are_borne(void **state)
{
    struct job *j = *state;
    struct breaker *b = breaker_new(j->arena);
    show(j, b, "\xff\xfe bad \xc3", "en");
    show(j, b, "-", "en");
    show(j, b, "\u2014\u201c", "en");
    show(j, b, "\uFFFC", "en");
    show(j, b, "http://a", "en");
    show(j, b, "text", "not a language at all, and longer than any language tag that could ever be, by far");
    show(j, b, "text", NULL);
    for (int i = 0; i < 20; i++)
        show(j, b, "a b", arena_printf(j->arena, "x%d", i));
}

/* ---- runs */

static const char *show_runs(struct job *j, const char *paragraph, int base_level)
{
    struct breaker *b = breaker_new(j->arena);
    size_t count;
    const struct script_run *runs = script_runs(b, text_of(paragraph), base_level, &count);
    struct buf *out = buf_new(j->arena);
    for (size_t i = 0; i < count; i++) {
        char tag[5] = "";
        hb_tag_to_string(runs[i].script, tag);
        assert_int_equal(runs[i].start, i ? runs[i - 1].end : 0);
        buf_printf(out, "%s%d[%.*s]", tag, runs[i].level, (int)(runs[i].end - runs[i].start),
                   paragraph + runs[i].start);
    }
    assert_int_equal(count ? runs[count - 1].end : 0, strlen(paragraph));
    return count ? out->data : "";
}

static void latin_is_one_run(void **state)
{
    struct job *j = *state;
    assert_string_equal(show_runs(j, "Caf\u00e9 \u201cno\u201d \u2014 12 \u20ac\uFFFC", 0),
                        "Latn0[Caf\u00e9 \u201cno\u201d \u2014 12 \u20ac\uFFFC]");
    assert_string_equal(show_runs(j, "", 0), "");
    assert_string_equal(show_runs(j, "...", -1), "Latn0[...]");
    assert_string_equal(show_runs(j, "e\u0301t\u0301e", 0), "Latn0[e\u0301t\u0301e]");
}

static void scripts_are_parted_and_brackets_paired(void **state)
{
    struct job *j = *state;
    assert_string_equal(show_runs(j, "On (λόγος) and λόγος, так.", 0),
                        "Latn0[On (]Grek0[λόγος]Latn0[) and ]Grek0[λόγος, ]Cyrl0[так.]");
    assert_string_equal(show_runs(j, "«Да» yes", 0), "Cyrl0[«Да» ]Latn0[yes]");
    assert_string_equal(show_runs(j, "→ math 𝑥", 0), "Latn0[→ math 𝑥]");
}

static void directions_are_levels(void **state)
{
    struct job *j = *state;
    assert_string_equal(show_runs(j, "see שלום now", 0), "Latn0[see ]Hebr1[שלום]Hebr0[ ]Latn0[now]");
    assert_string_equal(show_runs(j, "שלום abc 12", -1), "Hebr1[שלום ]Latn2[abc 12]");
    assert_string_equal(show_runs(j, "abc", 1), "Latn2[abc]");
    assert_string_equal(show_runs(j, "𝑥 שלום", 0), "Hebr0[𝑥 ]Hebr1[שלום]");
}

static void pieces_are_put_in_visual_order(void **state)
{
    (void)state;
    const uint8_t levels[] = {0, 1, 2, 1, 0, 1};
    const uint32_t expected[] = {0, 3, 2, 1, 4, 5};
    uint32_t order[6];
    visual_order(levels, order, 6);
    assert_memory_equal(order, expected, sizeof order);
    const uint8_t right[] = {1, 1, 2, 2, 1};
    const uint32_t expected_right[] = {4, 2, 3, 1, 0};
    visual_order(right, order, 5);
    assert_memory_equal(order, expected_right, sizeof expected_right);
    visual_order(NULL, NULL, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        JOB_TEST(spaces_and_punctuation),
        JOB_TEST(lines_that_must_end),
        JOB_TEST(hyphens_and_slashes),
        JOB_TEST(names_that_begin_with_a_mark),
        JOB_TEST(dashes_end_lines),
        JOB_TEST(objects_stay_with_their_word),
        JOB_TEST(addresses_break_before_punctuation),
        JOB_TEST(ideographs_break_anywhere),
        JOB_TEST(odd_texts_are_borne),
        JOB_TEST(latin_is_one_run),
        JOB_TEST(scripts_are_parted_and_brackets_paired),
        JOB_TEST(directions_are_levels),
        JOB_TEST(pieces_are_put_in_visual_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
