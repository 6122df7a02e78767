#include "document/words.h"

/* In the order of enum word. */
static const struct {
    const char *language;
    const char *words[WORD_NOTES_TO_PAGES + 1];
} table[] = {
    {"en",
     {"Contents", "Landmarks", "Pages", "Title page", "Text", "Notes", "Cover", "Notes to page",
      "Notes to pages"}},
    {"de",
     {"Inhalt", "Orientierung", "Seiten", "Titelseite", "Text", "Anmerkungen", "Umschlag",
      "Anmerkungen zu Seite", "Anmerkungen zu den Seiten"}},
    {"fr",
     {"Table des matières", "Repères", "Pages", "Page de titre", "Texte", "Notes", "Couverture",
      "Notes de la page", "Notes des pages"}},
    {"es",
     {"Índice", "Puntos de referencia", "Páginas", "Portada", "Texto", "Notas", "Cubierta",
      "Notas de la página", "Notas de las páginas"}},
    {"it",
     {"Indice", "Punti di riferimento", "Pagine", "Frontespizio", "Testo", "Note", "Copertina",
      "Note alla pagina", "Note alle pagine"}},
    {"pt",
     {"Índice", "Pontos de referência", "Páginas", "Folha de rosto", "Texto", "Notas", "Capa",
      "Notas da página", "Notas das páginas"}},
    {"nl",
     {"Inhoud", "Oriëntatiepunten", "Pagina’s", "Titelpagina", "Tekst", "Noten", "Omslag", "Noten bij pagina",
      "Noten bij pagina’s"}},
    {"sv",
     {"Innehåll", "Landmärken", "Sidor", "Titelsida", "Text", "Noter", "Omslag", "Noter till sidan",
      "Noter till sidorna"}},
    {"da",
     {"Indhold", "Orienteringspunkter", "Sider", "Titelblad", "Tekst", "Noter", "Omslag", "Noter til side",
      "Noter til side"}},
    {"pl",
     {"Spis treści", "Punkty orientacyjne", "Strony", "Strona tytułowa", "Tekst", "Przypisy", "Okładka",
      "Przypisy do strony", "Przypisy do stron"}},
    {"ru",
     {"Содержание", "Ориентиры", "Страницы", "Титульный лист", "Текст", "Примечания", "Обложка",
      "Примечания к странице", "Примечания к страницам"}},
    {"el",
     {"Περιεχόμενα", "Ορόσημα", "Σελίδες", "Σελίδα τίτλου", "Κείμενο", "Σημειώσεις", "Εξώφυλλο",
      "Σημειώσεις στη σελίδα", "Σημειώσεις στις σελίδες"}},
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
