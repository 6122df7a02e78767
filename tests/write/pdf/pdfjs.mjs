// Opens PDFs with pdf.js as a browser would and follows all that a reader can: pages, fonts, text, tags, destinations,
// outline, attachments. usage: node pdfjs.mjs NODE_MODULES FILE… One line a file; warnings and faults before it; status 1.
import {readFileSync} from "node:fs";
import {resolve} from "node:path";
import {pathToFileURL} from "node:url";

const [modules, ...files] = process.argv.slice(2);
const print = console.log;
let said = [];
console.log = console.warn = console.error = (...words) => said.push(words.join(" "));
const folder = resolve(modules, "pdfjs-dist");
const pdfjs = await import(pathToFileURL(resolve(folder, "legacy/build/pdf.mjs")));
said = said.filter(s => !/canvas|Path2D|DOMMatrix|ImageData/.test(s));     // what a browser has and we don't draw with

async function follow(items, pdf) {
    let count = 0;
    for (const item of items ?? []) {
        const to = typeof item.dest === "string" ? await pdf.getDestination(item.dest) : item.dest;
        if (!to)
            said.push(`the outline's "${item.title}" leads nowhere`);
        else
            await pdf.getPageIndex(to[0]);
        count += 1 + await follow(item.items, pdf);
    }
    return count;
}

async function read(file) {
    const pdf = await pdfjs.getDocument({data: new Uint8Array(readFileSync(file)), verbosity: 1, isEvalSupported: false,
                                         useSystemFonts: false, disableFontFace: true}).promise;
    let tags = 0, glyphs = 0;
    for (let n = 1; n <= pdf.numPages; n++) {
        const page = await pdf.getPage(n);
        const {fnArray} = await page.getOperatorList();
        glyphs += fnArray.filter(f => f === pdfjs.OPS.showText).length;
        await page.getTextContent();
        await page.getAnnotations();
        tags += (await page.getStructTree())?.children.length ?? 0;
        page.cleanup();
    }
    await pdf.getMetadata();
    await pdf.getPageLabels();
    await pdf.getOpenAction();
    const inside = Object.keys(await pdf.getAttachments() ?? {}).length;
    const names = Object.keys(await pdf.getDestinations()).length;
    const heads = await follow(await pdf.getOutline(), pdf);
    print(`${file}: ${pdf.numPages} pages, ${glyphs} texts, ${tags} tags, ${names} destinations, ${heads} heads, ${inside} files`);
    await pdf.destroy();
}

let bad = 0;
for (const file of files) {
    try {
        await read(file);
    } catch (e) {
        said.push(String(e));
    }
    for (const s of said)
        print(`${file}: ${s}`);
    bad += said.length;
    said = [];
}
process.exit(bad ? 1 : 0);
