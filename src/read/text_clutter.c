/* What a web page puts around its text, and copying brings along. A line goes when it says one of the things
 * of the table, at the text's edge or anywhere; when it is made of the names of networks; when it is a
 * breadcrumb; or when it stands among lines that go. Each is named to the user. */
#include "base/utf8.h"
#include "read/text_parts.h"

enum how { IS, STARTS, HOLDS };
enum where { ANYWHERE, EDGE, FOOT, HEADER };

struct saying {
    const char *words; /* in lower case */
    enum how how;
    enum where where;
    int most; /* words of the line */
};

static const struct saying sayings[] = {
    {"skip to main content", STARTS, ANYWHERE, 6},
    {"skip to content", STARTS, ANYWHERE, 6},
    {"skip to navigation", STARTS, ANYWHERE, 6},
    {"skip navigation", STARTS, ANYWHERE, 6},
    {"jump to content", STARTS, ANYWHERE, 6},
    {"from wikipedia, the free encyclopedia", STARTS, EDGE, 8},
    {"aus wikipedia, der freien enzyklopädie", STARTS, EDGE, 8},
    {"email", IS, EDGE, 1},
    {"e-mail", IS, EDGE, 1},
    {"jump to navigation", STARTS, ANYWHERE, 6},
    {"zum inhalt springen", STARTS, ANYWHERE, 6},
    {"aller au contenu", STARTS, ANYWHERE, 6},
    {"saltar al contenido", STARTS, ANYWHERE, 6},
    {"ir al contenido", STARTS, ANYWHERE, 6},
    {"vai al contenuto", STARTS, ANYWHERE, 6},
    {"main menu", IS, EDGE, 2},
    {"toggle navigation", STARTS, ANYWHERE, 4},
    {"open menu", IS, ANYWHERE, 2},
    {"close menu", IS, ANYWHERE, 2},
    {"now reading", STARTS, EDGE, 40},
    {"you are reading", STARTS, EDGE, 40},
    {"you are here", STARTS, EDGE, 20},
    {"subscribe to our", STARTS, ANYWHERE, 14},
    {"subscribe to the newsletter", STARTS, ANYWHERE, 14},
    {"subscribe now", STARTS, ANYWHERE, 10},
    {"subscribe for", STARTS, EDGE, 12},
    {"subscribe", IS, EDGE, 1},
    {"sign up for", STARTS, ANYWHERE, 20},
    {"sign up to", STARTS, ANYWHERE, 20},
    {"sign up", IS, EDGE, 2},
    {"sign in", STARTS, EDGE, 6},
    {"log in", STARTS, EDGE, 6},
    {"login", STARTS, EDGE, 4},
    {"register", IS, EDGE, 1},
    {"create an account", STARTS, EDGE, 6},
    {"my account", IS, EDGE, 2},
    {"join our", STARTS, EDGE, 14},
    {"join the newsletter", STARTS, ANYWHERE, 12},
    {"get our newsletter", STARTS, ANYWHERE, 14},
    {"get the newsletter", STARTS, ANYWHERE, 14},
    {"our newsletter", HOLDS, EDGE, 24},
    {"newsletter abonnieren", HOLDS, ANYWHERE, 10},
    {"abonnieren sie", STARTS, EDGE, 14},
    {"melden sie sich", STARTS, EDGE, 14},
    {"s'abonner à", STARTS, ANYWHERE, 10},
    {"abonnez-vous", STARTS, ANYWHERE, 14},
    {"inscrivez-vous", STARTS, EDGE, 14},
    {"suscríbete", STARTS, ANYWHERE, 14},
    {"suscríbase", STARTS, ANYWHERE, 14},
    {"iscriviti alla newsletter", STARTS, ANYWHERE, 12},
    {"newsletter", IS, EDGE, 1},
    {"enter your email", STARTS, ANYWHERE, 10},
    {"your email address", STARTS, ANYWHERE, 14},
    {"email address", IS, ANYWHERE, 2},
    {"follow us", STARTS, EDGE, 10},
    {"folgen sie uns", STARTS, EDGE, 10},
    {"suivez-nous", STARTS, EDGE, 8},
    {"connect with us", STARTS, EDGE, 6},
    {"share this", STARTS, ANYWHERE, 7},
    {"share on", STARTS, ANYWHERE, 6},
    {"share via", STARTS, ANYWHERE, 6},
    {"share article", STARTS, ANYWHERE, 4},
    {"share the article", STARTS, ANYWHERE, 4},
    {"share", IS, EDGE, 1},
    {"share:", STARTS, EDGE, 12},
    {"teilen", IS, EDGE, 1},
    {"artikel teilen", IS, ANYWHERE, 2},
    {"partager", STARTS, EDGE, 4},
    {"compartir", STARTS, EDGE, 4},
    {"tweet this", STARTS, ANYWHERE, 4},
    {"click to share", STARTS, ANYWHERE, 10},
    {"copy link", IS, ANYWHERE, 2},
    {"copied to clipboard", HOLDS, ANYWHERE, 6},
    {"link copied", STARTS, ANYWHERE, 4},
    {"email this", STARTS, ANYWHERE, 5},
    {"print this", STARTS, ANYWHERE, 5},
    {"print", IS, EDGE, 1},
    {"save for later", IS, ANYWHERE, 3},
    {"add to favorites", IS, ANYWHERE, 3},
    {"listen to this article", STARTS, ANYWHERE, 10},
    {"listen to article", STARTS, ANYWHERE, 10},
    {"download pdf", STARTS, EDGE, 4},
    {"download as pdf", STARTS, EDGE, 4},
    {"download the pdf", STARTS, EDGE, 5},
    {"download citation", STARTS, EDGE, 4},
    {"cite this", STARTS, EDGE, 4},
    {"advertisement", IS, ANYWHERE, 1},
    {"advertisements", IS, ANYWHERE, 1},
    {"sponsored", IS, ANYWHERE, 1},
    {"sponsored content", IS, ANYWHERE, 2},
    {"anzeige", IS, ANYWHERE, 1},
    {"werbung", IS, ANYWHERE, 1},
    {"publicité", IS, ANYWHERE, 1},
    {"publicidad", IS, ANYWHERE, 1},
    {"article continues below", STARTS, ANYWHERE, 8},
    {"article continues after", STARTS, ANYWHERE, 8},
    {"story continues below", STARTS, ANYWHERE, 8},
    {"continue reading below", STARTS, ANYWHERE, 8},
    {"scroll to continue", STARTS, ANYWHERE, 8},
    {"read more:", STARTS, ANYWHERE, 24},
    {"read also:", STARTS, ANYWHERE, 24},
    {"also read:", STARTS, ANYWHERE, 24},
    {"see also:", STARTS, FOOT, 24},
    {"related:", STARTS, ANYWHERE, 24},
    {"lesen sie auch", STARTS, ANYWHERE, 24},
    {"lire aussi", STARTS, ANYWHERE, 24},
    {"leer también", STARTS, ANYWHERE, 24},
    {"read more", IS, ANYWHERE, 2},
    {"learn more", IS, ANYWHERE, 2},
    {"load more", STARTS, ANYWHERE, 4},
    {"show more", IS, ANYWHERE, 2},
    {"view comments", STARTS, ANYWHERE, 5},
    {"view all", STARTS, EDGE, 5},
    {"leave a comment", STARTS, ANYWHERE, 6},
    {"leave a reply", STARTS, ANYWHERE, 8},
    {"post a comment", STARTS, ANYWHERE, 6},
    {"add a comment", STARTS, ANYWHERE, 6},
    {"join the conversation", STARTS, ANYWHERE, 6},
    {"comments are closed", HOLDS, ANYWHERE, 8},
    {"comments", IS, FOOT, 1},
    {"comment", IS, FOOT, 1},
    {"post navigation", IS, ANYWHERE, 2},
    {"previous post", STARTS, EDGE, 24},
    {"next post", STARTS, EDGE, 24},
    {"previous article", STARTS, EDGE, 24},
    {"next article", STARTS, EDGE, 24},
    {"previous:", STARTS, EDGE, 24},
    {"next:", STARTS, EDGE, 24},
    {"previous", IS, EDGE, 1},
    {"next", IS, EDGE, 1},
    {"back to top", STARTS, ANYWHERE, 5},
    {"top of page", IS, ANYWHERE, 3},
    {"nach oben", IS, EDGE, 2},
    {"retour en haut", STARTS, EDGE, 5},
    {"volver arriba", STARTS, EDGE, 5},
    {"torna su", IS, EDGE, 2},
    {"back to home", STARTS, EDGE, 5},
    {"back to all", STARTS, EDGE, 6},
    {"tags:", STARTS, EDGE, 30},
    {"filed under", STARTS, EDGE, 30},
    {"posted in", STARTS, EDGE, 20},
    {"categories:", STARTS, EDGE, 30},
    {"category:", STARTS, EDGE, 30},
    {"topics:", STARTS, EDGE, 30},
    {"schlagwörter", STARTS, EDGE, 30},
    {"privacy policy", HOLDS, EDGE, 24},
    {"terms of use", HOLDS, EDGE, 24},
    {"terms of service", HOLDS, EDGE, 24},
    {"terms & conditions", HOLDS, EDGE, 24},
    {"terms and conditions", HOLDS, FOOT, 16},
    {"datenschutz", STARTS, EDGE, 6},
    {"impressum", STARTS, EDGE, 6},
    {"mentions légales", STARTS, EDGE, 6},
    {"politique de confidentialité", HOLDS, EDGE, 12},
    {"aviso legal", STARTS, EDGE, 6},
    {"cookie settings", STARTS, ANYWHERE, 6},
    {"cookie policy", STARTS, ANYWHERE, 6},
    {"cookie preferences", STARTS, ANYWHERE, 6},
    {"manage cookies", STARTS, ANYWHERE, 6},
    {"accept cookies", STARTS, ANYWHERE, 6},
    {"accept all", STARTS, EDGE, 4},
    {"reject all", STARTS, EDGE, 4},
    {"site uses cookies", HOLDS, ANYWHERE, 70},
    {"website uses cookies", HOLDS, ANYWHERE, 70},
    {"we use cookies", HOLDS, EDGE, 90},
    {"uses cookies to", HOLDS, EDGE, 90},
    {"verwendet cookies", HOLDS, EDGE, 70},
    {"verwenden cookies", HOLDS, EDGE, 70},
    {"utilise des cookies", HOLDS, EDGE, 70},
    {"utilisons des cookies", HOLDS, EDGE, 70},
    {"utiliza cookies", HOLDS, EDGE, 70},
    {"utilizamos cookies", HOLDS, EDGE, 70},
    {"all rights reserved", HOLDS, EDGE, 40},
    {"alle rechte vorbehalten", HOLDS, EDGE, 30},
    {"tous droits réservés", HOLDS, EDGE, 30},
    {"todos los derechos reservados", HOLDS, EDGE, 30},
    {"©", STARTS, EDGE, 40},
    {"copyright ©", STARTS, EDGE, 40},
    {"copyright (c)", STARTS, EDGE, 40},
    {"(c) 20", STARTS, EDGE, 30},
    {"powered by", STARTS, EDGE, 8},
    {"proudly powered", STARTS, EDGE, 8},
    {"designed by", STARTS, FOOT, 8},
    {"support our work", STARTS, EDGE, 12},
    {"support us", STARTS, EDGE, 12},
    {"donate", STARTS, EDGE, 4},
    {"spenden", IS, EDGE, 1},
    {"become a member", STARTS, EDGE, 8},
    {"already a subscriber", STARTS, ANYWHERE, 8},
    {"view in browser", STARTS, EDGE, 6},
    {"unsubscribe", STARTS, EDGE, 8},
    {"report an error", STARTS, EDGE, 6},
    {"loading", IS, ANYWHERE, 1},
    {"home", IS, EDGE, 1},
    {"menu", IS, EDGE, 1},
    {"menü", IS, EDGE, 1},
    {"navigation", IS, EDGE, 1},
    {"search", IS, EDGE, 1},
    {"search…", IS, EDGE, 1},
    {"search...", IS, EDGE, 1},
    {"suche", IS, EDGE, 1},
    {"startseite", IS, EDGE, 1},
    {"accueil", IS, EDGE, 1},
    {"inicio", IS, EDGE, 1},
    {"about", IS, EDGE, 1},
    {"about us", IS, EDGE, 2},
    {"contact", IS, EDGE, 1},
    {"contact us", IS, EDGE, 2},
    {"kontakt", IS, EDGE, 1},
    {"faq", IS, EDGE, 1},
    {"help", IS, EDGE, 1},
    {"careers", IS, EDGE, 1},
    {"blog", IS, HEADER, 1},
    {"archive", IS, HEADER, 1},
    {"sitemap", IS, EDGE, 1},
    {"rss", IS, EDGE, 1},
    {"rss feed", IS, EDGE, 2},
};

