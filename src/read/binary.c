#include "read/read.h"

/* What people hand over by mistake, by its first bytes. */
static const struct {
    const char *bytes;
    size_t length;
    const char *what;
} kinds[] = {
    {"%PDF-", 5, "a PDF"},
    {"PK\003\004", 4, "a packed file, as Word's and e-books are"},
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, "a file of an old Word"},
    {"{\\rtf", 5, "rich text (RTF)"},
    {"\x89PNG\r\n", 6, "a picture"},
    {"\xFF\xD8\xFF", 3, "a picture"},
    {"GIF8", 4, "a picture"},
    {"\x1F\x8B", 2, "a packed file"},
    {"\x7F"
     "ELF",
     4, "a program"},
};

const char *reader_not_text(struct text bytes)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (bytes.length >= kinds[i].length && memcmp(bytes.at, kinds[i].bytes, kinds[i].length) == 0)
            return kinds[i].what;
    return NULL;
}
