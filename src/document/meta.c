#include "document/document.h"
#include <stddef.h>

/* Where a key's value goes: a string, one more word of a list, or one more person with a role. */
enum kind { STRING, WORDS, PERSON };

static const struct key {
    const char *name;
    enum kind kind;
    size_t offset;    /* in struct meta: of the string or the list */
    const char *role; /* of a person */
} keys[] = {
    {"title", STRING, offsetof(struct meta, title), NULL},
    {"subtitle", STRING, offsetof(struct meta, subtitle), NULL},
    {"author", PERSON, offsetof(struct meta, people), "aut"},
    {"editor", PERSON, offsetof(struct meta, people), "edt"},
    {"translator", PERSON, offsetof(struct meta, people), "trl"},
    {"illustrator", PERSON, offsetof(struct meta, people), "ill"},
    {"contributor", PERSON, offsetof(struct meta, people), "ctb"},
    {"language", STRING, offsetof(struct meta, language), NULL},
    {"date", STRING, offsetof(struct meta, date), NULL},
    {"publisher", STRING, offsetof(struct meta, publisher), NULL},
    {"rights", STRING, offsetof(struct meta, rights), NULL},
    {"license", STRING, offsetof(struct meta, license), NULL},
    {"description", STRING, offsetof(struct meta, description), NULL},
    {"source", STRING, offsetof(struct meta, source), NULL},
    {"identifier", STRING, offsetof(struct meta, identifier), NULL},
    {"edition", STRING, offsetof(struct meta, edition), NULL},
    {"dedication", STRING, offsetof(struct meta, dedication), NULL},
    {"epigraph", STRING, offsetof(struct meta, epigraph), NULL},
    {"front-matter", WORDS, offsetof(struct meta, front_matter), NULL},
    {"subject", WORDS, offsetof(struct meta, subjects), NULL},
    {"series", STRING, offsetof(struct meta, series), NULL},
    {"series-number", STRING, offsetof(struct meta, series_number), NULL},
    {"collection", STRING, offsetof(struct meta, collection), NULL},
    {"collection-number", STRING, offsetof(struct meta, collection_number), NULL},
    {"cover", STRING, offsetof(struct meta, cover), NULL},
    {"style", STRING, offsetof(struct meta, style), NULL},
    {"paper", STRING, offsetof(struct meta, paper), NULL},
    {"contents-depth", STRING, offsetof(struct meta, contents_depth), NULL},
    {"embed-fonts", STRING, offsetof(struct meta, embed_fonts), NULL},
    {"from", STRING, offsetof(struct meta, from), NULL},
    {"reply-to", STRING, offsetof(struct meta, reply_to), NULL},
    {"to", WORDS, offsetof(struct meta, to), NULL},
    {"mail-subject", STRING, offsetof(struct meta, mail_subject), NULL},
    {"list-id", STRING, offsetof(struct meta, list_id), NULL},
    {"list-help", STRING, offsetof(struct meta, list_help), NULL},
    {"list-subscribe", STRING, offsetof(struct meta, list_subscribe), NULL},
    {"list-unsubscribe", STRING, offsetof(struct meta, list_unsubscribe), NULL},
    {"list-post", STRING, offsetof(struct meta, list_post), NULL},
    {"list-owner", STRING, offsetof(struct meta, list_owner), NULL},
    {"list-archive", STRING, offsetof(struct meta, list_archive), NULL},
    {"preview", STRING, offsetof(struct meta, preview), NULL},
};

enum { KEYS = sizeof keys / sizeof keys[0] };

const char *const *meta_keys(void)
{
    static const char *const names[KEYS + 1] = {"title",
                                                "subtitle",
                                                "author",
                                                "editor",
                                                "translator",
                                                "illustrator",
                                                "contributor",
                                                "language",
                                                "date",
                                                "publisher",
                                                "rights",
                                                "license",
                                                "description",
                                                "source",
                                                "identifier",
                                                "edition",
                                                "dedication",
                                                "epigraph",
                                                "front-matter",
                                                "subject",
                                                "series",
                                                "series-number",
                                                "collection",
                                                "collection-number",
                                                "cover",
                                                "style",
                                                "paper",
                                                "contents-depth",
                                                "embed-fonts",
                                                "from",
                                                "reply-to",
                                                "to",
                                                "mail-subject",
                                                "list-id",
                                                "list-help",
                                                "list-subscribe",
                                                "list-unsubscribe",
                                                "list-post",
                                                "list-owner",
                                                "list-archive",
                                                "preview",
                                                NULL};
    return names;
}

static void add_person(struct document *d, struct person **list, const char *name, const char *role)
{
    while (*list)
        list = &(*list)->next;
    struct person *p = arena_alloc(d->arena, sizeof *p);
    p->name = name;
    p->role = role;
    *list = p;
}