/* Heads of lists of links: at the foot, the short lines behind them go too. */
static const char *const related[] = {"related reading",
                                      "related articles",
                                      "related posts",
                                      "related content",
                                      "related stories",
                                      "related topics",
                                      "you may also like",
                                      "you might also like",
                                      "you might like",
                                      "recommended",
                                      "recommended for you",
                                      "recommended reading for you",
                                      "read next",
                                      "up next",
                                      "keep reading",
                                      "most popular",
                                      "most read",
                                      "trending",
                                      "trending now",
                                      "latest news",
                                      "latest articles",
                                      "latest posts",
                                      "latest stories",
                                      "more stories",
                                      "more articles",
                                      "popular posts",
                                      "recent posts",
                                      "recent articles",
                                      "recent comments",
                                      "more from this author",
                                      "more by this author",
                                      "more like this",
                                      "editor's picks",
                                      "editors' picks",
                                      "what to read next",
                                      "popular articles",
                                      "das könnte sie auch interessieren",
                                      "mehr zum thema",
                                      "weitere artikel",
                                      "verwandte artikel",
                                      "articles liés",
                                      "sur le même sujet",
                                      "à lire aussi",
                                      "artículos relacionados",
                                      "also on this site",
                                      NULL};

static const char *const networks[] = {
    "facebook", "twitter", "linkedin", "whatsapp",  "reddit", "pinterest", "instagram", "youtube", "telegram",
    "tumblr",   "bluesky", "mastodon", "flipboard", "tiktok", "xing",      "messenger", "threads", "pocket",
    "vk",       "weibo",   "wechat",   "snapchat",  "github", "vimeo",     NULL};
