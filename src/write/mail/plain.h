/* plain.h - inside the plain text: tables. */
#ifndef OCTAVO_WRITE_MAIL_PLAIN_H
#define OCTAVO_WRITE_MAIL_PLAIN_H

#include "write/mail/letter.h"
#include "write/mail/lines.h"

/* A cell's text on one line. */
const char *plain_cell(const struct letter *l, xmlNode *cell);
/* A table: its caption; then its columns beside each other where the lines have room for them, else each row
 * as lines "head: cell". */
void plain_table(const struct letter *l, xmlNode *table, struct lines *lines);

#endif
