/* Identifiers: those that say what they are, rightly and wrongly, and the one that a text has by itself. */
#include "base/sha1.h"
#include "document/identifier.h"
#include "job.h"
#include <stdio.h>

static struct document *settled(struct job *j, const char *given, const char *author)
{
    struct document *d = document_new(j->arena, j->messages, "source.md");
    meta_set(d, "title", TEXT("T"));
    if (author)
        meta_set(d, "author", text_of(author));
    if (given)
        meta_set(d, "identifier", text_of(given));
    identifier_settle(d);
    return d;
}

static void sha1_agrees_with_the_standard(void **state)
{
    (void)state;
    static const struct {
        const char *text, *hex;
    } known[] = {{"", "da39a3ee5e6b4b0d3255bfef95601890afd80709"},
                 {"abc", "a9993e364706816aba3e25717850c26c9cd0d89d"},
                 {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                  "84983e441c3bd26ebaae4aa1f95129e5e54670f1"}};
    for (size_t i = 0; i < 3; i++) {
        unsigned char digest[20];
        char hex[41];
        sha1(known[i].text, strlen(known[i].text), digest);
        for (int k = 0; k < 20; k++)
            snprintf(hex + 2 * k, 3, "%02x", digest[k]);
        assert_string_equal(hex, known[i].hex);
    }
}

static void good_ones_become_uris(void **state)
{
    static const char *const table[][3] = {
        {"0-306-40615-2", "urn:isbn:9780306406157", "15"},
        {"ISBN: 978-0-306-40615-7", "urn:isbn:9780306406157", "15"},
        {"ISBN-13 978 0 306 40615 7", "urn:isbn:9780306406157", "15"},
        {"urn:isbn:9780306406157", "urn:isbn:9780306406157", "15"},
        {"080442957x", "urn:isbn:9780804429573", "15"},
        {"https://doi.org/10.1000/182", "doi:10.1000/182", "06"},
        {"doi:10.1000.10/a(b)", "doi:10.1000.10/a(b)", "06"},
        {"F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6", "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6", NULL},
        {"urn:nbn:de:101:1-201102033592", "urn:nbn:de:101:1-201102033592", NULL},
        {"https://example.org/book", "https://example.org/book", NULL},
        {"0306406153", "0306406153", NULL}, /* ten figures may be anything */
        {" my book 7 ", "my book 7", NULL},
    };
    struct job *j = *state;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        const struct document *d = settled(j, table[i][0], NULL);
        assert_string_equal(d->meta.identifier, table[i][1]);
        if (table[i][2])
            assert_string_equal(d->meta.identifier_type, table[i][2]);
        else
            assert_null(d->meta.identifier_type);
    }
    assert_int_equal(messages_count(j->messages, SEVERITY_NOTE), 0);
}

/* What claims to be something and isn't is told of, and claims it no more. */
static void wrong_ones_are_told(void **state)
{
    static const char *const table[][4] = {
        {"ISBN 978-0-306-40615-8", "978-0-306-40615-8", "metadata.isbn", "its last digit would be 7"},
        {"9780306406158", "9780306406158", "metadata.isbn", "its last digit would be 7"},
        {"urn:isbn:0306406153", "0306406153", "metadata.isbn", "its last digit would be 2"},
        {"urn:isbn:123", "123", "metadata.isbn", "10 or 13 digits"},
        {"isbn:9770306406157", "9770306406157", "metadata.isbn", "978 or 979"},
        {"urn:uuid:f81d4fae", "f81d4fae", "metadata.identifier", "a UUID"},
        {"doi:182", "182", "metadata.identifier", "a DOI"},
        {"https://doi.org/11.1000/182", "11.1000/182", "metadata.identifier", "a DOI"},
        {"urn:x", "urn:x", "metadata.identifier", "a URN"},
        {"urn:n b:1", "urn:n b:1", "metadata.identifier", "a URN"},
    };
    struct job *j = *state;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        int before = job_messages(j, table[i][2]);
        const struct document *d = settled(j, table[i][0], NULL);
        assert_string_equal(d->meta.identifier, table[i][1]);
        assert_null(d->meta.identifier_type);
        assert_int_equal(job_messages(j, table[i][2]), before + 1);
        assert_non_null(strstr(job_sentence(j, table[i][2]), table[i][3]));
    }
}

static void without_one_it_is_title_and_people(void **state)
{
    struct job *j = *state;
    const char *one = settled(j, NULL, "A")->meta.identifier;
    assert_string_equal(one, settled(j, " ", "A")->meta.identifier);
    assert_string_not_equal(one, settled(j, NULL, "B")->meta.identifier);
    assert_string_not_equal(one, settled(j, NULL, NULL)->meta.identifier);
    assert_int_equal(strlen(one), strlen("urn:uuid:") + 36);
    assert_int_equal(one[strlen("urn:uuid:") + 14], '5');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        JOB_TEST(sha1_agrees_with_the_standard),
        JOB_TEST(good_ones_become_uris),
        JOB_TEST(wrong_ones_are_told),
        JOB_TEST(without_one_it_is_title_and_people),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
