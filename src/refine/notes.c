#include "refine/notes.h"
#include "base/buf.h"
#include "document/words.h"
#include "refine/note_markup.h"
#include "refine/plain.h"
#include "refine/words.h"
#include <stdlib.h>

struct finder {
    struct document *document;
    struct hash *by_key;
    struct note *first, **end;       /* every note, in the order of the source */
    struct note *order, **order_end; /* the same by number */
    int last;                        /* number given */
    struct note *unread;             /* the first of `order` whose own calls are not seen so far */
    xmlNode *chapter;                /* which the walk is in */
    bool numbered;                   /* by the source */
    int series;                      /* how many times its numbers begin */
    bool by_chapter;                 /* a chapter's notes are numbered before the next chapter's */
    bool at_foot;                    /* what a note calls is numbered before what the text calls next */
    bool in_notes;                   /* the walk is in a note */
    bool under_heads;                /* the notes of a book have a head for each chapter */
    const char *title;               /* the heading that the source has for its notes */
    struct notes_count count;
};

/* ---- gathering: every o:note leaves the text */

static void gather(xmlNode *n, void *user)
{
    struct finder *f = user;
    struct document *d = f->document;
    if (tree_kind(n) != ELEMENT_NOTE)
        return;
    struct note *note = arena_alloc(d->arena, sizeof *note);
    note->element = n;
    note->key = arena_string(d->arena, tree_get(n, "key"));
    note->calls_end = &note->calls;
    *f->end = note;
    f->end = &note->next;
    f->count.notes++;
    const char *number = tree_get(n, "number");
    note->number = number ? atoi(number) : 0;
    f->numbered &= note->number > 0;
    if (f->count.notes == 1 || note->number <= f->last)
        f->series++;
    f->last = note->number;
    note->series = f->series;
    struct text key = text_of(note->key);
    if (!hash_find(f->by_key, key)) {
        hash_put(f->by_key, key, note);
        return;
    }
    struct place where = tree_place(d, n);
    message(d->messages, SEVERITY_LOST, "notes.repeated", &where,
            "There is a note %s before this one, which has the calls; this one stands at the end of the "
            "notes. Give it a name of its own.",
            note->key);
    note->repeated = true;
    f->numbered = false;
}

static void forget_numbers(struct finder *f)
{
    f->last = 0;
    for (struct note *n = f->first; n; n = n->next)
        n->number = n->series = 0;
}

/* Moves the gathered notes out of the text. */
static void move_out(struct finder *f)
{
    for (struct note *n = f->first; n; n = n->next) {
        xmlNode *parent = n->element->parent;
        tree_unlink(n->element);
        tree_append(f->document, f->document->root, n->element);
        if (tree_kind(parent) == ELEMENT_P && plain_empty(parent))
            tree_remove(parent);
    }
}

/* A section of which nothing but the heading "Notes" is left gives that to the notes and goes. */
static void take_heading(xmlNode *n, void *user)
{
    struct finder *f = user;
    if (tree_kind(n) != ELEMENT_SECTION)
        return;
    const xmlNode *heading = n->children;
    if (!heading || heading->next || !tree_is_heading(heading))
        return;
    struct text title = plain(f->document->arena, heading);
    if (!titles_notes(plain_folded(f->document->arena, title)))
        return;
    if (!f->title)
        f->title = text_copy(f->document->arena, title);
    tree_remove(n);
}

/* ---- calls, in reading order */

/* A section that a series of notes can stand in: a chapter, in an essay a section of the first rank. */
static xmlNode *home_of(const struct document *d, xmlNode *call)
{
    xmlNode *home = d->body, *n = call;
    for (; n != d->body; n = n->parent)
        if (tree_kind(n) == ELEMENT_SECTION && !tree_has_word(n->parent, "class", "chapter") &&
            (n->parent == d->body || tree_has_word(n->parent, "class", "part") ||
             tree_has_word(n->parent, "class", "text"))) {
            home = n;
            break;
        }
    return home;
}

static bool is_chapter(const xmlNode *n)
{
    return tree_kind(n) == ELEMENT_SECTION && !tree_has_word(n, "class", "part") &&
           (tree_kind(n->parent) == ELEMENT_BODY || tree_has_word(n->parent, "class", "part"));
}

static void miss(struct finder *f, xmlNode *call)
{
    struct document *d = f->document;
    struct place where = tree_place(d, call);
    const char *written = tree_get(call, "written");
    written = arena_string(d->arena, written ? written : tree_get(call, "key"));
    message(d->messages, SEVERITY_LOST, "notes.missing", &where,
            "There is no note for the call %s, which stays in the text as it is. Add the note.", written);
    f->count.missing++;
    tree_text(d, call, text_of(written));
    tree_set(d, call, "key", NULL);
    tree_set(d, call, "written", NULL);
    tree_rename(d, call, ELEMENT_SPAN);
    tree_set(d, call, "class", "missing-note");
}

