#include "job.h"

#include "base/io.h"
#include "fonts/fonts.h"
#include "fonts/lacking.h"
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#define FAMILIES(...) ((const char *const[]){__VA_ARGS__, NULL})

static const struct face *find(struct fonts *f, const char *const *families, int weight, bool italic)
{
    return fonts_find(f, &(struct font_request){families, weight, italic}, NULL);
}

static void serif_is_libertine_with_all_that_a_book_wants(void **state)
{
    struct job *j = *state;
    struct fonts *f = fonts_new(j->arena, j->messages);
    const struct face *roman = find(f, FAMILIES("serif"), 400, false);
    assert_non_null(roman);
    assert_string_equal(roman->family, "Linux Libertine O");
    assert_string_equal(roman->postscript_name, "LinLibertineO");
    assert_true(roman->cff && roman->serif && !roman->monospaced && !roman->italic);
    assert_true(roman->may_embed && roman->may_subset);
    assert_true(roman->has_small_caps && roman->has_oldstyle);
    assert_int_equal(roman->upem, 1000);
    assert_in_range(roman->x_height, 400, 460);
    assert_in_range(roman->cap_height, 630, 680);
    assert_true(roman->ascent > 700 && roman->descent < 0 && roman->underline_position < 0);
    assert_true(roman->box[0] < 0 && roman->box[3] > roman->cap_height);
    assert_null(messages_first(j->messages));
}

static void styles_are_told_apart(void **state)
{
    struct job *j = *state;
    struct fonts *f = fonts_new(j->arena, j->messages);
    const struct face *roman = find(f, FAMILIES("serif"), 400, false);
    const struct face *italic = find(f, FAMILIES("serif"), 400, true);
    const struct face *bold = find(f, FAMILIES("serif"), 700, false);
    const struct face *both = find(f, FAMILIES("serif"), 700, true);
    assert_true(italic->italic && italic->italic_angle < 0 && italic->weight == 400);
    assert_true(!bold->italic && bold->weight == 700);
    assert_true(both->italic && both->weight == 700);
    assert_ptr_equal(find(f, FAMILIES("Linux Libertine O"), 400, false), roman);
    assert_ptr_equal(find(f, FAMILIES("linux libertine"), 400, false), roman);
    assert_int_equal(fonts_count(f), 4);
    assert_int_equal(both->id, 3);
    assert_ptr_equal(fonts_at(f, 3), both);
}

static void fonts_beside_others_number_faces_of_their_own(void **state)
{
    struct job *j = *state;
    struct fonts *one = fonts_new(j->arena, j->messages);
    find(one, FAMILIES("serif"), 400, false);
    struct fonts *two = fonts_new_beside(j->arena, j->messages, one);
    const struct face *mono = find(two, FAMILIES("monospace"), 400, false);
    const struct face *sans = find(one, FAMILIES("sans-serif"), 400, false);
    const struct face *serif = find(two, FAMILIES("serif"), 400, false);
    assert_int_equal(mono->id, 0);
    assert_int_equal(serif->id, 1);
    assert_int_equal(sans->id, 1);
    assert_ptr_equal(fonts_at(one, 1), sans);
    assert_int_equal(find(one, FAMILIES("monospace"), 400, false)->id, 2);
    assert_ptr_equal(fonts_at(two, 0), mono);
}

static void a_weight_that_is_not_there_gives_the_next_by_css(void **state)
{
    struct job *j = *state;
    struct fonts *f = fonts_new(j->arena, j->messages);
    assert_int_equal(find(f, FAMILIES("DejaVu Sans Mono"), 300, false)->weight, 400);
    assert_int_equal(find(f, FAMILIES("DejaVu Sans Mono"), 500, false)->weight, 400);
    assert_int_equal(find(f, FAMILIES("DejaVu Sans Mono"), 600, false)->weight, 700);
    assert_int_equal(find(f, FAMILIES("Inter"), 900, false)->weight, 900);
    assert_false(find(f, FAMILIES("Inter"), 400, false)->serif);
    assert_true(find(f, FAMILIES("monospace"), 400, false)->monospaced);
    assert_false(find(f, FAMILIES("sans-serif"), 400, false)->serif);
}

