#include "refine/plain.h"
#include "base/buf.h"
#include "base/utf8.h"
#include <unicode/uchar.h>

struct text plain(struct arena *a, const xmlNode *n)
{
    struct buf *all = buf_new(a);
    tree_content(n, all);
    struct text t = plain_spaced(a, buf_view(all));
    buf_free(all);
    return t;
}

static enum walk add_uncalled(xmlNode *n, void *user)
{
    if (n->type == XML_TEXT_NODE)
        buf_string(user, (const char *)n->content);
    if (tree_kind(n) == ELEMENT_BR)
        buf_byte(user, ' ');
    return tree_kind(n) == ELEMENT_CALL || tree_has_word(n, "class", "noteref") ? WALK_SKIP : WALK_ON;
}

struct text plain_uncalled(struct arena *a, const xmlNode *n)
{
    union {
        const xmlNode *in;
        xmlNode *out;
    } top = {n}; /* the walker changes nothing */
    struct buf *all = buf_new(a);
    tree_walk(top.out, &(struct walker){add_uncalled, NULL}, all);
    struct text t = plain_spaced(a, buf_view(all));
    buf_free(all);
    return t;
}

struct text plain_spaced(struct arena *a, struct text t)
{
    t = text_trim(t);
    struct buf *out = buf_new(a);
    for (size_t i = 0; i < t.length; i++) {
        if (!ascii_space(t.at[i]))
            buf_byte(out, t.at[i]);
        else if (!ascii_space(t.at[i - 1]))
            buf_byte(out, ' ');
    }
    return buf_view(out);
}

struct text plain_folded(struct arena *a, struct text t)
{
    struct buf *out = buf_new(a);
    for (size_t at = 0; at < t.length;) {
        uint32_t c = utf8_next(t, &at);
        buf_utf8(out, c == 0x2019 ? '\'' : (uint32_t)u_foldCase((UChar32)c, U_FOLD_CASE_DEFAULT));
    }
    return buf_view(out);
}

bool text_blank(struct text t)
{
    return text_trim(t).length == 0;
}

bool plain_empty(const xmlNode *n)
{
    for (const xmlNode *c = n->children; c; c = c->next) {
        if (c->type == XML_TEXT_NODE ? !text_blank(text_of((const char *)c->content))
                                     : c->type != XML_COMMENT_NODE)
            return false;
    }
    return true;
}