static void give_number(struct finder *f, struct note *note)
{
    note->number = ++f->last;
    note->chapter = f->chapter;
    *f->order_end = note;
    f->order_end = &note->later;
    if (!f->unread)
        f->unread = note;
}

static void see_notes(struct finder *f);

static enum walk see(xmlNode *n, void *user)
{
    struct finder *f = user;
    if (is_chapter(n))
        f->chapter = n;
    if (tree_kind(n) != ELEMENT_CALL)
        return WALK_ON;
    struct note *note = hash_find(f->by_key, text_of(tree_get(n, "key")));
    if (!note) {
        miss(f, n);
        return WALK_SKIP;
    }
    if (!note->number)
        give_number(f, note);
    else if (f->numbered && !note->chapter)
        note->chapter = home_of(f->document, n);
    struct call *call = arena_alloc(f->document->arena, sizeof *call);
    call->element = n;
    *note->calls_end = call;
    note->calls_end = &call->next;
    f->count.calls++;
    if (f->at_foot && !f->in_notes) {
        xmlNode *chapter = f->chapter;
        see_notes(f);
        f->chapter = chapter;
    }
    return WALK_SKIP;
}

/* The calls within the notes that are numbered so far; more come while it runs. */
static void see_notes(struct finder *f)
{
    static const struct walker w = {see, NULL};
    f->in_notes = true;
    while (f->unread) {
        struct note *note = f->unread;
        f->chapter = note->chapter;
        tree_walk(note->element, &w, f);
        f->unread = note->later;
    }
    f->in_notes = false;
}

static void leave(xmlNode *n, void *user)
{
    struct finder *f = user;
    if (f->by_chapter && is_chapter(n))
        see_notes(f);
}

/* Notes that the source has numbered stand in its order; those without a call are named. */
static void keep_numbers(struct finder *f)
{
    static const struct walker w = {see, NULL};
    tree_walk(f->document->body, &w, f);
    for (struct note *n = f->first; n; n = n->next)
        tree_walk(n->element, &w, f);
    for (struct note *n = f->first; n; n = n->next) {
        *f->order_end = n;
        f->order_end = &n->later;
        if (n->calls)
            continue;
        struct place where = tree_place(f->document, n->element);
        message(f->document->messages, SEVERITY_WARNING, "notes.uncalled", &where,
                "No call leads to note %d; it stands among the others. Call it, or take it out.", n->number);
        f->count.uncalled++;
    }
}

static void number_rest(struct finder *f)
{
    for (struct note *n = f->first; n; n = n->next) {
        if (n->number)
            continue;
        give_number(f, n);
        if (n->repeated)
            continue;
        struct place where = tree_place(f->document, n->element);
        message(
            f->document->messages, SEVERITY_WARNING, "notes.uncalled", &where,
            "No call leads to this note; it stands at the end of the notes as number %d. Call it, or take it "
            "out.",
            n->number);
        f->count.uncalled++;
    }
    see_notes(f);
}

static void number_notes(struct finder *f)
{
    static const struct walker w = {see, leave};
    tree_walk(f->document->body, &w, f);
    for (const struct note *n = f->at_foot ? f->order : NULL; n; n = n->later)
        f->chapter = n->chapter; /* the last, for those that nothing calls */
    see_notes(f);
    number_rest(f);
}

/* ---- writing */

static int level_of(const xmlNode *section)
{
    const xmlNode *h = section->children;
    return h && tree_is_heading(h) ? (int)tree_kind(h) - ELEMENT_H1 + 1 : 1;
}

/* The list for a note of a source's series: at the end of the section that calls the series first. */
static xmlNode *series_list(struct finder *f, const struct note *note, const struct note *before,
                            xmlNode *list)
{
    struct document *d = f->document;
    if (before && before->series == note->series)
        return list;
    xmlNode *home = NULL;
    for (const struct note *n = note; n && n->series == note->series && !home; n = n->next)
        home = n->chapter;
    if (!home)
        home = before && before->chapter ? before->chapter : f->chapter;
    const char *id = before ? arena_printf(d->arena, "notes-%d", note->series) : "notes";
    int level = home == d->body ? 1 : level_of(home);
    return note_write_section(d, home, id, level < 6 ? level + 1 : 6, text_of(f->title), note->number);
}

static enum walk add_heading(xmlNode *n, void *user)
{
    struct buf *out = user;
    if (n->type == XML_TEXT_NODE)
        buf_string(out, (const char *)n->content);
    else if (tree_kind(n) == ELEMENT_BR)
        buf_byte(out, ' ');
    return tree_kind(n) == ELEMENT_CALL || tree_has_word(n, "class", "noteref") ? WALK_SKIP : WALK_ON;
}

