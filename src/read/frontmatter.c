#include "read/frontmatter.h"
#include "base/buf.h"
#include <yaml.h>

/* Mappings and lists within each other; deeper ones are no metadata. */
enum { DEPTH = 8 };

struct reading {
    struct document *document;
    yaml_parser_t *parser;
    yaml_event_t event;
    bool begun;        /* the parser must be ended */
    bool open;         /* an event is held */
    struct hash *seen; /* the keys so far */
    int first_line;
    const char *claim; /* what the key says that the value is: "isbn", "doi"; NULL: nothing */
};

/* A line that begins `key:`: without one it is text between two rules. */
static bool is_pair(struct text line)
{
    size_t colon = text_find(line, ':', 0);
    bool key = colon > 0 && colon < line.length && !ascii_space(line.at[0]) && !strchr("#-[*>|", line.at[0]);
    return key && (colon + 1 == line.length || ascii_space(line.at[colon + 1]));
}

size_t frontmatter_find(struct text source, struct text *yaml)
{
    struct text rest = source, line;
    *yaml = TEXT("");
    do {
        if (!text_line(&rest, &line))
            return 0;
    } while (!text_trim(line).length);
    if (!text_starts(line, "---") || text_trim(line).length != 3)
        return 0;
    size_t begin = source.length - rest.length;
    bool pairs = false;
    while (text_line(&rest, &line)) {
        struct text trimmed = text_trim(line);
        if (trimmed.length == 0 && !pairs)
            return 0; /* a rule, and text below it */
        pairs |= is_pair(line);
        bool mark = line.at == trimmed.at && trimmed.length == 3;
        if (!mark || (!text_is(trimmed, "---") && !text_is(trimmed, "...")))
            continue;
        if (!pairs)
            return 0;
        *yaml = text_slice(source, begin, (size_t)(line.at - source.at));
        return source.length - rest.length;
    }
    return 0;
}

/* ---- events */

static void end_parser(void *what)
{
    struct reading *r = what;
    if (r->open)
        yaml_event_delete(&r->event);
    r->open = false;
    if (r->begun)
        yaml_parser_delete(r->parser);
    r->begun = false;
}

static struct place place_of(const struct reading *r, yaml_mark_t mark)
{
    return (struct place){r->document->source_name, r->first_line + (int)mark.line, (int)mark.column + 1};
}

static void tell_broken(struct reading *r)
{
    const yaml_parser_t *p = r->parser;
    if (p->error == YAML_MEMORY_ERROR)
        arena_exhausted(r->document->arena);
    struct place where = place_of(r, p->problem_mark);
    message(
        r->document->messages, SEVERITY_LOST, "frontmatter.broken", &where,
        "The front matter isn't YAML here: %s. What stands above this place counts; the text below is read.",
        p->problem ? p->problem : "it can't be read");
}

/* The next event; false at the end or when the YAML is broken. */
static bool next(struct reading *r)
{
    if (r->open)
        yaml_event_delete(&r->event);
    r->open = false;
    if (!yaml_parser_parse(r->parser, &r->event)) {
        tell_broken(r);
        return false;
    }
    r->open = true;
    return r->event.type != YAML_STREAM_END_EVENT && r->event.type != YAML_DOCUMENT_END_EVENT;
}

static bool begins(const struct reading *r)
{
    return r->event.type == YAML_MAPPING_START_EVENT || r->event.type == YAML_SEQUENCE_START_EVENT;
}

static bool ends(const struct reading *r)
{
    return r->event.type == YAML_MAPPING_END_EVENT || r->event.type == YAML_SEQUENCE_END_EVENT;
}

/* Passes over the value whose first event is held. */
static bool skip(struct reading *r)
{
    int depth = begins(r);
    while (depth > 0) {
        if (!next(r) || depth > DEPTH * 64)
            return false;
        depth += begins(r) - ends(r);
    }
    return true;
}