static const char *const beside_networks[] = {
    "x",    "email", "e-mail", "mail", "print", "share", "tweet",  "copy",    "link",
    "sms",  "pin",   "save",   "on",   "by",    "via",   "this",   "to",      "rss",
    "post", "like",  "follow", "us",   "and",   "more",  "teilen", "drucken", NULL};

static char *lowered_words(struct arena *a, struct text t)
{
    char *s = text_copy(a, t);
    size_t to = 0;
    for (size_t i = 0; i < t.length; i++) {
        bool nbsp = i + 1 < t.length && (unsigned char)s[i] == 0xC2 && (unsigned char)s[i + 1] == 0xA0;
        bool apostrophe = i + 2 < t.length && memcmp(s + i, "\xE2\x80\x99", 3) == 0;
        s[to++] = nbsp ? ' ' : apostrophe ? '\'' : ascii_lower(s[i]);
        i += nbsp ? 1 : apostrophe ? 2 : 0;
    }
    while (to && strchr(" .!>:|-", s[to - 1]) && to > 1)
        to--;
    s[to] = 0;
    return s;
}

static bool matches(const struct saying *y, const char *line, size_t length, int words, bool top, bool foot)
{
    if (words > y->most || (y->where == EDGE && !top && !foot) || (y->where == FOOT && !foot) ||
        (y->where == HEADER && !top))
        return false;
    size_t n = strlen(y->words);
    switch (y->how) {
    case IS:
        return length == n && memcmp(line, y->words, n) == 0;
    case STARTS:
        return length >= n && strncmp(line, y->words, n) == 0;
    default:
        return strstr(line, y->words) != NULL;
    }
}

