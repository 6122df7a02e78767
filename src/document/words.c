#include "document/words.h"

/* In the order of enum word. */
static const struct {
    const char *language;
    const char *words[WORD_UNSUBSCRIBE + 1];
} table[] = {
    {"en",
     {"Contents", "Landmarks", "Pages", "Title page", "Text", "Notes", "Cover", "Notes to page",
      "Notes to pages", "Back to reference", "Untitled", "Continue reading", "The whole text is attached.",
      "E-book and PDF", "Read on the web", "Unsubscribe"}},
    {"de",
     {"Inhalt", "Orientierung", "Seiten", "Titelseite", "Text", "Anmerkungen", "Umschlag",
      "Anmerkungen zu Seite", "Anmerkungen zu den Seiten", "Zurück zur Textstelle", "Ohne Titel",
      "Weiterlesen", "Der ganze Text ist angehängt.", "E-Book und PDF", "Im Web lesen", "Abmelden"}},
    {"fr",
     {"Table des matières", "Repères", "Pages", "Page de titre", "Texte", "Notes", "Couverture",
      "Notes de la page", "Notes des pages", "Retour à l’appel", "Sans titre", "Lire la suite",
      "Le texte entier est joint.", "Livre numérique et PDF", "Lire en ligne", "Se désabonner"}},
    {"es",
     {"Índice", "Puntos de referencia", "Páginas", "Portada", "Texto", "Notas", "Cubierta",
      "Notas de la página", "Notas de las páginas", "Volver a la llamada", "Sin título", "Seguir leyendo",
      "El texto completo va adjunto.", "Libro electrónico y PDF", "Leer en la web", "Darse de baja"}},
    {"it",
     {"Indice", "Punti di riferimento", "Pagine", "Frontespizio", "Testo", "Note", "Copertina",
      "Note alla pagina", "Note alle pagine", "Torna al richiamo", "Senza titolo", "Continua a leggere",
      "Il testo completo è allegato.", "E-book e PDF", "Leggi sul web", "Annulla l’iscrizione"}},
    {"pt",
     {"Índice", "Pontos de referência", "Páginas", "Folha de rosto", "Texto", "Notas", "Capa",
      "Notas da página", "Notas das páginas", "Voltar à chamada", "Sem título", "Continuar a ler",
      "O texto completo segue em anexo.", "E-book e PDF", "Ler na web", "Cancelar a subscrição"}},
    {"nl",
     {"Inhoud", "Oriëntatiepunten", "Pagina’s", "Titelpagina", "Tekst", "Noten", "Omslag", "Noten bij pagina",
      "Noten bij pagina’s", "Terug naar verwijzing", "Zonder titel", "Verder lezen",
      "De volledige tekst is bijgevoegd.", "E-boek en pdf", "Lezen op het web", "Afmelden"}},
    {"sv",
     {"Innehåll", "Landmärken", "Sidor", "Titelsida", "Text", "Noter", "Omslag", "Noter till sidan",
      "Noter till sidorna", "Tillbaka till hänvisning", "Utan titel", "Läs vidare", "Hela texten är bifogad.",
      "E-bok och PDF", "Läs på webben", "Avsluta prenumerationen"}},
    {"da",
     {"Indhold", "Orienteringspunkter", "Sider", "Titelblad", "Tekst", "Noter", "Omslag", "Noter til side",
      "Noter til side", "Tilbage til henvisning", "Uden titel", "Læs videre", "Hele teksten er vedhæftet.",
      "E-bog og PDF", "Læs på nettet", "Afmeld"}},
    {"nb",
     {"Innhold", "Landemerker", "Sider", "Tittelside", "Tekst", "Noter", "Omslag", "Noter til side",
      "Noter til side", "Tilbake til henvisning", "Uten tittel", "Les videre", "Hele teksten er vedlagt.",
      "E-bok og PDF", "Les på nettet", "Meld deg av"}},
    {"fi",
     {"Sisällys", "Maamerkit", "Sivut", "Nimiösivu", "Teksti", "Viitteet", "Kansi", "Viitteet sivulle",
      "Viitteet sivuille", "Takaisin viittaukseen", "Nimetön", "Jatka lukemista", "Koko teksti on liitteenä.",
      "E-kirja ja PDF", "Lue verkossa", "Peruuta tilaus"}},
    {"pl",
     {"Spis treści", "Punkty orientacyjne", "Strony", "Strona tytułowa", "Tekst", "Przypisy", "Okładka",
      "Przypisy do strony", "Przypisy do stron", "Powrót do odsyłacza", "Bez tytułu", "Czytaj dalej",
      "Cały tekst jest w załączniku.", "E-book i PDF", "Czytaj w przeglądarce", "Wypisz się"}},
    {"cs",
     {"Obsah", "Orientační body", "Strany", "Titulní strana", "Text", "Poznámky", "Obálka",
      "Poznámky ke straně", "Poznámky ke stranám", "Zpět k odkazu", "Bez názvu", "Číst dál",
      "Celý text je v příloze.", "E-kniha a PDF", "Číst na webu", "Odhlásit se"}},
    {"ru",
     {"Содержание", "Ориентиры", "Страницы", "Титульный лист", "Текст", "Примечания", "Обложка",
      "Примечания к странице", "Примечания к страницам", "Назад к сноске", "Без названия", "Читать дальше",
      "Полный текст приложен.", "Электронная книга и PDF", "Читать на сайте", "Отписаться"}},
    {"uk",
     {"Зміст", "Орієнтири", "Сторінки", "Титульна сторінка", "Текст", "Примітки", "Обкладинка",
      "Примітки до сторінки", "Примітки до сторінок", "Назад до виноски", "Без назви", "Читати далі",
      "Повний текст додано.", "Електронна книга та PDF", "Читати на сайті", "Відписатися"}},
    {"el",
     {"Περιεχόμενα", "Ορόσημα", "Σελίδες", "Σελίδα τίτλου", "Κείμενο", "Σημειώσεις", "Εξώφυλλο",
      "Σημειώσεις στη σελίδα", "Σημειώσεις στις σελίδες", "Επιστροφή στην παραπομπή", "Χωρίς τίτλο",
      "Συνέχεια", "Ολόκληρο το κείμενο επισυνάπτεται.", "Ηλεκτρονικό βιβλίο και PDF", "Διαβάστε στον ιστό",
      "Διαγραφή από τη λίστα"}},
    {"la",
     {"Index", "Signa", "Paginae", "Frons", "Textus", "Adnotationes", "Tegumentum", "Adnotationes ad paginam",
      "Adnotationes ad paginas", "Redi ad locum", "Sine titulo", "Lege plura", "Textus totus additus est.",
      "Liber et PDF", "Lege in interrete", "Nomen tolle"}},
    {"ar",
     {"المحتويات", "معالم الكتاب", "الصفحات", "صفحة العنوان", "النص", "الحواشي", "الغلاف", "حواشي الصفحة",
      "حواشي الصفحات", "العودة إلى الإحالة", "بلا عنوان", "متابعة القراءة", "النص الكامل مرفق.",
      "كتاب إلكتروني وPDF", "القراءة على الويب", "إلغاء الاشتراك"}},
    {"he",
     {"תוכן העניינים", "ציוני דרך", "עמודים", "עמוד השער", "הטקסט", "הערות", "הכריכה", "הערות לעמוד",
      "הערות לעמודים", "חזרה להפניה", "ללא כותרת", "להמשך הקריאה", "הטקסט המלא מצורף.", "ספר אלקטרוני ו־PDF",
      "לקריאה באתר", "ביטול המינוי"}},
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
        if (speaks(language, table[i].language) && table[i].words[w])
            return table[i].words[w];
    return table[0].words[w];
}
