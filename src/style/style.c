#include "style/style.h"
#include "base/buf.h"
#include "base/io.h"
#include "style/sheets.h"

/* Where the rules at hand come from. */
struct origin {
    struct styles *styles;
    const char *file, *folder;
    bool author;
    bool paper; /* within rules for print only */
    bool sized; /* within rules that ask how large pages are */
    int depth;  /* of imports */
    const struct origin *importer;
};

static void add_sheet(const struct origin *o, struct text css);
static void add_rules(const struct origin *o, const struct css_rule *r);

/* ---- files that a sheet names */

/* The address in url(…) or a string at the front. */
static bool read_address(struct reading *r, struct text *address)
{
    struct reading inside;
    if (r->at < r->end && r->at->type == TOKEN_URL) {
        *address = r->at->value;
        r->at++;
        return true;
    }
    if (read_function(r, "url", &inside))
        return read_string(&inside, address);
    return read_string(r, address);
}

/* The path of a file below the sheet's folder; NULL with a message. */
static const char *path_below(const struct origin *o, struct text address, const struct place *where)
{
    struct styles *s = o->styles;
    const char *name = text_copy(s->arena, address);
    const char *path = o->folder ? io_below(s->arena, o->folder, name) : NULL;
    if (!path)
        message(s->messages, SEVERITY_WARNING, "style.outside", where,
                "“%s” does not lie below the folder of the style sheet; it is left out.", name);
    return path;
}

/* The sheet that @import names: beside the sheet that asks for it, or else one that came with octavo. */
static const char *path_of_sheet(const struct origin *o, struct text address, const struct place *where)
{
    struct styles *s = o->styles;
    const char *beside = path_below(o, address, where), *name = text_copy(s->arena, address);
    if (!beside || strchr(name, '/') || io_exists(beside))
        return beside;
    for (const char *const *folder = s->folders; folder && *folder; folder++) {
        const char *path = io_below(s->arena, *folder, name);
        if (path && io_exists(path))
            return path;
    }
    return beside;
}

static void add_import(const struct origin *o, const struct css_rule *r)
{
    struct styles *s = o->styles;
    struct reading reading = reading_of(s->arena, r->prelude);
    struct text address, css;
    if (!read_address(&reading, &address)) {
        message(s->messages, SEVERITY_WARNING, "style.syntax", &r->place,
                "@import needs the name of a sheet in quotes.");
        return;
    }
    struct origin imported = *o;
    struct tokens media = {reading.at, (size_t)(reading.end - reading.at)};
    bool sized, print = media_is_print(s, media, &sized);
    const char *path = print ? path_of_sheet(o, address, &r->place) : NULL;
    if (!path)
        return;
    const struct origin *same = o;
    while (same && strcmp(same->file, path) != 0)
        same = same->importer;
    if (same || o->depth >= LIMIT_IMPORT_DEPTH || s->imports++ >= LIMIT_IMPORTS) {
        message(s->messages, SEVERITY_WARNING, "style.outside", &r->place,
                same ? "“%s” imports itself; that is left out."
                     : "Sheets import each other too deep or too often; “%s” is left out.",
                path);
        return;
    }
    if (io_read(s->arena, path, s->messages, SEVERITY_WARNING, &r->place, &css) != 0)
        return;
    imported.file = path;
    imported.folder = io_directory(s->arena, path);
    imported.depth++;
    imported.importer = o;
    imported.sized = o->sized || sized;
    add_sheet(&imported, css);
}

/* ---- @font-face */

static const struct css_declaration *descriptor(const struct css_rule *r, const char *name)
{
    const struct css_declaration *found = NULL;
    for (const struct css_declaration *d = r->declarations; d; d = d->next)
        if (text_is_nocase(d->name, name))
            found = d;
    return found;
}

static int descriptor_number(struct styles *s, const struct css_rule *r, const char *name, int initial)
{
    const struct css_declaration *d = descriptor(r, name);
    struct value v = {.number = initial};
    const struct property *p = property_named(name);
    struct reading reading = d ? reading_of(s->arena, d->value) : (struct reading){s->arena, NULL, NULL};
    return d && p->parse(&reading, p, &v) ? v.number : initial;
}

