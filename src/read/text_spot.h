/* text_spot.h - a run of digits in the text and what stands around it: what the search for call candidates
 * asks at each place. */
#ifndef OCTAVO_READ_TEXT_SPOT_H
#define OCTAVO_READ_TEXT_SPOT_H

#include "read/text_parts.h"

enum { LOOK_BACK = 120 /* bytes, at most, that a place is judged by */ };

/* A run of digits and what stands around it. */
struct spot {
    struct text t;
    uint32_t block;
    size_t from, to;              /* the digits */
    uint32_t before, before2;     /* the characters before, the nearest first; 0 at the start */
    uint32_t after, after2, next; /* behind; `next`: the first that is no space */
    size_t next_at;
};

/* Fills in what stands around [from, to). */
void spot_look(struct spot *s);
/* Adds a candidate for these digits; NULL when the number is out of range. */
struct candidate *spot_add(struct text_parts *p, const struct spot *s, int label, enum manner m,
                           double evidence);
/* Is it part of an address or a file's name? */
bool spot_in_address(const struct spot *s);
/* Does something behind it make it part of a larger number or word? */
bool spot_goes_on(const struct spot *s);
/* Does a sentence start behind it, or the text end? */
bool spot_starts_sentence(const struct spot *s);

/* The number that [from, to) spells, at most a million. */
int digits_value(struct text t, size_t from, size_t to);
bool is_digit(uint32_t c);
/* Closing punctuation; and that which ends a sentence. */
bool closer(uint32_t c);
bool sentence_mark(uint32_t c);
/* The word that ends or starts at an offset. */
struct text word_before(struct text t, size_t end);
struct text word_at(struct text t, size_t from);
/* The offset without the white space before it. */
size_t without_space(struct text t, size_t at);

/* Words beside numbers. A number behind these belongs to them ("page"); behind these is a quantity ("about");
 * before these is one ("percent"); a full stop behind these ends no sentence ("vol"). */
bool word_counts(struct text word);
bool word_leads(struct text word);
bool word_measures(struct text word);
bool word_abbreviates(struct text t, struct text word); /* a word of `t` */
bool word_month(struct text word);
/* A book of which there are several ("1 Kings"). */
bool word_counted_book(struct text word);

/* ---- text_glued.c: digits glued to a word, to its punctuation or to a number, or behind a space */

void glued_to_mark(struct text_parts *p, struct spot *s);
/* `tokens` counts what is so glued: see text_candidates.c. */
void glued_to_letter(struct text_parts *p, struct spot *s, struct hash *tokens);
void glued_to_number(struct text_parts *p, struct spot *s);
/* `19141` may be 1914 with call 1; `5,000,00011` surely ends in a call. */
void tail_of_number(struct text_parts *p, struct spot *s);
void behind_space(struct text_parts *p, struct spot *s);

#endif