/* Every word the name of a network or one that goes with such; at least one a network. */
static bool all_networks(struct text t, bool edge)
{
    struct text word;
    int named = 0, words = 0;
    while (text_split(&t, ' ', &word)) {
        while (word.length && strchr(",|/·•:()", word.at[word.length - 1]))
            word.length--;
        if (!word.length || (word.length == 2 && (word.at[0] & 0x80)) ||
            (word.length == 1 && !ascii_alpha(word.at[0])))
            continue;
        words++;
        if (among(word, networks))
            named++;
        else if (!among(word, beside_networks))
            return false;
    }
    return named > 0 && (words >= 2 || edge);
}

/* `12 min read`, `Reading time: 5 minutes`, `5 Min. Lesezeit`, `1,204 views`, `3 comments`. */
static bool reading_time(const char *line)
{
    static const char *const time[] = {"min read",           "mins read",          "minute read",
                                       "minutes read",       "min. read",          "reading time",
                                       "read time",          "lesezeit",           "lesedauer",
                                       "temps de lecture",   "tiempo de lectura",  "minutes to read",
                                       "minuti di lettura",  "tempo di lettura",   "min lesezeit",
                                       "min de lecture",     "minutes de lecture", "min de lectura",
                                       "minutos de lectura", "min di lettura",     NULL};
    for (const char *const *t = time; *t; t++)
        if (strstr(line, *t))
            return line[strcspn(line, "0123456789")] != 0;
    return false;
}