static void add_font(const struct origin *o, const struct css_rule *r)
{
    struct styles *s = o->styles;
    const struct css_declaration *family = descriptor(r, "font-family"), *src = descriptor(r, "src");
    struct text address, name;
    struct reading reading;
    if (family)
        reading = reading_of(s->arena, family->value);
    if (!family || !src || (!read_string(&reading, &name) && !read_ident(&reading, &name))) {
        message(s->messages, SEVERITY_WARNING, "style.syntax", &r->place,
                "@font-face needs a font-family and a src.");
        return;
    }
    reading = reading_of(s->arena, src->value);
    bool file = false;
    while (!file && !reading_done(&reading)) {
        file = read_address(&reading, &address);
        if (!file)
            reading.at++; /* local() and what else may stand before the file */
    }
    if (!file)
        return;
    const char *path = path_below(o, address, &src->place);
    if (!path)
        return;
    struct style_font *f = arena_alloc(s->arena, sizeof *f);
    f->family = text_copy(s->arena, name);
    f->path = path;
    f->weight = descriptor_number(s, r, "font-weight", 400);
    f->italic = descriptor_number(s, r, "font-style", 0) != 0;
    f->paper = o->paper;
    f->place = r->place;
    *s->fonts_end = f;
    s->fonts_end = &f->next;
}

/* ---- @octavo: what no property of CSS says */

static void add_octavo(const struct origin *o, const struct css_rule *r)
{
    struct styles *s = o->styles;
    const struct css_declaration *intent = descriptor(r, "output-intent");
    struct reading reading = reading_of(s->arena, intent ? intent->value : (struct tokens){NULL, 0});
    struct text address;
    if (!intent || !read_address(&reading, &address)) {
        message(s->messages, SEVERITY_WARNING, "style.syntax", &r->place,
                "@octavo needs an output-intent: url(…), the colour profile of the printer.");
        return;
    }
    const char *path = path_below(o, address, &intent->place);
    if (!path)
        return;
    s->intent = arena_alloc(s->arena, sizeof *s->intent);
    *s->intent = (struct style_intent){path, intent->place};
}

const struct style_intent *styles_intent(const struct styles *s)
{
    return s->intent;
}

/* ---- rules */

static void add_style_rule(const struct origin *o, const struct css_rule *r)
{
    struct styles *s = o->styles;
    struct declaring d = {s, o->file, !o->author, false};
    struct selector *selectors = selector_parse(s->arena, s->messages, o->file, r->prelude, !o->author);
    const struct declaration *block = declare(&d, r->declarations);
    if (selectors && block)
        rules_file(s, selectors, block, o->author);
}

static void add_media(const struct origin *o, const struct css_rule *r)
{
    struct origin inside = *o;
    inside.paper = o->paper || media_for_ebook(r->prelude) == MEDIA_DROP;
    bool sized, print = media_is_print(o->styles, r->prelude, &sized);
    inside.sized = o->sized || sized;
    if (print)
        add_rules(&inside, r->rules);
}

static void add_supports(const struct origin *o, const struct css_rule *r)
{
    if (supports(o->styles, r->prelude))
        add_rules(o, r->rules);
}

static void add_layer(const struct origin *o, const struct css_rule *r)
{
    add_rules(o, r->rules);
}

/* A size that holds where pages have another would have no end (CSS Paged Media 3 §7.1). */
static struct css_declaration *without_size(const struct origin *o, const struct css_declaration *d)
{
    struct css_declaration *first = NULL, **end = &first;
    for (; d; d = d->next) {
        if (text_is_nocase(d->name, "size")) {
            message(o->styles->messages, SEVERITY_WARNING, "style.unknown", &d->place,
                    "A size can't depend on how large pages are; it is left out.");
            continue;
        }
        struct css_declaration *copy = arena_alloc(o->styles->arena, sizeof *copy);
        *copy = *d;
        copy->next = NULL;
        *end = copy;
        end = &copy->next;
    }
    return first;
}

static void add_page(const struct origin *o, const struct css_rule *r)
{
    struct declaring d = {o->styles, o->file, !o->author, true};
    struct css_rule page = *r;
    if (o->sized)
        page.declarations = without_size(o, r->declarations);
    page_rule_add(o->styles, &d, &page);
}

static void pass_over(const struct origin *o, const struct css_rule *r)
{
    (void)o;
    (void)r;
}