static void a_missing_family_is_named_once_with_its_package(void **state)
{
    struct job *j = *state;
    struct fonts *f = fonts_new(j->arena, j->messages);
    struct place where = {"book.css", 3, 1};
    struct font_request wish = {FAMILIES("Quattrocento Nova", "serif"), 400, false};
    const struct face *face = fonts_find(f, &wish, &where);
    wish.weight = 700;
    fonts_find(f, &wish, &where);
    assert_string_equal(face->family, "Linux Libertine O");
    assert_int_equal(job_messages(j, "fonts.missing"), 1);
    assert_string_equal(
        job_sentence(j, "fonts.missing"),
        "The font family \"Quattrocento Nova\" is not installed; \"Linux Libertine O\" is used. "
        "Install the package fonts-quattrocento to have it.");
    assert_string_equal(messages_first(j->messages)->place.file, "book.css");
    assert_int_equal(messages_count(j->messages, SEVERITY_WARNING), 1);
}

static void a_family_that_stands_behind_makes_it_a_note(void **state)
{
    struct job *j = *state;
    struct fonts *f = fonts_new(j->arena, j->messages);
    const struct face *face = find(f, FAMILIES("No Such Face", "Inter", "serif"), 400, false);
    assert_string_equal(face->family, "Inter");
    assert_int_equal(job_messages(j, "fonts.missing"), 1);
    assert_int_equal(messages_count(j->messages, SEVERITY_WARNING), 0);
}

static void characters_are_known(void **state)
{
    struct job *j = *state;
    struct fonts *f = fonts_new(j->arena, j->messages);
    const struct face *face = find(f, FAMILIES("serif"), 400, false);
    for (uint32_t c = 'A'; c <= 'Z'; c++)
        assert_true(face_has(face, c));
    const uint32_t made[] = {0xA0, 0xAD, 0x2009, 0x200B, 0x200D, 0x202F, 0x2060, 0x2011, 0xFE0F};
    for (size_t i = 0; i < sizeof made / sizeof *made; i++)
        assert_true(face_has(face, made[i]));
    assert_true(face_has(face, 0x3B1) && face_has(face, 0x416));
    assert_false(face_has(face, 0x4E2D) || face_has(face, 0x10FFFF) || face_has(face, 0x110000) ||
                 face_has(face, UINT32_MAX));
}

static void another_face_stands_in_whatever_the_order(void **state)
{
    struct job *j = *state;
    const uint32_t characters[] = {0x21A9, 0x2713, 0x222B, 0x2192, 0x1D11E, 0x3B1, 0x5D0, 0x2603};
    enum { COUNT = sizeof characters / sizeof *characters };
    struct fonts *one = fonts_new(j->arena, j->messages), *two = fonts_new(j->arena, j->messages);
    const struct face *like_one = find(one, FAMILIES("monospace"), 400, false);
    const struct face *like_two = find(two, FAMILIES("monospace"), 400, false);
    const struct face *found[COUNT];
    for (size_t i = 0; i < COUNT; i++)
        found[i] = fonts_fallback(one, like_one, characters[i], "en", NULL);
    for (size_t i = COUNT; i-- > 0;) {
        const struct face *again = fonts_fallback(two, like_two, characters[i], "en", NULL);
        assert_int_equal(!again, !found[i]);
        if (again) {
            assert_string_equal(again->path, found[i]->path);
            assert_true(face_has(again, characters[i]));
        }
    }
    assert_non_null(found[0]);
}