bool says_reading_time(struct arena *a, struct text t)
{
    return count_words(t) <= 6 && reading_time(lowered_words(a, t));
}

/* And `1,204 views`, `3 comments`. */
static bool counts(const char *line, int words, bool edge)
{
    static const char *const things[] = {" views", " comments", " comment",   " shares",
                                         " likes", " claps",    " responses", NULL};
    if (words <= 8 && reading_time(line))
        return true;
    for (const char *const *t = things; *t && edge && words <= 3 && ascii_digit(line[0]); t++)
        if (strlen(line) > strlen(*t) && strcmp(line + strlen(line) - strlen(*t), *t) == 0)
            return true;
    return false;
}

/* `Home › Essays › History`. */
static bool breadcrumb(struct text t, const char *line)
{
    static const char *const separators[] = {" › ", " » ", " > ", " → ", " / ", " | ", " · ", " • ", NULL};
    static const char *const homes[] = {"home",   "start",        "startseite", "accueil",
                                        "inicio", "you are here", "homepage",   NULL};
    for (const char *const *s = separators; *s; s++) {
        const char *hit = strstr(line, *s);
        if (!hit)
            continue;
        struct text first = {line, (size_t)(hit - line)};
        bool pointed = s - separators < 4;
        int parts = 1;
        for (; hit; hit = strstr(hit + 1, *s))
            parts++;
        int words = count_words(t);
        if (among(first, homes) || (pointed && parts >= 3 && words <= parts * 4) ||
            (parts >= 4 && words <= parts * 3))
            return true;
    }
    return false;
}

static bool is_clutter(struct text_parts *p, const struct block *b, bool top, bool foot)
{
    int words = count_words(b->text);
    bool numbered = b->marker.number && b->marker.style != MARKER_BARE && b->marker.style != MARKER_GLUED;
    if (words > 90 || b->text.length > 900 || numbered || b->underline)
        return false;
    char *line = lowered_words(p->arena, b->text);
    size_t length = strlen(line);
    for (size_t i = 0; i < sizeof sayings / sizeof *sayings; i++)
        if (matches(&sayings[i], line, length, words, top, foot))
            return !says_by(b->text);
    struct text low = {line, length};
    return (words <= 14 && all_networks(low, top || foot)) ||
           (!says_by(b->text) && counts(line, words, top || foot)) ||
           ((top || foot) && words <= 24 && breadcrumb(low, line));
}

/* ---- edges: before the first long paragraph, behind the last long or numbered one */

