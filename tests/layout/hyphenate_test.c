#include "job.h"

#include "base/io.h"
#include "layout/hyphenate.h"
#include <stdio.h>
#include <unistd.h>

#define FOLDER "/usr/share/hyphen"

/* The word with its divisions as "=" in square brackets where letters change: "Schi[ff=f]ahrt". */
static const char *show(struct job *j, struct hyphenator *h, const char *word)
{
    const struct hyphens *found = hyphenate(h, text_of(word));
    struct buf *b = buf_new(j->arena);
    uint32_t at = 0;
    for (uint32_t i = 0; i < found->count; i++) {
        const struct hyphen *one = &found->at[i];
        bool changes = *one->before || *one->after;
        buf_add(b, word + at, one->from - at);
        buf_printf(b, "%s%s=%s%s", changes ? "[" : "", one->before, one->after, changes ? "]" : "");
        at = one->to;
    }
    buf_string(b, word + at);
    return b->data;
}

/* Each expected text without its marks is the word. */
static void check(struct job *j, struct hyphenator *h, const char *const *expected, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char *word = arena_string(j->arena, expected[i]);
        size_t n = 0;
        for (const char *c = expected[i]; *c; c++)
            if (*c != '=')
                word[n++] = *c;
        word[n] = '\0';
        assert_string_equal(show(j, h, word), expected[i]);
    }
}

#define CHECK(h, ...)                                                                                        \
    do {                                                                                                     \
        static const char *const list[] = {__VA_ARGS__};                                                     \
        check(j, h, list, sizeof list / sizeof *list);                                                       \
    } while (0)

static struct hyphenator *open_language(struct job *j, const char *folder, const char *language)
{
    return hyphenator_new(j->arena, hyphenation_new(j->arena, j->messages, folder), language, NULL, NULL);
}

static void need(const char *file)
{
    if (!io_exists(file)) {
        print_message("%s is not installed\n", file);
        skip();
    }
}

static void english_words(void **state)
{
    struct job *j = *state;
    need(FOLDER "/hyph_en_US.dic");
    struct hyphenator *h = open_language(j, NULL, "en");
    CHECK(h, "hy=phen=ation", "in=ter=na=tional", "phi=los=o=phy", "the", "ideas", "through", "as=so=ciate",
          "rep=re=sen=ta=tives", "ty=pog=ra=phy", "Guten=berg", "hap=pily", "happy");
    assert_null(messages_first(j->messages));
}

static void words_that_the_patterns_miss(void **state)
{
    struct job *j = *state;
    need(FOLDER "/hyph_en_US.dic");
    struct hyphenator *h = open_language(j, NULL, "en");
    CHECK(h, "man=kind", "Man=kind’s", "stat=utes", "Soc=ra=tes", "“sov=er=eignty.”", "through=out",
          "mankinds");
    struct hyphen_limits limits = {.before = 4, .after = 4};
    h = hyphenator_new(j->arena, hyphenation_new(j->arena, j->messages, NULL), "en-US", &limits, NULL);
    CHECK(h, "mankind", "sover=eignty", "SOVER=EIGNTY");
}

static void british_words(void **state)
{
    struct job *j = *state;
    need(FOLDER "/hyph_en_GB.dic");
    struct hyphenator *h = open_language(j, NULL, "en-GB");
    CHECK(h, "hy=phen=a=tion", "pho=to=grapher", "demo=cracy", "So=crates");
    assert_string_equal(show(j, open_language(j, NULL, "en-NZ"), "hyphenation"), "hy=phen=a=tion");
}

static void german_words(void **state)
{
    struct job *j = *state;
    need(FOLDER "/hyph_de_DE.dic");
    struct hyphenator *h = open_language(j, NULL, "de-AT");
    CHECK(h, "Do=nau=dampf=schiff=fahrt", "Stra=ße", "Zu=cker", "Über=gangs=re=ge=lung",
          "GRUND=STÜCKS=VER=KEHR", "Mäd=chen");
    const struct hyphens *found = hyphenate(h, TEXT("Wirtschaftswissenschaft"));
    for (uint32_t i = 0; i < found->count; i++)
        if (found->at[i].from == 12 || found->at[i].from == 15) /* before and in "wissen" */
            assert_int_equal(found->at[i].compound, found->at[i].from == 12);
}

