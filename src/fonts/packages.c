#include "fonts/installed.h"

/* Debian packages by the start of a family's name; the first line that fits counts. */
static const struct {
    const char *start, *package;
} FAMILIES[] = {
    {"linux libertine", "fonts-linuxlibertine"},
    {"linux biolinum", "fonts-linuxlibertine"},
    {"eb garamond sc", "fonts-ebgaramond-extra"},
    {"eb garamond", "fonts-ebgaramond"},
    {"inter", "fonts-inter"},
    {"jetbrains mono", "fonts-jetbrains-mono"},
    {"dejavu serif condensed", "fonts-dejavu-extra"},
    {"dejavu", "fonts-dejavu-core"},
    {"noto serif cjk", "fonts-noto-cjk"},
    {"noto sans cjk", "fonts-noto-cjk"},
    {"noto sans mono cjk", "fonts-noto-cjk"},
    {"noto color emoji", "fonts-noto-color-emoji"},
    {"noto mono", "fonts-noto-mono"},
    {"noto sans mono", "fonts-noto-mono"},
    {"noto ", "fonts-noto-core"},
    {"liberation", "fonts-liberation2"},
    {"lato", "fonts-lato"},
    {"open sans", "fonts-open-sans"},
    {"roboto slab", "fonts-roboto-slab"},
    {"roboto", "fonts-roboto"},
    {"fira code", "fonts-firacode"},
    {"charis sil", "fonts-sil-charis"},
    {"doulos sil", "fonts-sil-doulos"},
    {"gentium basic", "fonts-sil-gentium-basic"},
    {"gentium book basic", "fonts-sil-gentium-basic"},
    {"gentium plus", "fonts-sil-gentiumplus"},
    {"gentium", "fonts-sil-gentium"},
    {"andika", "fonts-sil-andika"},
    {"ezra sil", "fonts-sil-ezra"},
    {"scheherazade", "fonts-sil-scheherazade"},
    {"amiri", "fonts-hosny-amiri"},
    {"junicode", "fonts-junicode"},
    {"vollkorn", "fonts-vollkorn"},
    {"cardo", "fonts-cardo"},
    {"old standard", "fonts-oldstandard"},
    {"gfs didot", "fonts-gfs-didot"},
    {"gfs artemisia", "fonts-gfs-artemisia"},
    {"gfs neohellenic", "fonts-gfs-neohellenic"},
    {"tex gyre", "fonts-texgyre"},
    {"latin modern", "fonts-lmodern"},
    {"cmu ", "fonts-cmu"},
    {"stix", "fonts-stix"},
    {"carlito", "fonts-crosextra-carlito"},
    {"caladea", "fonts-crosextra-caladea"},
    {"cantarell", "fonts-cantarell"},
    {"hack", "fonts-hack"},
    {"inconsolata", "fonts-inconsolata"},
    {"anonymous pro", "fonts-anonymous-pro"},
    {"courier prime", "fonts-courier-prime"},
    {"go ", "fonts-go"},
    {"pt serif", "fonts-paratype"},
    {"pt sans", "fonts-paratype"},
    {"quattrocento", "fonts-quattrocento"},
    {"yrsa", "fonts-yrsa-rasa"},
    {"lindenhill", "fonts-lindenhill"},
    {"fanwood", "fonts-fanwood"},
    {"free serif", "fonts-freefont-otf"},
    {"freeserif", "fonts-freefont-otf"},
    {"freesans", "fonts-freefont-otf"},
    {"freemono", "fonts-freefont-otf"},
    {"opendyslexic", "fonts-opendyslexic"},
    {"symbola", "fonts-symbola"},
};

static bool starts_nocase(const char *name, const char *start)
{
    for (; *start; start++, name++)
        if (ascii_lower(*name) != *start)
            return false;
    return true;
}

const char *package_of_family(const char *family)
{
    for (size_t i = 0; i < sizeof FAMILIES / sizeof *FAMILIES; i++)
        if (starts_nocase(family, FAMILIES[i].start))
            return FAMILIES[i].package;
    return NULL;
}

/* Blocks whose glyphs are elsewhere than in fonts-noto-core. */
static const struct {
    uint32_t first, last;
    const char *package;
} BLOCKS[] = {
    {0x2190, 0x2BFF, "fonts-dejavu-core"}, {0x2E80, 0x9FFF, "fonts-noto-cjk"},
    {0xA960, 0xA97F, "fonts-noto-cjk"},    {0xAC00, 0xD7FF, "fonts-noto-cjk"},
    {0xF900, 0xFAFF, "fonts-noto-cjk"},    {0xFE30, 0xFE4F, "fonts-noto-cjk"},
    {0xFF00, 0xFFEF, "fonts-noto-cjk"},    {0x1F000, 0x1FAFF, "fonts-symbola"},
    {0x20000, 0x3FFFF, "fonts-noto-cjk"},
};

const char *package_of_character(uint32_t character)
{
    for (size_t i = 0; i < sizeof BLOCKS / sizeof *BLOCKS; i++)
        if (character >= BLOCKS[i].first && character <= BLOCKS[i].last)
            return BLOCKS[i].package;
    return "fonts-noto-core";
}
