/* The e-book's access as ONIX says it: codes of list 196 (EDItEUR, issue 64 and later), for a publisher's
 * message to the shops. They are claimed as the package's own metadata are: only what is truly in the book.
 */
#include "document/report.h"
#include "write/epub/book.h"

/* Does the table of contents lead to each heading, table and picture, as code 11 asks? */
static bool lists_everything(const struct book *b)
{
    return b->contains.all_headings_listed && !b->contains.tables && !b->contains.pictures;
}

void onix_report(const struct book *b)
{
    const struct contains *has = &b->contains;
    bool described = has->pictures && has->described;
    const struct {
        bool given;
        const char *code, *label;
    } list[] = {
        {b->conforms, "04", "EPUB Accessibility Specification 1.1"},
        {b->conforms, "82", "WCAG v2.2"},
        {b->conforms, "85", "WCAG level AA"},
        {b->conforms, "90", b->o->certified_by},
        {true, "10", "No reading system accessibility options actively disabled (except)"},
        {lists_everything(b), "11", "Table of contents navigation"},
        {true, "13", "Single logical reading order"},
        {described, "14", "Short alternative textual descriptions"},
        {has->math, "17", "Accessible math content as MathML"},
        {b->mark_count > 0, "19", "Print-equivalent page numbering"},
        {strcmp(b->language, "und") != 0, "22", "Language tagging provided"},
        {has->headings, "29", "Next / Previous structural navigation"},
        {true, "30", "ARIA roles provided"},
        {true, "32", "Landmark navigation"},
        {true, "36", "All textual content can be modified"},
        {!has->pictures || has->described, "52", "All non-decorative content supports reading without sight"},
    };
    for (size_t i = 0; i < sizeof list / sizeof list[0]; i++)
        if (list[i].given)
            report_add(b->d->report, "onix-196", NULL, text_of(list[i].code), list[i].label, -1);
    struct buf *summary = buf_new(b->arena);
    package_summary(b, summary);
    report_add(b->d->report, "onix-196", NULL, TEXT("00"), summary->data, -1);
    buf_free(summary);
}
