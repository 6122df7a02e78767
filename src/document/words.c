#include "document/words.h"

/* In the order of enum word. */
static const struct {
    const char *language;
    const char *words[WORD_UNTITLED + 1];
} table[] = {
    {"en",
     {"Contents", "Landmarks", "Pages", "Title page", "Text", "Notes", "Cover", "Notes to page",
      "Notes to pages", "Back to reference", "Untitled"}},
    {"de",
     {"Inhalt", "Orientierung", "Seiten", "Titelseite", "Text", "Anmerkungen", "Umschlag",
      "Anmerkungen zu Seite", "Anmerkungen zu den Seiten", "Zurück zur Textstelle", "Ohne Titel"}},
    {"fr",
     {"Table des matières", "Repères", "Pages", "Page de titre", "Texte", "Notes", "Couverture",
      "Notes de la page", "Notes des pages", "Retour à l’appel", "Sans titre"}},
    {"es",
     {"Índice", "Puntos de referencia", "Páginas", "Portada", "Texto", "Notas", "Cubierta",
      "Notas de la página", "Notas de las páginas", "Volver a la llamada", "Sin título"}},
    {"it",
     {"Indice", "Punti di riferimento", "Pagine", "Frontespizio", "Testo", "Note", "Copertina",
      "Note alla pagina", "Note alle pagine", "Torna al richiamo", "Senza titolo"}},
    {"pt",
     {"Índice", "Pontos de referência", "Páginas", "Folha de rosto", "Texto", "Notas", "Capa",
      "Notas da página", "Notas das páginas", "Voltar à chamada", "Sem título"}},
    {"nl",
     {"Inhoud", "Oriëntatiepunten", "Pagina’s", "Titelpagina", "Tekst", "Noten", "Omslag", "Noten bij pagina",
      "Noten bij pagina’s", "Terug naar verwijzing", "Zonder titel"}},
    {"sv",
     {"Innehåll", "Landmärken", "Sidor", "Titelsida", "Text", "Noter", "Omslag", "Noter till sidan",
      "Noter till sidorna", "Tillbaka till hänvisning", "Utan titel"}},
    {"da",
     {"Indhold", "Orienteringspunkter", "Sider", "Titelblad", "Tekst", "Noter", "Omslag", "Noter til side",
      "Noter til side", "Tilbage til henvisning", "Uden titel"}},
    {"nb",
     {"Innhold", "Landemerker", "Sider", "Tittelside", "Tekst", "Noter", "Omslag", "Noter til side",
      "Noter til side", "Tilbake til henvisning", "Uten tittel"}},
    {"fi",
     {"Sisällys", "Maamerkit", "Sivut", "Nimiösivu", "Teksti", "Viitteet", "Kansi", "Viitteet sivulle",
      "Viitteet sivuille", "Takaisin viittaukseen", "Nimetön"}},
    {"pl",
     {"Spis treści", "Punkty orientacyjne", "Strony", "Strona tytułowa", "Tekst", "Przypisy", "Okładka",
      "Przypisy do strony", "Przypisy do stron", "Powrót do odsyłacza", "Bez tytułu"}},
    {"cs",
     {"Obsah", "Orientační body", "Strany", "Titulní strana", "Text", "Poznámky", "Obálka",
      "Poznámky ke straně", "Poznámky ke stranám", "Zpět k odkazu", "Bez názvu"}},
    {"ru",
     {"Содержание", "Ориентиры", "Страницы", "Титульный лист", "Текст", "Примечания", "Обложка",
      "Примечания к странице", "Примечания к страницам", "Назад к сноске", "Без названия"}},
    {"uk",
     {"Зміст", "Орієнтири", "Сторінки", "Титульна сторінка", "Текст", "Примітки", "Обкладинка",
      "Примітки до сторінки", "Примітки до сторінок", "Назад до виноски", "Без назви"}},
    {"el",
     {"Περιεχόμενα", "Ορόσημα", "Σελίδες", "Σελίδα τίτλου", "Κείμενο", "Σημειώσεις", "Εξώφυλλο",
      "Σημειώσεις στη σελίδα", "Σημειώσεις στις σελίδες", "Επιστροφή στην παραπομπή", "Χωρίς τίτλο"}},
    {"la",
     {"Index", "Signa", "Paginae", "Frons", "Textus", "Adnotationes", "Tegumentum", "Adnotationes ad paginam",
      "Adnotationes ad paginas", "Redi ad locum", "Sine titulo"}},
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