/* How long a paragraph of this text must be to be one of its body: 200 bytes, less where it has few such. */
static size_t body_length(const struct text_parts *p)
{
    size_t long_ones = 0, middling = 0;
    for (size_t i = 0; i < p->block_count; i++) {
        long_ones += p->blocks[i].text.length >= 200;
        middling += p->blocks[i].text.length >= 110;
    }
    return long_ones >= 3 ? 200 : long_ones + middling >= 2 ? 110 : 60;
}

static bool body(struct text_parts *p, const struct block *b, size_t least)
{
    return b->text.length >= least && !is_clutter(p, b, true, true);
}

static void find_edges(struct text_parts *p, size_t *top, size_t *foot)
{
    size_t least = body_length(p);
    *top = 0;
    while (*top < p->block_count && !body(p, &p->blocks[*top], least))
        ++*top;
    *foot = p->block_count;
    while (*foot > *top && !body(p, &p->blocks[*foot - 1], least) &&
           (p->blocks[*foot - 1].marker.style == MARKER_NONE ||
            is_clutter(p, &p->blocks[*foot - 1], true, true)))
        --*foot;
}

/* The lines behind a head of links, down to notes or a numbered line. */
static void drop_related(struct text_parts *p, size_t i)
{
    for (; i < p->block_count; i++) {
        struct block *b = &p->blocks[i];
        if (notes_head(b->text) || sources_head(b->text) || b->marker.number || count_words(b->text) > 25 ||
            b->underline)
            return;
        if (b->kind == BLOCK_PARAGRAPH)
            b->kind = BLOCK_CLUTTER;
    }
}

/* Short lines without an empty one between, among lines that go: the rest of a menu. */
static void drop_between(struct text_parts *p, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        struct block *b = &p->blocks[i];
        size_t end = i;
        while (end < to && p->blocks[end].kind == BLOCK_PARAGRAPH && count_words(p->blocks[end].text) <= 4 &&
               p->blocks[end].blanks == 0 && !p->blocks[end].marker.number &&
               !sentence_end(p->blocks[end].text))
            end++;
        bool within = i > from && b[-1].kind == BLOCK_CLUTTER && end < to && end > i &&
                      p->blocks[end].kind == BLOCK_CLUTTER && p->blocks[end].blanks == 0;
        for (size_t k = i; within && k < end; k++)
            p->blocks[k].kind = BLOCK_CLUTTER;
        i = end > i ? end - 1 : i;
    }
}

/* ---- e-texts of Project Gutenberg say where their text starts and ends */

static void drop_e_text_frame(struct text_parts *p)
{
    for (size_t i = 0; i < p->block_count; i++) {
        struct text t = p->blocks[i].text;
        bool start = text_starts(t, "*** START OF") || text_starts(t, "***START OF");
        bool end = text_starts(t, "*** END OF") || text_starts(t, "***END OF");
        if (!start && !end)
            continue;
        size_t from = start ? 0 : i, to = start ? i + 1 : p->block_count;
        for (size_t k = from; k < to; k++) {
            struct block *b = &p->blocks[k];
            for (size_t l = b->line; start && l < b->line + b->lines; l++) {
                struct text line = p->lines[l].body;
                if (text_starts(line, "Title: "))
                    meta_set(p->document, "title", text_slice(line, 7, line.length));
                if (text_starts(line, "Author: "))
                    meta_set(p->document, "author", text_slice(line, 8, line.length));
            }
            b->kind = BLOCK_CLUTTER;
        }
    }
}

void text_clutter(struct text_parts *p)
{
    size_t top, foot;
    drop_e_text_frame(p);
    find_edges(p, &top, &foot);
    for (size_t i = 0; i < p->block_count; i++) {
        struct block *b = &p->blocks[i];
        if (b->kind != BLOCK_PARAGRAPH)
            continue;
        if (text_trim(b->text).length < 60 && among(text_of(lowered_words(p->arena, b->text)), related) &&
            (i < top || i >= foot)) {
            b->kind = BLOCK_CLUTTER;
            if (i >= foot)
                drop_related(p, i + 1);
        } else if (is_clutter(p, b, i < top, i >= foot)) {
            b->kind = BLOCK_CLUTTER;
        }
    }
    drop_between(p, 0, top);
    drop_between(p, foot, p->block_count);
}
