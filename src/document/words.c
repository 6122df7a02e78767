#include "document/words.h"

/* In the order of enum word. */
static const struct {
    const char *language;
    const char *words[WORD_COVER + 1];
} table[] = {
    {"en", {"Contents", "Landmarks", "Pages", "Title page", "Text", "Notes", "Cover"}},
    {"de", {"Inhalt", "Orientierung", "Seiten", "Titelseite", "Text", "Anmerkungen", "Umschlag"}},
    {"fr", {"Table des matières", "Repères", "Pages", "Page de titre", "Texte", "Notes", "Couverture"}},
    {"es", {"Índice", "Puntos de referencia", "Páginas", "Portada", "Texto", "Notas", "Cubierta"}},
    {"it", {"Indice", "Punti di riferimento", "Pagine", "Frontespizio", "Testo", "Note", "Copertina"}},
    {"pt", {"Índice", "Pontos de referência", "Páginas", "Folha de rosto", "Texto", "Notas", "Capa"}},
    {"nl", {"Inhoud", "Oriëntatiepunten", "Pagina’s", "Titelpagina", "Tekst", "Noten", "Omslag"}},
    {"sv", {"Innehåll", "Landmärken", "Sidor", "Titelsida", "Text", "Noter", "Omslag"}},
    {"da", {"Indhold", "Orienteringspunkter", "Sider", "Titelblad", "Tekst", "Noter", "Omslag"}},
    {"pl",
     {"Spis treści", "Punkty orientacyjne", "Strony", "Strona tytułowa", "Tekst", "Przypisy", "Okładka"}},
    {"ru", {"Содержание", "Ориентиры", "Страницы", "Титульный лист", "Текст", "Примечания", "Обложка"}},
    {"el", {"Περιεχόμενα", "Ορόσημα", "Σελίδες", "Σελίδα τίτλου", "Κείμενο", "Σημειώσεις", "Εξώφυλλο"}},
};

/* The primary subtag of a BCP 47 tag. */
static bool speaks(const char *language, const char *primary)
{
    struct text t = text_of(language);
    return text_is_nocase(text_slice(t, 0, text_find(t, '-', 0)), primary);
}

const char *word_in(const char *language, enum word w)
{
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (speaks(language, table[i].language))
            return table[i].words[w];
    return table[0].words[w];
}