static void add_word(struct document *d, struct word_list **list, const char *word)
{
    while (*list)
        list = &(*list)->next;
    struct word_list *w = arena_alloc(d->arena, sizeof *w);
    w->word = word;
    *list = w;
}

void meta_add_subject(struct document *d, const char *name, const char *scheme, const char *code)
{
    add_word(d, &d->meta.subjects, name);
    if (!scheme || !code)
        return;
    struct term **end = &d->meta.terms;
    while (*end)
        end = &(*end)->next;
    *end = arena_alloc(d->arena, sizeof **end);
    **end = (struct term){name, scheme, code, NULL};
}

bool meta_set(struct document *d, const char *name, struct text value)
{
    const char *string = text_copy(d->arena, text_trim(value));
    for (const struct key *k = keys; k < keys + KEYS; k++) {
        if (strcmp(k->name, name) != 0)
            continue;
        void *field = (char *)&d->meta + k->offset;
        if (k->kind == STRING)
            *(const char **)field = string;
        else if (k->kind == WORDS)
            add_word(d, field, string);
        else
            add_person(d, field, string, k->role);
        return true;
    }
    return false;
}

static void remove_people(struct person **list, const char *role)
{
    while (*list) {
        if ((*list)->role && strcmp((*list)->role, role) == 0)
            *list = (*list)->next;
        else
            list = &(*list)->next;
    }
}

void meta_put_place(struct document *d, const char *key, const struct place *where)
{
    struct place *kept = arena_alloc(d->arena, sizeof *kept);
    *kept = *where;
    if (!d->meta.places)
        d->meta.places = hash_new(d->arena);
    hash_put(d->meta.places, text_of(key), kept);
}

struct place meta_place(const struct document *d, const char *key)
{
    const struct place *kept = d->meta.places ? hash_find(d->meta.places, text_of(key)) : NULL;
    return kept ? *kept : (struct place){d->source_name, 0, 0};
}

void meta_clear(struct document *d, const char *name)
{
    if (d->meta.places)
        meta_put_place(d, name, &(struct place){d->source_name, 0, 0});
    for (const struct key *k = keys; k < keys + KEYS; k++) {
        if (strcmp(k->name, name) != 0)
            continue;
        void *field = (char *)&d->meta + k->offset;
        if (k->kind == STRING)
            *(const char **)field = NULL;
        else if (k->kind == WORDS)
            *(struct word_list **)field = NULL;
        else
            remove_people(field, k->role);
    }
}

int meta_contents_depth(const struct meta *m, int usual)
{
    struct text t = text_trim(text_of(m->contents_depth));
    return t.length == 1 && t.at[0] >= '1' && t.at[0] <= '6' ? t.at[0] - '0' : usual;
}

/* ---- values */

static bool is_one_of(const char *value, const char *const *words)
{
    for (; *words; words++)
        if (text_is_nocase(text_trim(text_of(value)), *words))
            return true;
    return false;
}

bool meta_says_yes(const char *value)
{
    static const char *const yes[] = {"yes", "true", "1", NULL};
    return is_one_of(value, yes);
}

static void refuse(const struct document *d, const char *key, const char *value, const char *takes)
{
    struct place where = meta_place(d, key);
    message(d->messages, SEVERITY_WARNING, "meta.unknown", &where,
            "%s can't be %s, which is passed over. It takes %s.", key, value, takes);
}

void meta_check(const struct document *d)
{
    static const char *const no[] = {"no", "false", "0", "", NULL};
    const char *embed = d->meta.embed_fonts, *depth = d->meta.contents_depth;
    if (embed && !meta_says_yes(embed) && !is_one_of(embed, no))
        refuse(d, "embed-fonts", embed, "yes or no");
    if (depth && *depth && meta_contents_depth(&d->meta, 0) == 0)
        refuse(d, "contents-depth", depth, "a number from 1 to 6");
}

/* ---- dates */

static bool digits(const char *s, size_t from, size_t to)
{
    for (; from < to; from++)
        if (!ascii_digit(s[from]))
            return false;
    return true;
}

bool meta_is_date(const char *s)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    size_t n = strlen(s);
    if ((n != 4 && n != 7 && n != 10) || !digits(s, 0, 4))
        return false;
    if (n >= 7 && (s[4] != '-' || !digits(s, 5, 7)))
        return false;
    int month = n >= 7 ? (s[5] - '0') * 10 + s[6] - '0' : 1;
    if (month < 1 || month > 12)
        return false;
    if (n == 10 && (s[7] != '-' || !digits(s, 8, 10)))
        return false;
    int day = n == 10 ? (s[8] - '0') * 10 + s[9] - '0' : 1;
    int year = (s[0] - '0') * 1000 + (s[1] - '0') * 100 + (s[2] - '0') * 10 + s[3] - '0';
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return day >= 1 && day <= days[month - 1] + (month == 2 && leap);
}

bool person_is_author(const struct person *p)
{
    return !p->role || strcmp(p->role, "aut") == 0;
}