static const struct at_rule {
    const char *name;
    void (*add)(const struct origin *o, const struct css_rule *r);
} at_rules[] = {
    {"media", add_media},     {"supports", add_supports}, {"layer", add_layer},
    {"page", add_page},       {"import", add_import},     {"font-face", add_font},
    {"namespace", pass_over}, {"charset", pass_over},     {"octavo", add_octavo},
};

static void add_at_rule(const struct origin *o, const struct css_rule *r)
{
    for (size_t i = 0; i < sizeof at_rules / sizeof at_rules[0]; i++)
        if (text_is_nocase(r->at, at_rules[i].name)) {
            at_rules[i].add(o, r);
            return;
        }
    message(o->styles->messages, SEVERITY_WARNING, "style.unknown", &r->place,
            "@%.*s is not understood; it is left out.", (int)r->at.length, r->at.at);
}

/* As deep as the parser lets group rules nest. */
static void add_rules(const struct origin *o, const struct css_rule *r)
{
    for (; r; r = r->next)
        if (r->at.length)
            add_at_rule(o, r);
        else
            add_style_rule(o, r);
}

static void add_sheet(const struct origin *o, struct text css)
{
    struct styles *s = o->styles;
    struct css_rule *rules = parse_sheet(s->arena, s->messages, o->file, scan(s->arena, css));
    add_rules(o, rules);
    if (!o->author)
        return;
    struct sheet *sheet = arena_alloc(s->arena, sizeof *sheet);
    sheet->rules = rules;
    *s->sheets_end = sheet;
    s->sheets_end = &sheet->next;
}

struct styles *styles_new(struct arena *a, struct messages *m)
{
    struct styles *s = arena_alloc(a, sizeof *s);
    s->arena = a;
    s->messages = m;
    s->values = hash_new(a);
    s->variables = hash_new(a);
    s->strings = hash_new(a);
    s->styles = hash_new(a);
    s->by_name = hash_new(a);
    s->pages_end = &s->pages;
    s->fonts_end = &s->fonts;
    s->sheets_end = &s->sheets;
    s->added_end = &s->added;
    s->initial = cascade_initial(s);
    add_sheet(&(struct origin){.styles = s, .file = "built-in"}, text_of(builtin_sheet));
    add_sheet(&(struct origin){.styles = s, .file = "built-in"}, text_of(builtin_cover));
    return s;
}

void styles_add(struct styles *s, struct text css, const char *file_name, const char *folder)
{
    struct origin o = {.styles = s,
                       .file = arena_string(s->arena, file_name),
                       .folder = arena_string(s->arena, folder),
                       .author = true};
    struct added *added = arena_alloc(s->arena, sizeof *added);
    *added = (struct added){{text_copy(s->arena, css), css.length}, o.file, o.folder, NULL};
    *s->added_end = added;
    s->added_end = &added->next;
    s->own_page = NULL;
    add_sheet(&o, added->css);
    contexts_forget(s);
    s->page_cache = NULL;
}

/* The sheets are read twice, first without the rules that ask. */
const struct page_style *styles_own_page(struct styles *s)
{
    if (s->own_page || s->probing)
        return s->own_page;
    struct styles *probe = styles_new(s->arena, messages_new(s->arena, NULL, NULL));
    probe->probing = true;
    probe->folders = s->folders;
    for (const struct added *a = s->added; a; a = a->next)
        styles_add(probe, a->css, a->file, a->folder);
    s->own_page = style_page(probe, &(struct page_kind){.name = ""}, s->paper);
    return s->own_page;
}

void styles_set_paper(struct styles *s, const char *paper)
{
    s->paper = arena_string(s->arena, paper);
}

void styles_set_folders(struct styles *s, const char *const *folders)
{
    s->folders = folders;
}

void styles_set_language(struct styles *s, const char *language)
{
    s->language = arena_string(s->arena, language);
}

void style_list(void (*visit)(const struct style_property *p, void *user), void *user)
{
    for (const struct property *p = properties; p < properties + properties_count(); p++)
        visit(&(struct style_property){.name = p->name,
                                       .initial = p->initial,
                                       .inherited = p->flags & PROPERTY_INHERITED,
                                       .paged = p->flags & PROPERTY_PAGED},
              user);
    for (const struct shorthand *h = shorthands; h < shorthands + shorthands_count(); h++)
        visit(&(struct style_property){.name = h->name, .longhands = h->longhands}, user);
}
