/* linebreak.h - where a paragraph's lines end: the total fit of Knuth and Plass ("Breaking Paragraphs into
 * Lines", Software: Practice and Experience 11, 1981), on break points that carry their own widths.
 *
 * A paragraph is an array of possible breaks. Each knows how far the text reaches when a line ends there (its
 * hyphen included), and where the text goes on when a line begins there (the space or ligature at the break
 * left out). So the natural width of a line from break a to break b is b.end - a.start, whatever was shaped
 * between them, and shaping across a break needs no special case. All widths are in points.
 *
 * What counts as good is how near the spaces of each line come to their natural width, since the eye reads
 * uneven spaces; glyphs may be expanded a little before spaces are. Hyphens, unlike neighbours, and a short
 * last line cost extra.
 *
 * Where the best way has a very loose line, a second search may strain what a compositor else wouldn't:
 * spaces closer than usual, and break points that are marked so.
 */
#ifndef OCTAVO_LAYOUT_LINEBREAK_H
#define OCTAVO_LAYOUT_LINEBREAK_H

#include "base/arena.h"
#include <stdbool.h>
#include <stdint.h>

/* What the text measures up to a point: sums from the paragraph's start. */
struct extent {
    double width;   /* natural, pt */
    double stretch; /* of the spaces, pt for a ratio of 1 */
    double shrink;
    double glyphs; /* natural width of what can be expanded, pt */
};

struct break_point {
    struct extent end;   /* when a line ends here */
    struct extent start; /* when a line begins here */
    float hang_end;      /* pt by which the line's last glyph may stand in the margin */
    float hang_start;    /* the same for the first glyph of the line that begins here */
    float cost;          /* demerits for breaking here (a hyphen, an awkward place); ignored where forced */
    bool hyphen;         /* the line ends with a hyphen, the text's own or one that is added */
    bool inserted;       /* the hyphen is added */
    bool forced;         /* the line must end here */
    bool strained;  /* only where a line would else be very loose: within a large number, before a name */
    bool emergency; /* only when nothing else fits: inside a word that is wider than the line */
};

/* By how much a line is narrower at its sides: beside something that floats. */
struct line_inset {
    float left_pt, right_pt;
};

struct break_options {
    double width_pt;                 /* of the lines */
    double first_indent_pt;          /* of the first line; negative hangs */
    double turnover_pt;              /* of a line that goes on from one that was not forced to end */
    uint32_t inset_lines;            /* so many lines at the start are narrower (beside a drop capital) … */
    double inset_pt;                 /* … by so much; the first one's indent is counted apart */
    const struct line_inset *insets; /* of the first lines, beside floats: adds to that … */
    uint32_t inset_count;            /* … so many of them */
    uint32_t first_end;              /* the point where the first line must end; 0: any */
    uint32_t lines;                  /* how many lines are wanted; 0: as many as are best */
    double expansion;                /* largest relative change of glyph widths: 0.02 */
    double last_least_pt;            /* a last line shorter than this costs extra */
    int hyphen_lines;                /* most lines in a row that end with a hyphen; 0: any number */
    int hyphens_above;     /* so many lines right above end with one, and count among those in a row */
    double hyphen_zone_pt; /* no hyphen where a line without it would lack no more than this */
    bool no_last_hyphen;   /* none before the last line, if there is any other way */
    bool justified;
    bool last_justified; /* the last line, and those that must end, are justified too */
    bool balanced;       /* not justified, and all lines about as long as each other, the last too: heads */
};

/* A chosen line: from break `from` (0 is the paragraph's start) to break `to`. */
struct chosen_line {
    uint32_t from, to;
    float expansion; /* relative change of glyph widths, -options.expansion to + */
    float ratio;     /* of stretch (above 0) or shrink (below 0; -1.25 at the least) of the spaces, after
                        expansion */
    bool overfull;   /* wider than the line can be: nothing fits */
    bool loose;      /* stretched past any tolerance */
};

/* The demerits of the chosen lines are added up in `*demerits` unless it is NULL. When `lines` are wanted and
 * can't be had within tolerance, 0 is returned. Chooses the lines. points[0] is the paragraph's start and
 * points[count - 1] its end (forced). Returns how many lines there are; `lines` has room for count. Time:
 * linear in count for lines of bounded length. `a` holds scratch. */
uint32_t linebreak(struct arena *a, const struct break_point *points, uint32_t count,
                   const struct break_options *o, struct chosen_line *lines, double *demerits);

/* ---- why the lines end where they do: for those who ask, at about the price of breaking them once more */

/* What demerits are given for. */
enum demerit {
    DEMERIT_LINE,        /* each line has some */
    DEMERIT_LOOSE,       /* spaces wider than natural; ragged: what a line leaves over */
    DEMERIT_TIGHT,       /* spaces narrower than natural */
    DEMERIT_HYPHEN,      /* a hyphen at the line's end */
    DEMERIT_PLACE,       /* another place where lines had better not end */
    DEMERIT_CONTRAST,    /* a line far tighter or looser than the one above */
    DEMERIT_LADDER,      /* more hyphens in a row than may be */
    DEMERIT_STUB,        /* a short last line */
    DEMERIT_LAST_HYPHEN, /* a hyphen before the last line */
    DEMERITS
};

struct demerits {
    double of[DEMERITS];
};

/* The demerits that a line has for its spaces alone; `ratio` as in chosen_line. */
double line_badness(double ratio);

/* "tight", "decent", "loose", "very loose": the fitness class of a ratio. */
const char *line_fitness(double ratio);

/* A way to break the paragraph; demerits of each line, and their sum. */
struct line_way {
    struct chosen_line *lines;
    struct demerits *demerits;
    uint32_t count;
    double sum;
};

/* The way that linebreak() chooses, and the one that it would choose if that were not there; that one has no
 * lines when there is none within tolerance. */
void linebreak_explain(struct arena *a, const struct break_point *points, uint32_t count,
                       const struct break_options *o, struct line_way *best, struct line_way *runner_up);

#endif
