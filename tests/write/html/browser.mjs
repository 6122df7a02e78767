// Looks at pages in Chromium: browser.mjs [--pictures FOLDER] KIND FILE...
//
// KIND is `page` (notes open at their calls) or `mail` (notes stand at the end). At three widths, light and dark:
// nothing scrolls sideways, axe finds nothing, nothing was fetched. At the narrowest (and on a page at the widest) each
// note is followed by a click on its call and left by a click on its back link. One fault a line; last 'N looked at'.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import puppeteer from "puppeteer-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const words = process.argv.slice(2);
const folder = words[0] === "--pictures" ? words.splice(0, 2)[1] : null;
const [kind, ...files] = words;
const WIDTHS = [360, 700, 1200];
let looked = 0;

const fault = (file, what) => console.log(`${basename(file)}: ${what}`);

async function look(page, file, width, scheme) {
    const at = `at ${width} px, ${scheme}`;
    const wide = await page.evaluate(() => ({
        scroll: document.documentElement.scrollWidth, inner: document.documentElement.clientWidth }));
    if (wide.scroll > wide.inner) fault(file, `scrolls sideways ${at}: ${wide.scroll} > ${wide.inner}`);
    await page.evaluate(axe);
    const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
    for (const v of result.violations)
        fault(file, `axe ${at}: ${v.id} (${v.nodes.length}): ${v.nodes[0].html.slice(0, 120)}`);
    if (folder)
        await page.screenshot({ path: `${folder}/${basename(file)}-${width}-${scheme}.png`, clip: { x: 0, y: 0, width, height: 1400 } });
    looked++;
}

async function followNotes(page, file, width) {
    const at = `at ${width} px`;
    const calls = await page.$$eval("a[role=doc-noteref]", list => list.map(a => [a.id, a.getAttribute("href").slice(1)]));
    const seen = id => page.$eval(`#${CSS_escape(id)}`, e => {
        const r = e.getBoundingClientRect();
        return r.height > 0 && r.width > 0 && r.bottom > 0 && r.top < innerHeight && r.left >= 0 && r.right <= innerWidth + 1;
    });
    for (const [call, note] of calls) {
        await page.$eval(`#${CSS_escape(call)}`, e => { // a call in a note that isn't open
            const note = e.closest(".note");
            if (note && !e.getBoundingClientRect().height) location.hash = note.id;
        });
        await page.$eval(`#${CSS_escape(call)}`, e => e.scrollIntoView({ block: "center" }));
        await page.click(`#${CSS_escape(call)}`);
        if (!(await page.evaluate(() => location.hash)).endsWith(note)) fault(file, `${call} doesn't lead to ${note} ${at}`);
        if (!await seen(note)) fault(file, `${note} isn't seen when it's called ${at}`);
        const back = await page.$(`#${CSS_escape(note)} a[href="#${call}"]`);
        if (!back) { fault(file, `${note} has no link back to ${call}`); continue; }
        await back.click();
        if (!(await page.evaluate(() => location.hash)).endsWith(call)) fault(file, `${note} doesn't lead back to ${call} ${at}`);
        if (!await seen(call)) fault(file, `${call} isn't seen after its note ${at}`);
        if (kind === "page" && await page.$eval(`#${CSS_escape(note)}`, e => e.classList.contains("note"))) {
            const open = await page.$eval(`#${CSS_escape(note)}`, e => e.getBoundingClientRect().height > 0);
            if (open !== width >= 1024) fault(file, `${note} is ${open ? "open" : "closed"} afterwards ${at}`);
        }
        looked++;
    }
    if (calls.length) {
        await page.click(`#${CSS_escape(calls[0][0])}`);
        await look(page, file, width, "with a note open");
    }
}

const CSS_escape = s => s.replace(/[^\w-]/g, c => "\\" + c);

const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--font-render-hinting=none"] });
try {
    for (const file of files) {
        const page = await browser.newPage();
        page.on("request", r => { if (!/^(file|data):/.test(r.url())) fault(file, `fetches ${r.url()}`); });
        page.on("console", m => { if (m.type() === "error") fault(file, m.text()); });
        for (const width of WIDTHS) {
            await page.setViewport({ width, height: 800 });
            for (const scheme of ["light", "dark"]) {
                await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
                await page.goto(`file://${resolve(file)}`);
                await look(page, file, width, scheme);
            }
            if (width === 360 || (width === 1200 && kind === "page")) await followNotes(page, file, width);
        }
        if (folder && kind === "page")
            await page.pdf({ path: `${folder}/${basename(file)}.pdf`, format: "A4" });
        await page.close();
    }
} finally {
    await browser.close();
}
console.log(`${looked} looked at`);
