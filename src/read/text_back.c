/* What a page puts behind a note to lead back to its call. */
#include "base/utf8.h"
#include "read/text_parts.h"

static size_t without_arrows(struct text t, size_t end)
{
    while (end > 0) {
        size_t at = end;
        uint32_t c = utf8_previous(t, &at);
        if (c != 0x21A9 && c != 0x23CE && c != 0x2191 && c != 0x2934 && c != 0x21B5 && c != 0x21D1 &&
            c != 0x21A5 && c != 0x2B06 && c != 0xFE0E && c != 0xFE0F && c != '^' && !wide_space(c))
            break;
        end = at;
    }
    return end;
}

/* Is `t` nothing but the text of a link back to the call? */
static bool leads_back(struct text t)
{
    static const char *const words[] = {"return to text",
                                        "return to article",
                                        "return to content",
                                        "return to the text",
                                        "back to text",
                                        "back to content",
                                        "back to the text",
                                        "back to article",
                                        "back to post",
                                        "jump back",
                                        "jump up",
                                        "go back",
                                        "back",
                                        "return",
                                        "zurück zum text",
                                        "zurück",
                                        "retour au texte",
                                        "retour",
                                        "volver al texto",
                                        "volver",
                                        "torna al testo",
                                        "return to reference",
                                        "back to reference",
                                        "return to footnote reference",
                                        "terug naar de tekst",
                                        NULL};
    t = trim_wide(text_slice(t, 0, without_arrows(t, t.length)));
    if (t.length && (t.at[t.length - 1] == '.' || t.at[t.length - 1] == ':'))
        t.length--;
    return among(t, words);
}

/* Without `[↩]`, `[back]`, `(Return to text)`. */
static size_t without_back_words(struct text t, size_t end)
{
    if (!end || (t.at[end - 1] != ']' && t.at[end - 1] != ')'))
        return end;
    char open = t.at[end - 1] == ']' ? '[' : '(';
    size_t from = end - 1;
    while (from > 0 && end - from < 40 && t.at[from] != open)
        from--;
    struct text within = text_slice(t, from + 1, end - 1);
    bool back =
        from > 0 && t.at[from] == open && (!without_arrows(within, within.length) || leads_back(within));
    return back ? without_arrows(t, from) : end;
}

/* Where `Return to text` stands alone behind a sentence; several words that begin with a capital also stand
 * behind a name or a page. */
static size_t without_back_sentence(struct text t, size_t end)
{
    size_t from = end;
    for (int words = 0; words < 5 && from > 0 && end - from < 60; words++) {
        while (from > 0 && t.at[from - 1] == ' ')
            from--;
        struct text behind = trim_wide(text_slice(t, from, end));
        if (words && leads_back(behind) &&
            (sentence_end(text_slice(t, 0, from)) || (words > 1 && from > 0 && upper(first_char(behind)))))
            return from;
        while (from > 0 && t.at[from - 1] != ' ')
            from--;
    }
    return end;
}

bool leads_back_at_end(struct text t)
{
    size_t end = without_arrows(t, t.length);
    return (end < t.length && t.at[end] != '^') || without_back_words(t, end) < end;
}

size_t note_text_end(struct text t, bool bracketed)
{
    size_t end = without_arrows(t, t.length), before;
    do {
        before = end;
        end = without_back_sentence(t, without_back_words(t, end));
        end = without_arrows(t, end);
    } while (end < before);
    if (bracketed && end > 0 && t.at[end - 1] == ']')
        end--;
    return end;
}
