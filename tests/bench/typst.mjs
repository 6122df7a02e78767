// node typst.mjs IN.typ OUT.pdf [FONTS]: sets one file with Typst, as its own command line would.
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

const [source, target, fonts] = process.argv.slice(2);
const main = resolve(source);
const compiler = NodeCompiler.create({ workspace: dirname(main), fontArgs: fonts ? [{ fontPaths: [fonts] }] : undefined });
writeFileSync(target, compiler.pdf({ mainFilePath: main }));