static struct text scalar(const struct reading *r)
{
    return (struct text){(const char *)r->event.data.scalar.value, r->event.data.scalar.length};
}

/* Empty, `null` and `~` are no value (YAML 1.2 §10.2.1.1); in quotes they are text. */
static bool no_value(const struct reading *r)
{
    struct text t = scalar(r);
    return r->event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
           (!t.length || text_is(t, "~") || text_is_nocase(t, "null"));
}

/* ---- keys */

static const struct alias {
    const char *name, *key;
} aliases[] = {
    {"authors", "author"},
    {"creator", "author"},
    {"creators", "author"},
    {"editors", "editor"},
    {"translators", "translator"},
    {"illustrators", "illustrator"},
    {"contributors", "contributor"},
    {"lang", "language"},
    {"languages", "language"},
    {"keywords", "subject"},
    {"keyword", "subject"},
    {"subjects", "subject"},
    {"tags", "subject"},
    {"copyright", "rights"},
    {"abstract", "description"},
    {"summary", "description"},
    {"isbn", "identifier"},
    {"doi", "identifier"},
    {"cover-image", "cover"},
    {"series_number", "series-number"},
    {"collection_number", "collection-number"},
    {"series-index", "series-number"},
    {"papersize", "paper"},
    {"paper-size", "paper"},
    {"stylesheet", "style"},
};

/* Roles that a person may be given by a word (MARC relators). */
static const struct alias roles[] = {
    {"author", "aut"},      {"editor", "edt"},    {"translator", "trl"},     {"illustrator", "ill"},
    {"contributor", "ctb"}, {"preface", "aui"},   {"introduction", "aui"},   {"foreword", "aui"},
    {"afterword", "aft"},   {"designer", "dsr"},  {"cover designer", "cov"}, {"photographer", "pht"},
    {"narrator", "nrt"},    {"publisher", "pbl"},
};

/* The codes that the Library of Congress gives to what people do for a book: MARC relators. */
static const char relators[] =
    " abr acp act adi adp aft anc anl anm ann ant ape apl app aqt arc ard arr art asg asn ato att auc aud"
    " aue aui aup aus aut bdd bjd bka bkd bkp blw bnd bpd brd brl bsl cad cas ccp chr clb cli cll clr clt"
    " cmm cmp cmt cnd cng cns coe col com con cop cor cos cot cou cov cpc cpe cph cpl cpt cre crp crr crt"
    " csl csp cst ctb cte ctg ctr cts ctt cur cwt dbd dbp dfd dfe dft dgc dgg dgs dis djo dln dnc dnr dpc"
    " dpt drm drt dsr dst dtc dte dtm dto dub edc edd edm edt egr elg elt eng enj etr evp exp fac fds fld"
    " flm fmd fmk fmo fmp fnd fon fpy frg gdv gis grt his hnr hst ill ilu ink ins inv isb itr ive ivr jud"
    " jug lbr lbt ldr led lee lel len let lgd lie lil lit lsa lse lso ltg ltr lyr mcp mdc med mfp mfr mka"
    " mod mon mrb mrk msd mte mtk mup mus mxe nan nrt onp opn org orm osp oth own pad pan pat pbd pbl pdr"
    " pfr pht plt pma pmn pnc pop ppm ppt pra prc prd pre prf prg prm prn pro prp prs prt prv pta pte ptf"
    " pth ptt pup rap rbr rcd rce rcp rdd red ren res rev rpc rps rpt rpy rse rsg rsp rsr rst rth rtm rxa"
    " sad sce scl scr sde sds sec sfx sgd sgn sht sll sng spk spn spy srv std stg stl stm stn str swd tau"
    " tcd tch ths tld tlp toc trc trl tyd tyg uvp vac vdg vfx voc wac wal wam wat wdc wde wfs wfw win wit"
    " wpr wst wts"
    " ";

