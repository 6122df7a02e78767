// Reads unzipped e-books in Chromium: browser.mjs [--pictures FOLDER] BOOK...
//
// BOOK is the folder with package.opf. At each width, by day, in sepia and by night (the reader's colours, laid over the
// book's as reading systems do), and with the reader's own face, size and spacing: no page scrolls sideways, nothing is
// fetched from outside, what the reader chose holds, and axe finds no text that stands out too little and nothing too small to
// be touched. Then each note is followed by a click from its
// call to the note and by another one back. One fault a line; last 'N looked at'.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import puppeteer from "puppeteer-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const words = process.argv.slice(2);
const folder = words[0] === "--pictures" ? words.splice(0, 2)[1] : null;
const WIDTHS = [320, 768, 1200];
const PAPERS = {
    day: "",
    sepia: "html, body { background: #f4ecd8 !important; color: #3b2f20 !important }",
    night: "html, body { background: #121212 !important; color: #d8d8d8 !important }",
    own: "body { font-family: 'DejaVu Sans' !important; font-size: 150% !important; line-height: 2 !important; " +
        "letter-spacing: 0.12em !important; word-spacing: 0.16em !important }",
};
let looked = 0;

const fault = what => console.log(what);
const id = s => "#" + s.replace(/[^\w-]/g, c => "\\" + c);

/// The files of a book in reading order.
function spine(book) {
    const opf = readFileSync(`${book}/package.opf`, "utf8");
    const items = new Map([...opf.matchAll(/<item id="([^"]+)" href="([^"]+)"/g)].map(m => [m[1], m[2]]));
    return [...opf.matchAll(/<itemref idref="([^"]+)"/g)].map(m => items.get(m[1]));
}

/// What keeps a face, a size or a spacing of its own against the reader's; runs in the page.
function unmoved() {
    const body = getComputedStyle(document.body), out = [];
    for (const e of document.querySelectorAll("p, li, dd, dt, td, blockquote, figcaption, h1, h2, h3, a, em, strong")) {
        if (e.closest("code, pre")) continue;
        const style = getComputedStyle(e), at = e.outerHTML.slice(0, 60);
        if (style.fontFamily !== body.fontFamily) out.push(`the face of ${at}`);
        if (style.wordSpacing !== body.wordSpacing) out.push(`the spaces of ${at}`);
        if (parseFloat(style.fontSize) < 0.6 * parseFloat(body.fontSize)) out.push(`the size of ${at}`);
    }
    return out.slice(0, 3);
}

async function look(page, file, width, paper) {
    const at = `${file} at ${width} px, ${paper}`;
    const wide = await page.evaluate(() => {
        const inner = document.documentElement.clientWidth;
        const out = [...document.querySelectorAll("body *")].filter(e => {
            const r = e.getBoundingClientRect();
            return (r.right > inner + 1 || r.left < -1) && !e.closest("table, pre");   // those scroll in themselves
        });
        return { scroll: document.documentElement.scrollWidth, inner, who: out.length ? out[0].outerHTML.slice(0, 100) : "" };
    });
    if (wide.scroll > wide.inner) fault(`${at} scrolls sideways: ${wide.scroll} > ${wide.inner} ${wide.who}`);
    else if (wide.who) fault(`${at}: outside of the window: ${wide.who}`);
    if (paper === "own") for (const what of await page.evaluate(unmoved)) fault(`${at}: ${what}`);
    if (width === WIDTHS[0] && paper !== "own") {
        await page.evaluate(axe);
        const found = await page.evaluate(() => window.axe.run(document, { runOnly: ["color-contrast", "link-in-text-block", "target-size"] }));
        for (const v of found.violations) fault(`${at}: ${v.id}: ${v.nodes[0].html.slice(0, 100)}`);
    }
    if (folder) await page.screenshot({ path: `${folder}/${basename(file, ".xhtml")}-${width}-${paper}.png` });
    looked++;
}

/// Is the element in the window, and large enough to be touched or seen?
const seen = (page, name) => page.$eval(id(name), e => {
    const r = e.getBoundingClientRect();
    return r.height > 0 && r.width > 0 && r.bottom > 0 && r.top < innerHeight && r.left >= 0 && r.right <= innerWidth + 1;
});

const where = page => page.evaluate(() => [location.pathname.split("/").pop(), decodeURIComponent(location.hash.slice(1))].join("#"));

/// Clicks on what `selector` names and says where that led.
async function follow(page, from, selector, to) {
    await page.$eval(selector, e => e.scrollIntoView({ block: "center" }));
    const leaves = from !== to.split("#")[0];
    await Promise.all([leaves ? page.waitForNavigation() : null, page.click(selector)]);
    const here = await where(page);
    if (here !== to) fault(`${from}: ${selector} leads to ${here}, not to ${to}`);
    else if (!await seen(page, to.split("#")[1])) fault(`${from}: ${to} isn't seen after a click on ${selector}`);
    looked++;
}

async function followNotes(page, book, file) {
    await page.goto(`file://${book}/${file}`);
    const calls = await page.$$eval("a[role=doc-noteref]", list => list.map(a => [a.id, a.getAttribute("href")]));
    for (const [call, href] of calls) {
        const note = href.startsWith("#") ? file + href : href, [notes, name] = note.split("#");
        await follow(page, file, id(call), note);
        const back = `${id(name)} a[role=doc-backlink][href$="#${call}"]`;
        if (await page.$(back)) await follow(page, notes, back, `${file}#${call}`);
        else fault(`${note} has no link back to ${call}`);
        if (await where(page) !== `${file}#${call}`) await page.goto(`file://${book}/${file}`);
    }
}

const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--font-render-hinting=none", "--allow-file-access-from-files"] });
try {
    for (const book of words.map(w => resolve(w))) {
        const page = await browser.newPage();
        page.on("request", r => { if (!/^(file|data):/.test(r.url())) fault(`fetches ${r.url()}`); });
        for (const file of spine(book)) {
            for (const width of WIDTHS) {
                await page.setViewport({ width, height: Math.round(width * (width < 700 ? 1.8 : 0.8)) });
                await page.goto(`file://${book}/${file}`);
                for (const [paper, css] of Object.entries(PAPERS)) {
                    await page.evaluate(text => {
                        document.getElementById("reader")?.remove();
                        const style = document.createElement("style");
                        style.id = "reader";
                        style.textContent = text;
                        document.head.append(style);
                    }, css);
                    await look(page, file, width, paper);
                }
            }
            await followNotes(page, book, file);
        }
        await page.close();
    }
} finally {
    await browser.close();
}
console.log(`${looked} looked at`);
