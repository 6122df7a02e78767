/* Typography, string by string: language, what is written, what is set. ~ stands for a no-break space and ^
 * for a narrow one, so that they can be seen. */
#include "refine/typography.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/buf.h"

static const struct {
    const char *language, *written, *set;
} cases[] = {
    /* quotation marks */
    {"en", "\"Yes,\" she said.", "“Yes,” she said."},
    {"en", "He said, \"She said, 'No,' to me.\"", "He said, “She said, ‘No,’ to me.”"},
    {"en", "\"'Tis true,\" he said.", "“’Tis true,” he said."},
    {"en", "('quoted') and [\"this\"]", "(‘quoted’) and [“this”]"},
    {"en", "the \"end\".", "the “end”."},
    {"en", "word--\"quoted\"--word", "word—“quoted”—word"},
    {"en", "\"I was--\" he began", "“I was—” he began"},
    {"en", "\"Well ...\" and \"... so\"", "“Well …” and “… so”"},
    {"en", "He said \"'Well,' she said.\"", "He said “‘Well,’ she said.”"},
    {"en", "\"What did 'she' say?\"", "“What did ‘she’ say?”"},
    {"en", "\"one\" \"two\"", "“one” “two”"},
    {"en", "\"Unclosed paragraph.", "“Unclosed paragraph."},
    {"de", "\"Ja\", sagte sie, 'so' ist's.", "„Ja“, sagte sie, ‚so‘ ist’s."},
    {"de", "Er rief: \"Sie sagte 'Nein'.\"", "Er rief: „Sie sagte ‚Nein‘.“"},
    {"de-CH", "\"Ja\"", "«Ja»"},
    {"fr", "\"Oui\", dit-il; c'est \"bon\" !", "«~Oui~», dit-il^; c’est «~bon~»^!"},
    {"fr", "Quoi? Non: « rien ».", "Quoi^? Non~: «~rien~»."},
    {"fr", "à 10:30 sur http://a.fr/?b;c!", "à 10:30 sur http://a.fr/?b;c^!"},
    {"es", "\"Hola\", dijo.", "«Hola», dijo."},
    {"pl", "\"Tak\"", "„Tak”"},
    {"sv", "\"Ja\"", "”Ja”"},
    {"ru", "\"Да\"", "«Да»"},
    /* apostrophes */
    {"en", "don't, O'Neill's, the dogs' bowls", "don’t, O’Neill’s, the dogs’ bowls"},
    {"en", "the '90s and '68, rock 'n' roll", "the ’90s and ’68, rock ’n’ roll"},
    {"en", "'Twas 'em", "’Twas ’em"},
    {"en", "'the dogs' bowls'", "‘the dogs’ bowls’"},
    {"en", "6'2\" tall and a 12\" disc", "6′2″ tall and a 12″ disc"},
    {"en", "in \"1984\" and \"Catch 22\"", "in “1984” and “Catch 22”"},
    {"fr", "l'homme d'aujourd'hui", "l’homme d’aujourd’hui"},
    /* dashes and ellipses */
    {"en", "1914--18", "1914–18"},
    {"en", "a -- b", "a~– b"},
    {"en", "a---b", "a—b"},
    {"en", "run octavo --strict now", "run octavo --strict now"},
    {"en", "---- ----", "---- ----"},
    {"en", "well... yes....", "well… yes…."},
    /* spaces */
    {"en", "5 km and 10 %, 3 million", "5~km and 10~%, 3~million"},
    {"en", "J. M. Keynes and J. S. Mill", "J.~M.~Keynes and J.~S.~Mill"},
    {"en", "than I. But A. The", "than I. But A. The"},
    /* two spaces as an editor of web pages writes them */
    {"en", "A gap. ~Both ends:~ The end. ~~", "A gap. Both ends: The end."},
    {"en", "Said.~~Done, it~~~goes~ ~on ~5~ km~", "Said. Done, it~~~goes~ ~on 5~km"},
    {"en", "~", "~"},
    {"en", "~~so it begins", "~~so it begins"},
    {"fr", "Quoi~ ?", "Quoi^?"},
    {"en", "see p. 12, Fig. 3, vol. II", "see p.~12, Fig.~3, vol.~II"},
    {"en", "Mr. Smith met Dr. Who", "Mr.~Smith met Dr.~Who"},
    {"de", "z. B. d. h. 10 000 Mio.", "z.~B.~d.~h. 10~000~Mio."},
    {"fr", "M. Dupont a 5 kg", "M.~Dupont a 5~kg"},
    /* what stays */
    {"en", "http://x.org/a--b?c='d' it's", "http://x.org/a--b?c='d' it’s"},
    {"en", "\"http://x.org/\" a.b@c.de", "“http://x.org/” a.b@c.de"},
    {"en", "already “curly” and it’s", "already “curly” and it’s"},
    {"en", "", ""},
    {"en", "'", "’"},
    {"en", "\"", "”"},
    {"en", "as \" said", "as ” said"},
};

static const char *meant(struct arena *a, const char *s)
{
    struct buf *b = buf_new(a);
    for (; *s; s++)
        if (*s == '~')
            buf_string(b, "\xC2\xA0");
        else
            buf_byte(b, *s);
    return b->length ? buf_view(b).at : "";
}

static const char *shown(struct arena *a, const char *s)
{
    struct buf *b = buf_new(a);
    for (; *s; s++) {
        if (strncmp(s, "\xC2\xA0", 2) == 0) {
            buf_byte(b, '~');
            s += 1;
        } else if (strncmp(s, "\xE2\x80\xAF", 3) == 0) {
            buf_byte(b, '^');
            s += 2;
        } else {
            buf_byte(b, *s);
        }
    }
    return b->length ? buf_view(b).at : "";
}

static void set_all(struct run *r, void *user)
{
    fix_addresses(r);
    set_dashes(r, user);
    set_quotes(r, user);
    set_spaces(r);
}

static void test_strings(void **state)
{
    (void)state;
    struct failure f;
    struct arena *a = arena_new(&f);
    struct document *d = document_new(a, messages_new(a, NULL, NULL), "t");
    int bad = 0;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct plain_marks m = {true, true, true, true, false};
        d->meta.language = cases[i].language;
        const char *got = shown(a, run_string(d, meant(a, cases[i].written), set_all, &m));
        if (strcmp(got, cases[i].set) != 0) {
            printf("%s: %s\n  want %s\n  got  %s\n", cases[i].language, cases[i].written, cases[i].set, got);
            bad++;
        }
    }
    arena_free(a);
    assert_int_equal(bad, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_strings)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
