/* Mails as GMime reads them again: no defect, the parts as they went in. */
#include "job.h"

#include "write/epub/sample.h"
#include "write/mail/mail.h"
#include <gmime/gmime.h>

static const char head[] =
    "<meta name='title' content='Grüße'/><meta name='language' content='de'/>"
    "<meta name='from' content='\"Beispiel, Zoë\" &lt;zoe@example.org>'/>"
    "<meta name='to' content='ben@example.org'/><meta name='date' content='2026-03-06'/>";
static const char body[] =
    "<body class='essay'><header class='title-block'><h1 class='title' id='t'>Grüße</h1></header>"
    "<section class='text' id='x'><p>Ein Absatz.<a class='noteref' id='r1' href='#n1' "
    "role='doc-noteref'>1</a></p></section>"
    "<section class='endnotes' epub:type='endnotes' id='notes'><h2 id='nt'>Anmerkungen</h2><ol><li id='n1'>"
    "<p>Eine Anmerkung. <a class='backlink' href='#r1' "
    "role='doc-backlink'>↩</a></p></li></ol></section></body>";

static const struct mail_attachment attachments[] = {
    {"Grüße an alle, mit einem sehr langen Namen, der auf keine Zeile von 78 Zeichen geht.epub",
     "application/epub+zip",
     {"PK\0\1\2\r\n\n", 9}},
    {"plain.pdf", "application/pdf", {"%PDF-1.7\n", 9}},
};

static struct text written(struct job *j)
{
    struct document *d = sample_text(j->arena, j->messages, head, body);
    struct mail_options o = {.date = 1772755200, .attachments = attachments, .attachment_count = 2};
    struct output *out = output_memory(j->arena);
    assert_int_equal(mail_write(d, &o, out), 0);
    return output_bytes(out);
}

static void count_warning(gint64 offset, GMimeParserWarning code, const gchar *item, gpointer user)
{
    print_message("at %ld: warning %d, %s\n", (long)offset, (int)code, item);
    ++*(int *)user;
}

static GMimeMessage *parse(struct text t, int *warnings)
{
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(t.at, t.length);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeParserOptions *options = g_mime_parser_options_new();
    g_mime_parser_options_set_warning_callback(options, count_warning, warnings);
    GMimeMessage *message = g_mime_parser_construct_message(parser, options);
    g_mime_parser_options_free(options);
    g_object_unref(parser);
    g_object_unref(stream);
    return message;
}

static void same_bytes(GMimeObject *part, struct text want)
{
    GMimeStream *stream = g_mime_stream_mem_new();
    g_mime_data_wrapper_write_to_stream(g_mime_part_get_content(GMIME_PART(part)), stream);
    GByteArray *got = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
    assert_int_equal(got->len, want.length);
    assert_memory_equal(got->data, want.at, want.length);
    g_object_unref(stream);
}

static void test_parsed_again(void **state)
{
    struct job *j = *state;
    int warnings = 0;
    struct text mail = written(j);
    assert_int_equal(job_messages(j, "mail.sender"), 0);
    GMimeMessage *message = parse(mail, &warnings);
    assert_non_null(message);
    assert_int_equal(warnings, 0);
    assert_string_equal(g_mime_message_get_subject(message), "Grüße");
    InternetAddress *from = internet_address_list_get_address(g_mime_message_get_from(message), 0);
    assert_string_equal(internet_address_get_name(from), "Beispiel, Zoë");
    GMimeMultipart *mixed = GMIME_MULTIPART(g_mime_message_get_mime_part(message));
    assert_int_equal(g_mime_multipart_get_count(mixed), 3);
    GMimeObject *alternative = g_mime_multipart_get_part(mixed, 0);
    assert_true(
        g_mime_content_type_is_type(g_mime_object_get_content_type(alternative), "multipart", "alternative"));
    for (int i = 0; i < 2; i++) {
        GMimeObject *part = g_mime_multipart_get_part(mixed, i + 1);
        assert_string_equal(g_mime_part_get_filename(GMIME_PART(part)), attachments[i].name);
        assert_true(g_mime_part_is_attachment(GMIME_PART(part)));
        same_bytes(part, attachments[i].bytes);
    }
    g_object_unref(message);
}

static void test_same_twice(void **state)
{
    assert_true(text_equal(written(*state), written(*state)));
}

static void test_budget(void **state)
{
    struct job *j = *state;
    struct document *d = sample_text(j->arena, j->messages, head, body);
    struct mail_options o = {.attachments = attachments, .attachment_count = 2, .budget = 1000};
    struct output *out = output_memory(j->arena);
    assert_int_equal(mail_write(d, &o, out), -1);
    assert_int_equal(output_size(out), 0);
    assert_int_equal(job_messages(j, "mail.budget"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {JOB_TEST(test_parsed_again), JOB_TEST(test_same_twice),
                                       JOB_TEST(test_budget)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