static void a_character_that_no_face_has_is_named_once(void **state)
{
    struct job *j = *state;
    struct fonts *f = fonts_new(j->arena, j->messages);
    const struct face *like = find(f, FAMILIES("serif"), 400, false);
    assert_null(fonts_fallback(f, like, 0x10FFFD, "en", NULL));
    assert_null(fonts_fallback(f, like, 0x10FFFD, "de", NULL));
    fonts_settle(f);
    fonts_settle(f);
    assert_int_equal(job_messages(j, "fonts.character"), 1);
    assert_int_equal(messages_status(j->messages, false), 2);
    assert_true(fonts_lack(f, 0x10FFFD));
    assert_false(fonts_lack(f, 'a'));
}

static void lacking_characters_of_one_place_are_named_together(void **state)
{
    struct job *j = *state;
    struct lacking *l = lacking_new(j->arena);
    const struct place first = {"a.md", 3, 1}, second = {"a.md", 9, 1};
    for (uint32_t c = 0x13000; c < 0x1300B; c++)
        lacking_add(l, c, &first);
    lacking_add(l, 0x4E00, &first); /* of another package */
    lacking_add(l, 0x13000, &second);
    lacking_add(l, 0x1300C, &second);
    lacking_add(l, 0xE000, &second);
    lacking_tell(l, j->arena, j->messages);
    const struct message *m = messages_first(j->messages);
    assert_non_null(strstr(m->sentence, "characters \xF0\x93\x80\x80 (U+13000), "));
    assert_non_null(strstr(m->sentence, "(U+13007) and 3 more; "));
    assert_non_null(strstr(m->sentence, "Install the package fonts-noto-core, or write them otherwise."));
    assert_int_equal(m->place.line, 3);
    m = m->next;
    assert_non_null(strstr(m->sentence, "character \xE4\xB8\x80 (U+4E00); "));
    m = m->next;
    assert_int_equal(m->place.line, 9);
    assert_non_null(strstr(m->sentence, "(U+1300C); "));
    m = m->next;
    assert_non_null(strstr(m->sentence, "character U+E000; "));
    assert_non_null(strstr(m->sentence, "only in the font"));
    assert_null(m->next);
}

/* No package would help with these. */
static void a_spoiled_character_asks_for_no_package(void **state)
{
    struct job *j = *state;
    struct fonts *f = fonts_new(j->arena, j->messages);
    const struct face *like = find(f, FAMILIES("serif"), 400, false);
    assert_null(fonts_fallback(f, like, 0x80, "en", NULL));
    fonts_settle(f);
    assert_non_null(strstr(job_sentence(j, "fonts.character"), "U+0080; "));
    assert_non_null(strstr(job_sentence(j, "fonts.character"), "It is a control character"));
    assert_null(fonts_fallback(f, like, 0x10FFFD, "en", NULL));
    fonts_settle(f);
    assert_non_null(strstr(job_sentence(j, "fonts.character"), "only in the font"));
}

/* ---- @font-face */

/* Writes a copy of a face's file with another fsType to `path`. */
static void write_with_licence(struct job *j, const struct face *face, const char *path, unsigned char type)
{
    struct text file;
    assert_int_equal(io_read(j->arena, face->path, j->messages, SEVERITY_USAGE, NULL, &file), 0);
    unsigned char *bytes = (unsigned char *)text_copy(j->arena, file);
    unsigned tables = (unsigned)bytes[4] << 8 | bytes[5];
    for (unsigned i = 0; i < tables; i++) {
        const unsigned char *entry = bytes + 12 + 16 * i;
        if (memcmp(entry, "OS/2", 4) == 0) {
            size_t at = (size_t)entry[8] << 24 | (size_t)entry[9] << 16 | (size_t)entry[10] << 8 | entry[11];
            bytes[at + 8] = 0;
            bytes[at + 9] = type;
        }
    }
    FILE *out = fopen(path, "wb");
    assert_non_null(out);
    assert_int_equal(fwrite(bytes, 1, file.length, out), file.length);
    assert_int_equal(fclose(out), 0);
}

