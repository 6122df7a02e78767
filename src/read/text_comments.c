/* What readers of a web page wrote below its text. */
#include "read/text_parts.h"

enum { LOOK = 12 /* blocks that a comment's mark must follow in */, LINE = 10 /* words of such a line */ };

/* `3 comments`, `12 thoughts on “The Last Tram”`, `Comments`. */
static bool heads_comments(struct text t)
{
    static const char *const names[] = {"comments",
                                        "comment",
                                        "responses",
                                        "replies",
                                        "discussion",
                                        "kommentare",
                                        "kommentar",
                                        "commentaires",
                                        "comentarios",
                                        "commenti",
                                        "reader comments",
                                        "join the discussion",
                                        "join the conversation",
                                        NULL};
    static const char *const things[] = {
        "comment",      "comments",   "response",    "responses",  "reply",     "replies",
        "thought",      "thoughts",   "kommentar",   "kommentare", "antworten", "commentaire",
        "commentaires", "comentario", "comentarios", "commenti",   NULL};
    if (t.length > 160)
        return false;
    while (t.length && strchr(": ", t.at[t.length - 1]))
        t.length--;
    size_t digits = 0;
    while (digits < t.length && ascii_digit(t.at[digits]))
        digits++;
    if (!digits || digits >= t.length || t.at[digits] != ' ') {
        size_t paren = text_find(t, '(', 0);
        return among(text_trim(text_slice(t, 0, paren)), names);
    }
    struct text behind = text_slice(t, digits + 1, t.length),
                word = text_slice(behind, 0, text_find(behind, ' ', 0));
    return among(word, things) && !sentence_end(t);
}

/* `Ann Poe says:`, `Reply`, `March 5, 2021 at 3:12 pm`, `2 days ago`. */
static bool marks_comment(struct text t)
{
    static const char *const buttons[] = {"reply",    "report",     "antworten",   "répondre", "responder",
                                          "rispondi", "like reply", "reply share", NULL};
    if (!t.length || count_words(t) > LINE)
        return false;
    bool timed = false;
    for (size_t i = text_find(t, ':', 0); i + 2 < t.length; i = text_find(t, ':', i + 1))
        timed |= i > 0 && ascii_digit(t.at[i - 1]) && ascii_digit(t.at[i + 1]) && ascii_digit(t.at[i + 2]);
    return among(t, buttons) || text_starts(t, "Like (") || text_ends(t, " says:") ||
           text_ends(t, " said:") || text_ends(t, " says") || text_ends(t, " sagt:") ||
           text_ends(t, " dit :") || text_ends(t, " dice:") || text_ends(t, " ago") || timed;
}

static bool ends_comments(const struct block *b)
{
    return notes_head(b->text) || sources_head(b->text);
}

/* Comments go, from their head to the end or to the notes, when at least two lines say that they are some. */
void text_comments(struct text_parts *p)
{
    size_t bytes = 0, before = 0;
    for (size_t i = 0; i < p->block_count; i++)
        bytes += p->blocks[i].text.length;
    for (size_t i = 0; i < p->block_count; before += p->blocks[i++].text.length) {
        if (p->blocks[i].kind != BLOCK_PARAGRAPH || before * 5 < bytes || !heads_comments(p->blocks[i].text))
            continue;
        size_t marks = 0, end = i + 1;
        for (; end < p->block_count && end <= i + LOOK && !ends_comments(&p->blocks[end]); end++)
            marks += marks_comment(p->blocks[end].text);
        if (marks < 2)
            continue;
        while (end < p->block_count && !ends_comments(&p->blocks[end]))
            end++;
        for (size_t k = i; k < end; k++)
            p->blocks[k].kind = BLOCK_CLUTTER;
        return;
    }
}