static bool is_relator(struct document *d, const char *code)
{
    return strlen(code) == 3 && strstr(relators, arena_printf(d->arena, " %s ", code));
}

static const char *find(const struct alias *list, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (text_is_nocase(text_of(name), list[i].name))
            return list[i].key;
    return NULL;
}

/* The key as octavo writes it, whatever the case of its letters; NULL: it knows none such. */
static const char *known(const char *key)
{
    for (const char *const *k = meta_keys(); *k; k++)
        if (text_is_nocase(text_of(key), *k))
            return *k;
    return NULL;
}

static const struct alias *alias_of(const char *name)
{
    for (size_t i = 0; i < sizeof aliases / sizeof aliases[0]; i++)
        if (text_is_nocase(text_of(name), aliases[i].name))
            return &aliases[i];
    return NULL;
}

const char *frontmatter_key(const char *name)
{
    const struct alias *alias = alias_of(name);
    return known(alias ? alias->key : name);
}

static bool is_person(const char *key)
{
    return find(roles, 5, key) != NULL;
}

static void tell_unknown(struct reading *r, struct place where, const char *format, const char *key)
{
    message(r->document->messages, SEVERITY_WARNING, "meta.unknown", &where, format, key);
}

/* ---- values */

static struct word_list **end_of(struct word_list **list)
{
    while (*list)
        list = &(*list)->next;
    return list;
}

static void add_word(struct document *d, struct word_list **list, const char *word)
{
    struct word_list *w = arena_alloc(d->arena, sizeof *w);
    w->word = word;
    *end_of(list) = w;
}

/* The scalar as what its key says that it is: `isbn: 0-306-40615-2` gives "isbn:0-306-40615-2". */
static struct text claimed(const struct reading *r)
{
    struct text t = scalar(r);
    if (!r->claim || text_find(t, ':', 0) < t.length)
        return t;
    return text_of(arena_printf(r->document->arena, "%s:%.*s", r->claim, (int)t.length, t.at));
}

struct text frontmatter_day(struct text t)
{
    bool day = t.length > 10 && (t.at[10] == 'T' || t.at[10] == ' ') && t.at[4] == '-' && t.at[7] == '-';
    for (size_t i = 0; day && i < 10; i++)
        day = i == 4 || i == 7 || ascii_digit(t.at[i]);
    return day ? text_slice(t, 0, 10) : t;
}

static bool takes_several(const char *key)
{
    return strcmp(key, "subject") == 0 || strcmp(key, "to") == 0 || strcmp(key, "front-matter") == 0 ||
           is_person(key);
}

/* Sets a key to the scalar that is held; `position` counts in a list. */
static void set(struct reading *r, const char *key, int position)
{
    struct document *d = r->document;
    if (no_value(r))
        return;
    if (position > 0 && strcmp(key, "language") == 0)
        add_word(d, &d->meta.languages, text_copy(d->arena, text_trim(scalar(r))));
    else if (position > 0 && !takes_several(key))
        tell_unknown(r, place_of(r, r->event.start_mark),
                     "The key %s has room for one value; this further one is left out.", key);
    else
        meta_set(d, key, strcmp(key, "date") == 0 ? frontmatter_day(claimed(r)) : claimed(r));
}

static char *lowered(struct document *d, const char *word)
{
    char *copy = arena_string(d->arena, word);
    for (char *c = copy; *c; c++)
        *c = ascii_lower(*c);
    return copy;
}

static const char *role_code(struct document *d, struct text role)
{
    const char *word = lowered(d, text_copy(d->arena, text_trim(role)));
    const char *code = find(roles, sizeof roles / sizeof roles[0], word);
    return code ? code : is_relator(d, word) ? word : NULL;
}

struct parts {
    const char *name, *given, *family, *file_as, *role;
};