/* The text of a section's heading without its calls; NULL when it has none. */
static const char *heading_of(struct document *d, const xmlNode *section)
{
    static const struct walker w = {add_heading, NULL};
    xmlNode *h = section ? section->children : NULL;
    if (!h || !tree_is_heading(h))
        return NULL;
    struct buf *out = buf_new(d->arena);
    tree_walk(h, &w, out);
    struct text t = plain_spaced(d->arena, buf_view(out));
    buf_free(out);
    return t.length ? text_copy(d->arena, t) : NULL;
}

/* What stands over a chapter's notes: its heading, and before the first of a part the part's. */
static const char *head_over(struct document *d, const struct note *note, const struct note *before)
{
    const xmlNode *part = note->chapter ? note->chapter->parent : NULL;
    const char *chapter = heading_of(d, note->chapter);
    if (!chapter || part == d->body || (before && before->chapter && before->chapter->parent == part))
        return chapter;
    const char *over = heading_of(d, part);
    return over ? arena_printf(d->arena, "%s · %s", over, chapter) : chapter;
}

/* Notes at the book's end: one list, or one for each chapter. The head is no text of the tree, which holds
 * every word of the source once: it is the list's label, which styles show. */
static xmlNode *end_list(struct finder *f, const struct note *note, const struct note *before, xmlNode *list)
{
    struct document *d = f->document;
    const char *head = NULL;
    if (f->under_heads && (!before || note->chapter != before->chapter))
        head = head_over(d, note, before);
    if (list && !head)
        return list;
    if (!list)
        list = note_write_section(d, d->body, "notes", tree_has_word(d->body, "class", "book") ? 1 : 2,
                                  text_of(f->title), note->number);
    else
        list = note_write_list(d, list->parent, note->number);
    tree_set(d, list, "aria-label", head);
    return list;
}

/* The list for a note: a new one where a chapter's notes begin, else the one in use. */
static xmlNode *list_for(struct finder *f, const struct note *note, const struct note *before, xmlNode *list)
{
    struct document *d = f->document;
    struct text title = text_of(f->title);
    if (f->numbered && f->series > 1)
        return series_list(f, note, before, list);
    if (!f->by_chapter)
        return end_list(f, note, before, list);
    if (before && before->chapter == note->chapter)
        return list;
    const char *id = before ? arena_printf(d->arena, "notes-%d", note->number) : "notes";
    int level = level_of(note->chapter);
    return note_write_section(d, note->chapter, id, level < 6 ? level + 1 : 6, title, note->number);
}

/* A book of which more than one chapter has notes. */
static bool wants_heads(const struct finder *f)
{
    if (!tree_has_word(f->document->body, "class", "book"))
        return false;
    for (const struct note *n = f->order; n; n = n->later)
        if (n->chapter && n->chapter != f->order->chapter)
            return true;
    return false;
}

static void write_notes(struct finder *f)
{
    xmlNode *list = NULL;
    f->under_heads = wants_heads(f);
    const struct note *before = NULL;
    for (const struct note *n = f->order; n; n = n->later) {
        list = list_for(f, n, before, list);
        note_write_calls(f->document, n);
        note_write(f->document, list, n);
        before = n;
    }
}

static xmlNode *first_chapter(const struct document *d)
{
    for (xmlNode *n = d->body->children; n; n = n->next) {
        if (tree_kind(n) != ELEMENT_SECTION)
            continue;
        for (xmlNode *c = n->children; c; c = c->next)
            if (is_chapter(c))
                return c;
        return n;
    }
    return NULL;
}

struct notes_count notes_resolve(struct document *d, enum notes_place place)
{
    static const struct walker gathering = {NULL, gather}, heading = {NULL, take_heading};
    struct finder f = {.document = d, .by_key = hash_new(d->arena), .chapter = first_chapter(d)};
    f.end = &f.first;
    f.order_end = &f.order;
    f.numbered = true;
    f.by_chapter = place == NOTES_CHAPTER_END && tree_has_word(d->body, "class", "book");
    f.at_foot = place == NOTES_PAGE_FOOT;
    tree_walk(d->body, &gathering, &f);
    move_out(&f);
    if (f.first)
        tree_walk(d->body, &heading, &f);
    /* With one series the numbers hold wherever the notes go; several only where the source has them. */
    f.numbered &= f.first && (place == NOTES_AS_SOURCE || (f.series == 1 && place != NOTES_CHAPTER_END));
    if (f.numbered) {
        keep_numbers(&f);
    } else {
        forget_numbers(&f);
        number_notes(&f);
    }
    if (!f.title)
        f.title = word_in(d->meta.language, WORD_NOTES);
    write_notes(&f);
    return f.count;
}
