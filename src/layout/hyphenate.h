/* hyphenate.h - where a word may be divided, by the hyphenation dictionaries of the system.
 *
 * `struct hyphenation` belongs to the job and holds the dictionaries, read when first asked for; any thread
 * may ask. `struct hyphenator` belongs to one thread: one language with its limits and a cache of words.
 *
 * Soft hyphens (U+00AD) in a word are its only places of division. Not divided by patterns: words next to
 * digits, short ones, short ones all in capitals, and addresses. A word may come with its punctuation and
 * hold apostrophes or hyphens; its parts between hyphens are treated as words.
 *
 * English numbers of seven digits and more can be divided after a comma, though never after a single digit
 * (Chicago Manual of Style 17, 7.43).
 *
 * Messages: hyphenation.missing (no dictionary for a language; names the package to install; once a
 * language).
 */
#ifndef OCTAVO_LAYOUT_HYPHENATE_H
#define OCTAVO_LAYOUT_HYPHENATE_H

#include "base/message.h"
#include "base/text.h"
#include <stdint.h>

/* Letters that stay before and after a hyphen, and in a word to be divided at all; 0 is the language's or the
 * usual (5 letters; 10 in a word all in capitals). */
struct hyphen_limits {
    int before, after;
    int word, capitals;
    bool manual; /* only soft hyphens divide */
};

/* A division: what stands left is word[0 … from] + before + a hyphen, what stands right is after + word[to
 * …]. Mostly from == to and both texts are empty. */
struct hyphen {
    uint32_t from, to;          /* bytes */
    const char *before, *after; /* never NULL */
    bool compound;              /* between the parts of a compound: a better place than others */
    bool soft;                  /* at a soft hyphen of the source */
    bool figure;                /* within a number: only where a line would else be bad */
};

struct hyphens {
    uint32_t count; /* in the order of the word */
    struct hyphen at[];
};

struct hyphenation;
struct hyphenator;

/* `folder`: where the dictionaries are; NULL: the system's. */
struct hyphenation *hyphenation_new(struct arena *a, struct messages *m, const char *folder);

/* Tells of what was missing: called on the job's thread when no other is at work. */
void hyphenation_settle(struct hyphenation *h);

/* For one thread. `language` is BCP 47; `limits` may be NULL. Never NULL: without a dictionary only soft
 * hyphens divide. */
struct hyphenator *hyphenator_new(struct arena *a, struct hyphenation *h, const char *language,
                                  const struct hyphen_limits *limits, const struct place *where);

/* The divisions of a word; never NULL; valid until the hyphenator's arena ends. */
const struct hyphens *hyphenate(struct hyphenator *h, struct text word);

#endif