static void set_part(struct reading *r, struct parts *parts, const char *part)
{
    struct document *d = r->document;
    struct place where = place_of(r, r->event.start_mark);
    if (strcmp(part, "name") == 0 || strcmp(part, "text") == 0)
        parts->name = text_copy(d->arena, scalar(r));
    else if (strcmp(part, "given") == 0)
        parts->given = text_copy(d->arena, text_trim(scalar(r)));
    else if (strcmp(part, "family") == 0)
        parts->family = text_copy(d->arena, text_trim(scalar(r)));
    else if (strcmp(part, "file-as") == 0 || strcmp(part, "file_as") == 0 || strcmp(part, "sort") == 0)
        parts->file_as = text_copy(d->arena, text_trim(scalar(r)));
    else if (strcmp(part, "role") != 0)
        tell_unknown(r, where,
                     "A person has name (or given and family), role and file-as, not %s; it is left out.",
                     part);
    else if (!(parts->role = role_code(d, scalar(r))))
        tell_unknown(r, where,
                     "There is no role %s; use author, editor, translator … or a MARC code of three letters.",
                     text_copy(d->arena, scalar(r)));
}

static void add_person(struct document *d, const char *key, const struct parts *parts)
{
    if (!parts->name || !*parts->name)
        return;
    meta_set(d, key, text_of(parts->name));
    struct person *last = d->meta.people;
    while (last && last->next)
        last = last->next;
    if (last && parts->role)
        last->role = parts->role;
    if (last && parts->file_as)
        last->file_as = parts->file_as;
}

/* Calls `each` for every pair of a mapping whose start is held; values that are no scalars are passed over,
 * after a call of `group` if there is one. */
typedef void each_pair(struct reading *r, void *user, const char *key);

static bool read_mapping(struct reading *r, each_pair *each, each_pair *group, void *user)
{
    while (next(r) && !ends(r)) {
        if (r->event.type != YAML_SCALAR_EVENT)
            return skip(r) && next(r) && skip(r);
        const char *key = text_copy(r->document->arena, scalar(r));
        struct place where = place_of(r, r->event.start_mark);
        if (!next(r))
            return false;
        if (r->event.type == YAML_SCALAR_EVENT)
            each(r, user, key);
        else if (group)
            group(r, user, key);
        else
            tell_unknown(r, where, "The value of %s can't be a list or a mapping; it is left out.", key);
        if (!skip(r))
            return false;
    }
    return r->open && ends(r);
}

static void each_part(struct reading *r, void *user, const char *part)
{
    set_part(r, user, part);
}

/* `Jane Doe: {institute: …}` names a person by the key. */
static void each_group(struct reading *r, void *user, const char *key)
{
    struct parts *parts = user;
    if (!parts->name)
        parts->name = key;
    tell_unknown(r, place_of(r, r->event.start_mark),
                 "What is said of %s here has no place in a book's metadata; "
                 "it is left out.",
                 key);
}

static void each_setting(struct reading *r, void *user, const char *key)
{
    struct document *d = r->document;
    (void)user;
    struct text value = scalar(r);
    add_word(d, &d->meta.settings, arena_printf(d->arena, "%s=%.*s", key, (int)value.length, value.at));
}

static bool read_person(struct reading *r, const char *key)
{
    struct parts parts = {NULL, NULL, NULL, NULL, NULL};
    bool whole = read_mapping(r, each_part, each_group, &parts);
    if (!parts.name && parts.family)
        parts.name =
            parts.given ? arena_printf(r->document->arena, "%s %s", parts.given, parts.family) : parts.family;
    if (!parts.name)
        parts.name = parts.given;
    add_person(r->document, key, &parts);
    return whole;
}

struct subject {
    const char *name, *scheme, *code;
};

