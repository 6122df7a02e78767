#include "layout/exceptions.h"
#include "base/text.h"
#include <stdlib.h>

/* In the order of their letters. */
static const char *const WORDS[] = {
    "abys-sinia", "aer-ial", "af-rica", "af-ri-can", "af-ri-cans", "agil-ity", "alac-rity", "al-chemy",
    "al-mighty", "alms-house", "alms-houses", "ame-nable", "am-nesty", "am-o-rous", "anat-o-mists",
    "anat-omy", "ant-hill", "ant-werp", "ar-able", "arch-ers", "ar-che-type", "ar-mies", "ar-mi-stice",
    "ar-nold", "ar-thur", "art-ist", "art-ists", "ath-ens", "au-du-bon", "av-a-rice", "bail-iff", "bail-iffs",
    "bal-tic", "bank-ers", "bank-rupts", "bar-ons", "bar-ter", "ba-sins", "ba-varia", "be-loved",
    "ben-e-fice", "ber-lin", "ber-ries", "birth-rate", "birth-right", "bond-age", "bot-a-nist", "bot-a-nists",
    "bou-logne", "brad-ley", "bra-zil", "breth-ren", "brev-ity", "brib-ery", "brigh-ton", "bris-tling",
    "brit-ain", "brit-ish", "brit-ons", "bru-tish", "build-ers", "bun-gling", "bur-ghers", "bush-els",
    "bus-tling", "ca-lam-ity", "ca-ligula", "cal-umny", "ca-naan", "can-ada", "ca-nals", "can-ons",
    "ca-price", "car-lisle", "car-thage", "car-tha-gin-ian", "car-tha-gin-ians", "cas-pian", "cas-tile",
    "cat-a-racts", "cath-a-rine", "cath-e-rine", "cath-o-lic", "cath-o-lics", "celeb-rity", "chan-cery",
    "cha-otic", "cha-pel", "chap-els", "chas-tity", "chem-ist", "chem-ists", "chi-cago", "chi-mera",
    "chiv-alry", "chol-era", "cit-a-del", "cit-ies", "claim-ant", "claim-ants", "clem-en-ceau", "climb-ers",
    "coin-age", "co-logne", "col-o-nel", "col-o-nels", "col-o-nies", "col-o-nist", "col-o-nists", "col-ony",
    "col-our", "col-oured", "col-our-less", "col-ours", "cop-ies", "coun-ter", "cour-age", "cour-tiers",
    "cou-sins", "cov-e-nant", "cov-e-nants", "cow-hide", "cre-du-lity", "crev-ice", "cri-mea", "cri-mean",
    "crom-well", "danc-ers", "dan-iel", "dan-ube", "debt-ors", "de-cade", "de-cades", "de-ficit",
    "de-moc-racy", "dem-o-crats", "dep-u-ties", "dep-uty", "des-pot", "des-potic", "des-pots", "di-lemma",
    "dog-gedly", "drain-age", "dress-ers", "drudg-ery", "dung-hill", "du-rable", "dwell-ers", "dwell-ing",
    "dwell-ings", "ear-nest", "ear-nestly", "ear-nest-ness", "econ-o-mies", "egg-shell", "em-pyr-ean",
    "en-acted", "ep-i-sode", "equi-page", "equi-poise", "eq-uity", "es-sence", "eth-ics", "eve-ning",
    "eve-nings", "eze-kiel", "fac-ile", "fam-ine", "fam-ines", "fan-cier", "fan-ciers", "fare-well",
    "fa-vour", "fa-vour-able", "fa-vour-ably", "fa-voured", "fa-vour-ite", "fa-vour-ites", "fa-vours",
    "fire-arms", "fit-test", "five-pence", "fla-vour", "fla-vours", "flor-ins", "forc-ible", "forc-ibly",
    "for-ests", "for-gery", "for-tress", "found-ers", "four-pence", "frank-lin", "free-men", "free-will",
    "gal-i-lee", "gal-i-leo", "gal-lery", "gar-ri-sons", "gas-eous", "ga-zette", "ge-neric", "ge-neva",
    "gen-ghis", "gil-bert", "gla-cial", "gla-cier", "gla-ciers", "gos-pel", "gos-pels", "gran-deur",
    "gran-deurs", "grant-ees", "gren-ville", "gro-tesque", "gro-tius", "guar-dian", "guar-dians", "hab-its",
    "hast-ily", "hear-say", "help-ers", "her-aldic", "her-bage", "her-esy", "her-e-tic", "her-e-tics",
    "he-roic", "he-ro-ine", "hez-e-kiah", "hid-eous", "hill-ock", "hom-age", "ho-meric", "hon-our-able",
    "hon-our-ably", "hor-ace", "how-ard", "hun-ger", "hunt-ers", "hy-poc-risy", "ide-als", "ink-ling",
    "jer-e-miah", "je-ru-sa-lem", "jo-seph", "ju-bi-lee", "ju-pi-ter", "kill-ing", "kitch-ens", "la-bour",
    "la-boured", "la-bourer", "la-bour-ers", "la-bours", "lab-ra-dor", "la-marck", "law-rence", "law-yer",
    "law-yers", "laz-a-rus", "leb-a-non", "leg-acy", "le-gally", "leip-zig", "lei-sure", "lei-surely",
    "lend-ers", "les-sons", "leth-argy", "li-quor", "li-quors", "lit-urgy", "liz-ards", "lon-gev-ity",
    "lov-ers", "lu-ther", "ma-cau-lay", "ma-deira", "mad-ras", "maj-esty", "mal-thus", "man-kind", "man-ors",
    "man-u-scripts", "mar-iners", "mat-thew", "med-i-cine", "med-i-cines", "me-dium", "mel-ody", "met-a-phor",
    "met-a-phors", "meth-od-ist", "meth-od-ists", "mi-chael", "mim-icry", "mi-ra-beau", "mon-arch",
    "mo-nas-tery", "mo-not-ony", "mor-als", "mul-ler", "mus-lin", "mus-lins", "mus-ter", "na-ively",
    "na-ples", "na-po-leon", "nas-cent", "nest-ling", "nest-lings", "nich-o-las", "no-where", "pag-eantry",
    "pain-ful", "paint-ers", "pal-ace", "pal-aces", "pa-lae-on-tol-o-gist", "pa-lae-on-tol-o-gists",
    "pal-ate", "pan-a-cea", "par-a-gon", "par-a-guay", "par-cels", "pa-ren-tal", "par-ish", "par-ishes",
    "pa-ri-sian", "pa-ro-chial", "pat-ent", "pat-ents", "pat-rick", "pau-city", "pay-able", "ped-es-tal",
    "pe-king", "pen-al-ties", "pen-alty", "pen-ance", "per-qui-site", "pet-als", "phar-aoh", "phil-ippe",
    "phys-ics", "phy-sique", "pit-e-ous", "piti-able", "plant-ers", "pla-teau", "pla-teaus", "pleb-i-scite",
    "plum-age", "plu-tarch", "po-land", "po-lemic", "pol-i-tic", "pol-ity", "pol-len", "po-lyg-amy",
    "pomp-ous", "por-ters", "po-tato", "po-ta-toes", "pound-age", "pov-erty", "prai-rie", "prai-ries",
    "prec-i-pice", "prem-ise", "prem-ises", "pres-ently", "priest-craft", "pri-me-val", "pro-cess",
    "prod-igy", "proph-ecy", "proph-ets", "pros-pect", "pros-pects", "prov-erb", "prov-erbs", "pro-vost",
    "pu-er-ile", "pu-pils", "put-ting", "quad-ru-ped", "quad-ru-peds", "quix-ote", "ra-cial", "raf-ters",
    "ra-leigh", "rap-idly", "ra-venna", "re-corded", "ref-uge", "ref-u-gee", "ref-u-gees", "re-gime",
    "re-gimes", "rel-ics", "res-i-due", "res-in-ous", "res-pite", "reu-ben", "rev-eries", "rhet-o-ric",
    "rich-ard", "rid-i-cule", "rig-our", "riv-ers", "riv-u-lets", "rob-ert", "roll-ing", "rous-seau",
    "sail-ors", "sa-laam", "sal-a-ries", "sal-ary", "sale-able", "sa-lient", "sam-uel", "sap-ling",
    "sap-lings", "sat-ire", "sat-i-rist", "sav-iour", "sav-on-a-rola", "scar-city", "sce-nery", "schil-ler",
    "sea-board", "sea-shells", "sea-shore", "seed-ling", "seed-lings", "sei-zure", "sei-zures", "se-rene",
    "ser-vile", "se-ville", "sew-ing", "shef-field", "shil-ling", "shil-lings", "si-be-ria", "si-be-rian",
    "sic-ily", "si-lent", "si-lently", "sing-ers", "sing-ing", "slov-enly", "smell-ing", "soc-ra-tes",
    "sol-ace", "sol-emn", "sol-o-mon", "soph-ist", "soph-istry", "soph-ists", "sov-er-eignty", "span-iard",
    "span-iards", "span-iel", "spar-kling", "spe-cies", "spen-cer", "spi-noza", "spokes-man", "star-light",
    "stat-ure", "stat-ute", "stat-utes", "stead-ily", "steam-ship", "steam-ships", "stin-gi-ness", "sti-pend",
    "strang-ers", "stu-pid", "su-prem-acy", "su-preme", "suz-erain", "swed-ish", "tab-lets", "tell-ing",
    "te-nets", "ten-ures", "ther-mom-e-ter", "think-ers", "till-age", "till-ers", "to-night", "tour-ist",
    "tour-ists", "trac-table", "trac-ta-ble-ness", "trad-ers", "trag-edy", "trai-tor", "trai-tors",
    "tran-sept", "trea-ties", "trou-sers", "trust-ees", "two-pence", "tyr-an-nous", "tyr-anny", "ty-rant",
    "ty-rants", "un-err-ing", "uto-pian", "vag-a-bond", "vag-a-bonds", "va-liant", "va-pour", "va-pours",
    "ven-geance", "ven-ice", "vice-roy", "vig-our", "vir-tue", "vir-tues", "vol-a-tile", "vol-taire",
    "wag-ner", "ward-robe", "war-time", "weap-ons", "weav-ers", "whis-kers", "whis-tling", "wil-liam",
    "wil-liams", "wool-len", "wrest-ling", "wretch-ed-ness", "writh-ing", "zech-a-riah", "zed-e-kiah",
};

/* Where the letters of the word stand to those of an entry, whose hyphens don't count. */
static int compare(const void *key, const void *entry)
{
    const struct text *word = key;
    const char *const *of = entry, *e = *of;
    for (size_t i = 0; i < word->length; i++, e++) {
        e += *e == '-';
        if (word->at[i] != *e)
            return (unsigned char)word->at[i] < (unsigned char)*e ? -1 : 1;
    }
    return *e ? -1 : 0;
}

const char *exception_find(struct text word)
{
    const char *const *found = bsearch(&word, WORDS, sizeof WORDS / sizeof *WORDS, sizeof *WORDS, compare);
    return found ? *found : NULL;
}