static void french_words(void **state)
{
    struct job *j = *state;
    need(FOLDER "/hyph_fr.dic");
    struct hyphenator *h = open_language(j, NULL, "fr-CA");
    CHECK(h, "ré=pu=blique", "l’élé=phant", "au=jour=d’hui", "poé=sie", "phi=lo=so=phie");
}

static void other_alphabets(void **state)
{
    struct job *j = *state;
    need(FOLDER "/hyph_ru_RU.dic");
    need(FOLDER "/hyph_el_GR.dic");
    struct hyphenator *russian = open_language(j, NULL, "ru"), *greek = open_language(j, NULL, "el");
    CHECK(russian, "го=су=дар=ствен=ный", "ПРЕ=ДИ=СЛО=ВИЕ");
    CHECK(greek, "φι=λο=σο=φία");
}

static void what_stands_around_a_word_is_left_alone(void **state)
{
    struct job *j = *state;
    need(FOLDER "/hyph_en_US.dic");
    struct hyphenator *h = open_language(j, NULL, "en-US");
    CHECK(h, "“Phi=los=o=phy,”", "(hy=phen=ation)", "hy=phen=ation.", "‘typ=ing’", "rep=re=sen=ta=tives’",
          "as=so=ciate’s", "don’t", "well-known", "aca=demics-turned-ad=min=is=tra=tors",
          "na=tional/in=ter=na=tional", "");
}

static void words_that_are_not_divided(void **state)
{
    struct job *j = *state;
    need(FOLDER "/hyph_en_US.dic");
    struct hyphenator *h = open_language(j, NULL, "en-US");
    CHECK(h, "UNESCO", "GUTENBERG", "mp3player", "player3", "https://example.org/philosophy",
          "philosophy@example.org", "www.philosophy.org", "hyphenation_limit", "2nd", "1984");
    CHECK(h, "IN=TER=NA=TIONAL");
}

static void large_numbers(void **state)
{
    struct job *j = *state;
    need(FOLDER "/hyph_en_US.dic");
    need(FOLDER "/hyph_de_DE.dic");
    struct hyphenator *h = open_language(j, NULL, "en-US"), *german = open_language(j, NULL, "de");
    CHECK(h, "$1,250,=000,=000", "(40,=000,=000", "£500,=000,=000,", "365,=000,=000.75", "1,250,=000",
          "40,000", "1,2,3,4", "1,000,000,5", "1234,000,000", "1,25,000,000", "12,=000,=000-dol=lar");
    CHECK(german, "500,000,000", "500.000.000");
    const struct hyphens *found = hyphenate(h, TEXT("500,000,000"));
    assert_int_equal(found->count, 2);
    assert_true(found->at[0].figure && found->at[1].figure);
    assert_int_equal(found->at[0].from, 4);
}

static void soft_hyphens_win(void **state)
{
    struct job *j = *state;
    struct hyphenator *h = open_language(j, FOLDER, "en-US");
    assert_string_equal(show(j, h, "hyphen\u00adation"), "hyphen=ation");
    assert_string_equal(show(j, h, "mp3\u00adplay\u00ader"), "mp3=play=er");
    assert_string_equal(show(j, h, "\u00adedge\u00ad"), "\u00adedge\u00ad");
    const struct hyphens *found = hyphenate(h, TEXT("so\u00adft"));
    assert_int_equal(found->count, 1);
    assert_int_equal(found->at[0].from, 2);
    assert_int_equal(found->at[0].to, 4);
    assert_true(found->at[0].soft);
    struct hyphen_limits manual = {.manual = true};
    struct hyphenation *all = hyphenation_new(j->arena, j->messages, "/nowhere");
    h = hyphenator_new(j->arena, all, "en", &manual, NULL);
    assert_string_equal(show(j, h, "hyphenation"), "hyphenation");
    assert_string_equal(show(j, h, "hyphen\u00adation"), "hyphen=ation");
    assert_null(messages_first(j->messages));
}