static void each_subject(struct reading *r, void *user, const char *part)
{
    struct subject *s = user;
    const char *value = text_copy(r->document->arena, text_trim(scalar(r)));
    if (strcmp(part, "name") == 0 || strcmp(part, "text") == 0)
        s->name = value;
    else if (strcmp(part, "scheme") == 0 || strcmp(part, "authority") == 0)
        s->scheme = value;
    else if (strcmp(part, "code") == 0 || strcmp(part, "term") == 0)
        s->code = value;
    else
        tell_unknown(r, place_of(r, r->event.start_mark),
                     "A subject has name, scheme and code, not %s; it is left out.", part);
}

static bool read_subject(struct reading *r)
{
    struct place where = place_of(r, r->event.start_mark);
    struct subject s = {NULL, NULL, NULL};
    bool whole = read_mapping(r, each_subject, NULL, &s);
    const char *name = s.name && *s.name ? s.name : s.code;
    if (!name || !*name)
        tell_unknown(r, where,
                     "A %s in a scheme needs a name or a code; this one has neither and is left out.",
                     "subject");
    else
        meta_add_subject(r->document, name, s.scheme, s.code);
    if (name && *name && !s.scheme != !s.code)
        tell_unknown(r, where, "The subject %s needs both scheme and code, or neither; it stands without.",
                     name);
    return whole;
}

struct typed {
    const char *type, *scheme, *text;
};

static void each_typed(struct reading *r, void *user, const char *part)
{
    struct typed *t = user;
    if (strcmp(part, "text") == 0 || strcmp(part, "name") == 0)
        t->text = text_copy(r->document->arena, scalar(r));
    else if (strcmp(part, "type") == 0)
        t->type = text_copy(r->document->arena, scalar(r));
    else if (strcmp(part, "scheme") == 0)
        t->scheme = text_copy(r->document->arena, scalar(r));
    else
        tell_unknown(r, place_of(r, r->event.start_mark),
                     "A value has type, scheme and text, not %s; it is left out.", part);
}

/* Pandoc's `{type: subtitle, text: …}`, `{scheme: ISBN, text: …}`. */
static bool read_typed(struct reading *r, const char *key, struct place where)
{
    struct typed t = {NULL, NULL, NULL};
    bool whole = read_mapping(r, each_typed, NULL, &t);
    bool subtitle = t.type && strcmp(t.type, "subtitle") == 0 && strcmp(key, "title") == 0;
    if (!t.text)
        tell_unknown(r, where, "The value of %s has a form that octavo doesn't know; it is left out.", key);
    else if (t.scheme && strcmp(key, "identifier") == 0)
        meta_set(r->document, key,
                 text_of(arena_printf(r->document->arena, "%s:%s", lowered(r->document, t.scheme), t.text)));
    else
        meta_set(r->document, subtitle ? "subtitle" : key, text_of(t.text));
    return whole;
}

/* The value of a known key, whose first event is held. */
static bool read_value(struct reading *r, const char *key, int position)
{
    yaml_event_type_t type = r->event.type;
    struct place where = place_of(r, r->event.start_mark);
    if (type == YAML_SCALAR_EVENT) {
        set(r, key, position);
        return true;
    }
    if (type == YAML_MAPPING_START_EVENT && is_person(key))
        return read_person(r, key);
    if (type == YAML_MAPPING_START_EVENT && strcmp(key, "subject") == 0)
        return read_subject(r);
    if (type == YAML_MAPPING_START_EVENT)
        return read_typed(r, key, where);
    if (type != YAML_SEQUENCE_START_EVENT || position >= 0) {
        tell_unknown(r, where, "The value of %s has a form that octavo doesn't know; it is left out.", key);
        return skip(r);
    }
    for (int i = 0; next(r); i++) {
        if (ends(r))
            return true;
        if (!read_value(r, key, i))
            return false;
    }
    return false;
}

