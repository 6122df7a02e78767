/* options.h - the words of the command line become the options of a job. */
#ifndef OCTAVO_OPTIONS_H
#define OCTAVO_OPTIONS_H

#include "octavo.h"

struct command {
    struct octavo_options job;
    bool quiet, verbose, help, version;
    char fault[512]; /* what is wrong with the words; "" when nothing is */
    const char *fault_code;
    const char **lists; /* holds the options' lists; ends with the command */
};

/* Reads the words, and SOURCE_DATE_EPOCH. 0, or -1 with `fault` set. `argv` must outlive the command. */
int command_read(struct command *c, int argc, char **argv);
void command_end(struct command *c);

/* What --help prints, in parts; NULL at the end. */
extern const char *const command_help[];

#endif
