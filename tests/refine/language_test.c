/* Guessing the language, and knowing headings by their words. */
#include "refine/language.h"
#include "refine/plain.h"
#include "refine/words.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static struct failure failure;

static int setup(void **state)
{
    *state = arena_new(&failure);
    return 0;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

static const struct {
    const char *language, *text; /* NULL: not clear */
} samples[] = {
    {"en",
     "The harbour was built by the first settlers, and it has been in use since that day, though the sea "
     "has taken a part of it."},
    {"de",
     "Der Hafen wurde von den ersten Siedlern gebaut und ist seit diesem Tag in Gebrauch, auch wenn sich "
     "das Meer einen Teil davon genommen hat."},
    {"fr",
     "Le port a été construit par les premiers colons et il est en usage depuis ce jour, bien que la mer "
     "en ait pris une partie."},
    {"es",
     "El puerto fue construido por los primeros colonos y está en uso desde ese día, aunque el mar se ha "
     "llevado una parte de él con los años."},
    {"it",
     "Il porto è stato costruito dai primi coloni ed è in uso da quel giorno, anche se il mare si è preso "
     "una parte della riva con gli anni."},
    {"nl",
     "De haven werd door de eerste kolonisten gebouwd en is sinds die dag in gebruik, ook al heeft de zee "
     "er een deel van genomen."},
    {"pt", "O porto foi construído pelos primeiros colonos e está em uso desde esse dia, embora o mar tenha "
           "levado uma parte dele com os anos que não voltam."},
    {"sv",
     "Hamnen byggdes av de första nybyggarna och har varit i bruk från den dagen, men havet har tagit en "
     "del av den och det är inte lätt att se."},
    {"da",
     "Havnen blev bygget af de første nybyggere og har været i brug fra den dag, men havet har taget en "
     "del af den, og det er ikke let at se efter."},
    {"nb",
     "Havnen ble bygget av de første nybyggerne og har vært i bruk fra den dagen, men havet har tatt en "
     "del av den, og det er ikke lett å se etter."},
    {"pl", "Port został zbudowany przez pierwszych osadników i jest w użyciu od tego dnia, ale morze zabrało "
           "jego część i nie jest to dla nich łatwe, bo tak się stało."},
    {"la",
     "Portus a primis colonis factus est et ex eo die in usu est, sed mare partem eius cepit, quod non est "
     "facile ad videndum, cum aqua per saxa eat."},
    {"ru",
     "Гавань была построена первыми поселенцами, и с того дня она в деле, но море взяло у неё часть, и это "
     "не так легко видеть, как было."},
    {"uk",
     "Гавань збудували перші поселенці, і з того дня вона у вжитку, але море забрало її частину, і це не "
     "так легко бачити, як було до того."},
    {"el",
     "Το λιμάνι χτίστηκε από τους πρώτους αποίκους και είναι σε χρήση από εκείνη την ημέρα, αλλά η θάλασσα "
     "πήρε ένα μέρος του και δεν είναι εύκολο να το δει κανείς."},
    {"ja", "港は最初の入植者によって作られ、その日から使われています。"},
    {"he", "הנמל נבנה על ידי המתיישבים הראשונים"},
    {NULL, "Lorem ipsum 12 34 Zyx."},
    {NULL, "Yes, the end."},
    {NULL, ""},
};

static void test_guess(void **state)
{
    int bad = 0;
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        double share;
        const char *got = language_guess(*state, text_of(samples[i].text), &share);
        const char *want = samples[i].language;
        if ((got == NULL) != (want == NULL) || (got && strcmp(got, want) != 0)) {
            printf("want %s, got %s (%.2f): %s\n", want ? want : "none", got ? got : "none", share,
                   samples[i].text);
            bad++;
        }
    }
    assert_int_equal(bad, 0);
}

static const char *settled(struct arena *a, const char *given)
{
    struct document *d = document_new(a, messages_new(a, NULL, NULL), "t");
    d->meta.language = given;
    language_settle(d);
    return messages_count(d->messages, SEVERITY_WARNING) ? "unknown" : d->meta.language;
}

static void test_tags(void **state)
{
    static const char *const cases[][2] = {
        {"en", "en"},
        {"EN-us", "en-US"},
        {"en_GB", "en-GB"},
        {"German", "de"},
        {"zh-hant-tw", "zh-Hant-TW"},
        {"sr-Latn", "sr-Latn"},
        {"english language", "unknown"},
        {"e", "unknown"},
        {"123", "unknown"},
        {"de-", "unknown"},
        {NULL, "en"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(settled(*state, cases[i][0]), cases[i][1]);
}

/* ---- headings */

static const char *kind_of(struct arena *a, const char *heading)
{
    struct text t = plain_folded(a, text_of(heading));
    const struct section_kind *k = section_kind_of(t);
    return k                  ? k->name
           : opens_part(t)    ? "part"
           : opens_chapter(t) ? "chapter"
           : titles_notes(t)  ? "notes"
                              : "";
}

static void test_headings(void **state)
{
    static const char *const cases[][2] = {
        {"Preface", "preface"},
        {"VORWORT", "preface"},
        {"Preface to the Second Edition", "preface"},
        {"Editor’s Introduction", "introduction"},
        {"1. Introduction", "introduction"},
        {"IV. Conclusion", "conclusion"},
        {"Introduction to Algebra", ""},
        {"Prefaces and other matter", ""},
        {"Appendix A: Sources", "appendix"},
        {"Appendix", "appendix"},
        {"Appendixes of a kind", ""},
        {"Bibliography", "bibliography"},
        {"Part One", "part"},
        {"Part II: The Sea", "part"},
        {"The First Part", "part"},
        {"Erster Teil", "part"},
        {"Première partie", "part"},
        {"Livre III", "part"},
        {"Part of the problem", ""},
        {"Book keeping", ""},
        {"Chapter 12", "chapter"},
        {"Kapitel 3. Das Meer", "chapter"},
        {"Notes", "notes"},
        {"Anmerkungen", "notes"},
        {"Notes on the coast", ""},
        {"I", ""},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *got = kind_of(*state, cases[i][0]);
        if (strcmp(got, cases[i][1]) != 0)
            printf("%s\n", cases[i][0]);
        assert_string_equal(got, cases[i][1]);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(test_guess), TEST(test_tags), TEST(test_headings)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