static void a_declared_file_comes_before_installed_faces(void **state)
{
    struct job *j = *state;
    struct fonts *f = fonts_new(j->arena, j->messages);
    const struct face *bold = find(f, FAMILIES("serif"), 700, false);
    assert_int_equal(fonts_add_file(f, "Linux Libertine O", 400, false, bold->path, NULL), 0);
    const struct face *face = find(f, FAMILIES("Linux Libertine O"), 400, false);
    assert_string_equal(face->path, bold->path);
    assert_int_equal(face->weight, 400);
    assert_null(messages_first(j->messages));
}

static void a_file_that_is_no_font_or_may_not_be_embedded_is_refused(void **state)
{
    struct job *j = *state;
    struct fonts *f = fonts_new(j->arena, j->messages);
    assert_int_equal(fonts_add_file(f, "Mine", 400, false, __FILE__, NULL), -1);
    assert_int_equal(fonts_add_file(f, "Mine", 400, false, "/no/such/file.otf", NULL), -1);
    assert_int_equal(job_messages(j, "fonts.file"), 2);

    char path[] = "/tmp/octavo-font-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    const struct face *face = find(f, FAMILIES("serif"), 400, false);
    write_with_licence(j, face, path, 2);
    assert_int_equal(fonts_add_file(f, "Mine", 400, false, path, NULL), -1);
    assert_int_equal(job_messages(j, "fonts.licence"), 1);
    write_with_licence(j, face, path, 8);
    assert_int_equal(fonts_add_file(f, "Mine", 400, false, path, NULL), 0);
    unlink(path);
    assert_string_equal(find(f, FAMILIES("Mine"), 400, false)->family, "Mine");
}

/* ---- threads */

struct worker {
    struct fonts *fonts;
    const struct face *like, *found;
};

static void *work(void *what)
{
    struct worker *w = what;
    for (uint32_t c = 0x2190; c < 0x2200; c++)
        fonts_fallback(w->fonts, w->like, c, "en", NULL);
    w->found = find(w->fonts, FAMILIES("No Such Face", "sans-serif"), 400, false);
    return NULL;
}

static void threads_get_the_same_faces_and_their_messages_wait(void **state)
{
    struct job *j = *state;
    struct fonts *f = fonts_new(j->arena, j->messages);
    const struct face *like = find(f, FAMILIES("serif"), 400, false);
    struct worker w[3];
    pthread_t threads[3];
    for (int i = 0; i < 3; i++) {
        w[i] = (struct worker){f, like, NULL};
        assert_int_equal(pthread_create(&threads[i], NULL, work, &w[i]), 0);
    }
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    assert_ptr_equal(w[0].found, w[1].found);
    assert_ptr_equal(w[0].found, w[2].found);
    assert_int_equal(job_messages(j, "fonts.missing"), 0);
    fonts_settle(f);
    assert_int_equal(job_messages(j, "fonts.missing"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        JOB_TEST(serif_is_libertine_with_all_that_a_book_wants),
        JOB_TEST(styles_are_told_apart),
        JOB_TEST(fonts_beside_others_number_faces_of_their_own),
        JOB_TEST(a_weight_that_is_not_there_gives_the_next_by_css),
        JOB_TEST(a_missing_family_is_named_once_with_its_package),
        JOB_TEST(a_family_that_stands_behind_makes_it_a_note),
        JOB_TEST(characters_are_known),
        JOB_TEST(another_face_stands_in_whatever_the_order),
        JOB_TEST(a_character_that_no_face_has_is_named_once),
        JOB_TEST(a_spoiled_character_asks_for_no_package),
        JOB_TEST(lacking_characters_of_one_place_are_named_together),
        JOB_TEST(a_declared_file_comes_before_installed_faces),
        JOB_TEST(a_file_that_is_no_font_or_may_not_be_embedded_is_refused),
        JOB_TEST(threads_get_the_same_faces_and_their_messages_wait),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