static bool read_pair(struct reading *r)
{
    struct document *d = r->document;
    struct place where = place_of(r, r->event.start_mark);
    const char *name = r->event.type == YAML_SCALAR_EVENT ? text_copy(d->arena, text_trim(scalar(r))) : "?";
    if (!skip(r) || !next(r))
        return false;
    if (strcmp(name, "settings") == 0 && r->event.type == YAML_MAPPING_START_EVENT)
        return read_mapping(r, each_setting, NULL, NULL);
    const char *key = frontmatter_key(name);
    const struct alias *alias = key && strcmp(key, "identifier") == 0 ? alias_of(name) : NULL;
    r->claim = alias ? alias->name : NULL;
    if (key && hash_find(r->seen, text_of(key)) && !is_person(key) && strcmp(key, "subject") != 0)
        tell_unknown(r, where, "The key %s stood here before; the value there is left out.", name);
    if (key) {
        hash_put(r->seen, text_of(key), r);
        struct place value = place_of(r, r->event.start_mark);
        meta_put_place(d, key, &value);
        return read_value(r, key, -1);
    }
    tell_unknown(r, where, "The front matter's key %s is none that octavo knows; it is left out.", name);
    return skip(r);
}

void frontmatter_warn_open(struct document *d, struct text source)
{
    struct text rest = source, line, key;
    if (!text_line(&rest, &line) || !text_starts(line, "---") || text_trim(line).length != 3 ||
        !text_line(&rest, &line) || !is_pair(line))
        return;
    text_split(&line, ':', &key);
    const char *name = text_copy(d->arena, text_trim(key));
    if (!frontmatter_key(name))
        return;
    struct place where = {d->source_name, 1, 1};
    message(d->messages, SEVERITY_WARNING, "frontmatter.open", &where,
            "The front matter that begins here never ends, so it is read as text. Put a line --- below it.");
}

static void begin_parser(struct reading *r, struct text yaml)
{
    if (!yaml_parser_initialize(r->parser))
        arena_exhausted(r->document->arena);
    r->begun = true;
    yaml_parser_set_encoding(r->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(r->parser, (const unsigned char *)yaml.at, yaml.length);
}

/* Can all of it be parsed? What nests too deep to be metadata isn't looked at: libyaml takes square time
 * there. */
static bool is_whole(struct reading *r, struct text yaml)
{
    bool whole = true, more = true;
    int depth = 0;
    begin_parser(r, yaml);
    while (whole && more && depth <= DEPTH * 64) {
        whole = yaml_parser_parse(r->parser, &r->event);
        r->open = whole;
        if (!whole && r->parser->error == YAML_MEMORY_ERROR)
            arena_exhausted(r->document->arena);
        depth += whole ? begins(r) - ends(r) : 0;
        more = whole && r->event.type != YAML_STREAM_END_EVENT;
        if (r->open)
            yaml_event_delete(&r->event);
        r->open = false;
    }
    end_parser(r);
    return whole;
}

void frontmatter_read(struct document *d, struct text yaml, int first_line)
{
    struct reading *r = arena_alloc(d->arena, sizeof *r);
    yaml_parser_t *parser = arena_alloc(d->arena, sizeof *parser);
    r->document = d;
    r->first_line = first_line;
    r->seen = hash_new(d->arena);
    r->parser = parser;
    arena_defer(d->arena, end_parser, r);
    if (!is_whole(r, yaml) && is_whole(r, frontmatter_mend(d, yaml, first_line, false)))
        yaml = frontmatter_mend(d, yaml, first_line, true);
    begin_parser(r, yaml);
    while (next(r) &&
           (r->event.type == YAML_STREAM_START_EVENT || r->event.type == YAML_DOCUMENT_START_EVENT))
        continue;
    if (r->open && r->event.type == YAML_MAPPING_START_EVENT) {
        while (next(r) && !ends(r))
            if (!read_pair(r))
                break;
    } else if (r->open && begins(r)) {
        struct place where = place_of(r, r->event.start_mark);
        message(d->messages, SEVERITY_LOST, "frontmatter.broken", &where,
                "The front matter must be lines of `key: value`; it is left out.");
    }
    end_parser(r);
}