static void limits_are_kept(void **state)
{
    struct job *j = *state;
    need(FOLDER "/hyph_en_US.dic");
    struct hyphenation *all = hyphenation_new(j->arena, j->messages, NULL);
    struct hyphen_limits l = {.before = 4, .after = 7, .word = 11, .capitals = 20};
    struct hyphenator *h = hyphenator_new(j->arena, all, "en", &l, NULL);
    CHECK(h, "inter=national", "typography", "INTERNATIONAL");
}

static void words_are_cached(void **state)
{
    struct job *j = *state;
    need(FOLDER "/hyph_en_US.dic");
    struct hyphenator *h = open_language(j, NULL, "en-US");
    const struct hyphens *one = hyphenate(h, TEXT("hyphenation"));
    assert_ptr_equal(hyphenate(h, TEXT("hyphenation")), one);
}

static void a_missing_dictionary_is_named_once(void **state)
{
    struct job *j = *state;
    struct hyphenation *all = hyphenation_new(j->arena, j->messages, "/nowhere");
    struct place where = {"book.md", 7, 2};
    struct hyphenator *h = hyphenator_new(j->arena, all, "hu", NULL, &where);
    hyphenator_new(j->arena, all, "hu-HU", NULL, NULL);
    assert_string_equal(show(j, h, "asszonnyal"), "asszonnyal");
    hyphenation_settle(all);
    assert_int_equal(job_messages(j, "hyphenation.missing"), 1);
    assert_string_equal(
        job_sentence(j, "hyphenation.missing"),
        "There is no hyphenation dictionary for the language \"hu\": its words are not divided. "
        "Install the package hyphen-hu.");
    hyphenator_new(j->arena, all, "pt-BR", NULL, NULL);
    hyphenation_settle(all);
    assert_non_null(strstr(job_sentence(j, "hyphenation.missing"), "hyphen-pt-br."));
    hyphenator_new(j->arena, all, "nb", NULL, NULL);
    hyphenation_settle(all);
    assert_non_null(strstr(job_sentence(j, "hyphenation.missing"), "hyphen-no."));
    hyphenator_new(j->arena, all, "he", NULL, NULL); /* never divided: nothing is missing */
    hyphenator_new(j->arena, all, "uz-Arab", NULL, NULL);
    hyphenator_new(j->arena, all, "ja-JP", NULL, NULL);
    hyphenator_new(j->arena, all, "zh-Hant", NULL, NULL);
    hyphenator_new(j->arena, all, "../../etc/x", NULL, NULL);
    hyphenator_new(j->arena, all, "", NULL, NULL);
    hyphenator_new(j->arena, all, NULL, NULL, NULL);
    hyphenation_settle(all);
    assert_int_equal(job_messages(j, "hyphenation.missing"), 4);
}

/* Threads come to the places in any order. */
static void a_missing_dictionary_is_named_where_it_is_missed_first(void **state)
{
    struct job *j = *state;
    struct hyphenation *all = hyphenation_new(j->arena, j->messages, "/nowhere");
    struct place places[] = {{"book.md", 9, 1}, {"book.md", 7, 2}, {"book.md", 8, 1}, {"book.md", 7, 1}};
    hyphenator_new(j->arena, all, "hu", NULL, &places[0]);
    hyphenator_new(j->arena, all, "hu-HU", NULL, &places[1]);
    hyphenator_new(j->arena, all, "hu", NULL, &places[2]);
    hyphenator_new(j->arena, all, "nb", NULL, &places[3]);
    assert_null(messages_first(j->messages));
    hyphenation_settle(all);
    const struct message *first = messages_first(j->messages), *second = first->next;
    assert_int_equal(first->place.column, 1);
    assert_non_null(strstr(first->sentence, "\"nb\""));
    assert_int_equal(second->place.line, 7);
    assert_non_null(strstr(second->sentence, "\"hu-HU\""));
    assert_null(second->next);
}

