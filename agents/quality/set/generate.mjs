// Writes the generated part of the labelled pages: node agents/quality/set/generate.mjs
// The pages are committed; they are made anew only on purpose, for a measure is worth what its pages keep still.
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chance, escape as e } from './kit.mjs';
import { AMOUNT_LAYOUTS } from './layouts-amounts.mjs';
import { CARD_LAYOUTS } from './layouts-cards.mjs';
import { LIST_LAYOUTS } from './layouts-lists.mjs';

const PAGES = fileURLToPath(new URL('../pages/', import.meta.url));
const FOLDER = fileURLToPath(new URL('words/', import.meta.url));
/**
 * What a price page says, by language: names of plans (`names`) and goods (`goods`), how a period, a seat or a bill is written, and the
 * lines around a price that are none. `{p}` stands for a price, `{n}` for a number, `{a}` for a plan's name. `scale` turns the amounts of
 * the layouts into usual ones of the currency, `forms` are ways to write a price beside the one of `Intl`.
 */
const WORDS = readdirSync(FOLDER)
  .sort()
  .map(file => JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8')));
const EACH = 5;
const BRANDS = [
  'Orvella',
  'Tamrik',
  'Quillo',
  'Fennmark',
  'Bruvo',
  'Haldine',
  'Siskin & Rowe',
  'Mavora',
  'Ostrell',
  'Kettlebeck',
];

function documentOf(w, made, brand) {
  const rtl = /^(ar|he)/.test(w.tag) ? ' dir="rtl"' : '';
  return `<!doctype html>
<html lang="${made.lang ?? w.tag}"${rtl}><head><meta charset="utf-8"><title>${e(
    `${w.title} | ${brand}`,
  )}</title><meta property="og:site_name" content="${e(brand)}">
<style>body{font:16px/1.5 sans-serif;margin:24px}nav a{margin:0 10px}footer{margin-top:40px;color:#777}${
    made.css
  }</style></head>
<body><nav><b>${e(brand)}</b> <a href="/">${e(w.title)}</a> <a href="/c">${e(
    w.ask,
  )}</a></nav>
${made.body}
<footer>© 2026 ${e(brand)}</footer></body></html>
`;
}

const line = value => JSON.stringify(value);

/** One price a line, so that a change of the truth is read as one. */
function truthOf(name, w, made) {
  const forbid = [...new Set(made.forbid ?? [])].filter(
    amount =>
      ![...made.prices, ...(made.also ?? [])].some(
        price => price.amount === amount || price.upTo === amount,
      ),
  );
  const lines = [
    `"kind": ${line(name)}`,
    `"language": ${line(w.tag)}`,
    `"prices": [\n    ${made.prices.map(line).join(',\n    ')}\n  ]`,
    ...(made.also?.length
      ? [`"also": [\n    ${made.also.map(line).join(',\n    ')}\n  ]`]
      : []),
    ...(forbid.length ? [`"forbid": ${line(forbid)}`] : []),
  ];
  return `{\n  ${lines.join(',\n  ')}\n}\n`;
}

function main() {
  for (const old of readdirSync(PAGES))
    if (/^\d/.test(old)) rmSync(path.join(PAGES, old), { recursive: true });
  const used = new Map(WORDS.map(w => [w, 0]));
  let number = 0;
  for (const [name, layout, fits = () => true] of [
    ...CARD_LAYOUTS,
    ...AMOUNT_LAYOUTS,
    ...LIST_LAYOUTS,
  ]) {
    const random = chance(7919 * (number + 1));
    const order = WORDS.filter(fits)
      .map(w => ({ w, key: used.get(w) + random.next() * 0.9 }))
      .sort((a, b) => a.key - b.key)
      .slice(0, EACH);
    for (const { w } of order) {
      used.set(w, used.get(w) + 1);
      number += 1;
      const own = chance(104729 + number * 31);
      const brand = own.pick(BRANDS);
      const made = layout(w, own);
      const folder = path.join(
        PAGES,
        `${String(number).padStart(3, '0')}-${name}-${w.tag.toLowerCase()}`,
      );
      mkdirSync(folder, { recursive: true });
      writeFileSync(
        path.join(folder, 'page.html'),
        documentOf(w, made, made.brand ?? brand),
      );
      writeFileSync(path.join(folder, 'truth.json'), truthOf(name, w, made));
    }
  }
}

main();
