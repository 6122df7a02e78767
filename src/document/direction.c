#include "document/direction.h"
#include "base/text.h"

bool language_from_right(const char *language)
{
    static const char *const rtl[] = {"ar", "arc", "ckb", "dv", "fa", "he",
                                      "ps", "sd",  "syr", "ug", "ur", "yi"};
    static const char *const scripts[] = {"Arab", "Aran", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg"};
    struct text t = text_of(language), rest = t, part;
    for (bool first = true; text_split(&rest, '-', &part) && part.length; first = false) {
        for (size_t i = 0; !first && i < sizeof scripts / sizeof scripts[0]; i++)
            if (text_is_nocase(part, scripts[i]))
                return true;
        if (!first && part.length == 4 && ascii_alpha(part.at[0]))
            return false; /* another script is named */
    }
    for (size_t i = 0; i < sizeof rtl / sizeof rtl[0]; i++)
        if (text_is_nocase(text_slice(t, 0, text_find(t, '-', 0)), rtl[i]))
            return true;
    return false;
}