/* ---- patterns of our own */

static struct hyphenator *with_patterns(struct job *j, const char *language, const char *patterns)
{
    char folder[] = "/tmp/octavo-hyphen-XXXXXX";
    assert_non_null(mkdtemp(folder));
    const char *path = arena_printf(j->arena, "%s/hyph_%s.dic", folder, language);
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    fputs(patterns, out);
    fclose(out);
    struct hyphenator *h = open_language(j, folder, language);
    unlink(path);
    rmdir(folder);
    return h;
}

static void letters_change_at_a_division(void **state)
{
    struct job *j = *state;
    struct hyphenator *h = with_patterns(
        j, "hu", "UTF-8\nf1f/ff=f,1,2\nc1k/k=k\n.as3szon/sz=sz,2,3\nn1nyal./ny=ny,1,3\nl·1l/l=l\n");
    assert_string_equal(show(j, h, "schiffahrt"), "schi[ff=f]ahrt");
    assert_string_equal(show(j, h, "SCHIFFAHRT"), "SCHI[FF=F]AHRT");
    assert_string_equal(show(j, h, "zucker"), "zu[k=k]er");
    assert_string_equal(show(j, h, "asszonnyal"), "a[sz=sz]o[ny=ny]al");
    assert_string_equal(show(j, h, "paral·lel"), "para[l=l]el");
}

static void compounds_are_divided_first(void **state)
{
    struct job *j = *state;
    struct hyphenator *h = with_patterns(j, "sv",
                                         "ISO8859-1\nCOMPOUNDLEFTHYPHENMIN 3\nCOMPOUNDRIGHTHYPHENMIN 3\n"
                                         "buch1laden\n\xfc"
                                         "ber1\nNEXTLEVEL\na1d\nu1c\nbe1r\nr1s\na1l\n");
    assert_string_equal(show(j, h, "buchladen"), "buch=laden");
    assert_string_equal(show(j, h, "überbuchladen"), "über=buch=laden");
    assert_string_equal(show(j, h, "karsalen"), "kar=sa=len");
}

static void broken_dictionaries_are_borne(void **state)
{
    struct job *j = *state;
    struct hyphenator *h = with_patterns(j, "xx", "");
    assert_string_equal(show(j, h, "abcdefgh"), "abcdefgh");
    h = with_patterns(j, "xx", "No-Such-Encoding\na1b\n");
    assert_string_equal(show(j, h, "abcdefgh"), "abcdefgh");
    h = with_patterns(j, "xx",
                      "UTF-8\n/=,,\nd1e/x\n1\n9\n.\nb1c/=,99,99\nc1d/=,-5,3\nNEXTLEVEL\nNEXTLEVEL\na1b\n");
    show(j, h, "abcdefgh");
    char *longer = arena_alloc(j->arena, 5001);
    memset(longer, 'b', 5000);
    assert_string_equal(show(j, h, longer), longer);
    hyphenate(h, TEXT("ab\xff\xc3"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        JOB_TEST(english_words),
        JOB_TEST(words_that_the_patterns_miss),
        JOB_TEST(british_words),
        JOB_TEST(german_words),
        JOB_TEST(french_words),
        JOB_TEST(other_alphabets),
        JOB_TEST(what_stands_around_a_word_is_left_alone),
        JOB_TEST(words_that_are_not_divided),
        JOB_TEST(large_numbers),
        JOB_TEST(soft_hyphens_win),
        JOB_TEST(limits_are_kept),
        JOB_TEST(words_are_cached),
        JOB_TEST(a_missing_dictionary_is_named_once),
        JOB_TEST(a_missing_dictionary_is_named_where_it_is_missed_first),
        JOB_TEST(letters_change_at_a_division),
        JOB_TEST(compounds_are_divided_first),
        JOB_TEST(broken_dictionaries_are_borne),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
