import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPlaywrightBrowser } from '../clients/playwright-browser';
import { parseEnv } from '../config/env';
import { systemClock } from '../runtime/clock';
import { createLogger } from '../runtime/logger';
import { commandEnvSchema } from './command-env';
import { extractFiles, type ExtractedPage } from './extract';

const env = parseEnv(commandEnvSchema, {
  CHROMIUM_PATH: process.env.CHROMIUM_PATH,
});
const browser = createPlaywrightBrowser({
  chromiumPath: env.CHROMIUM_PATH,
  tries: 3,
  baseDelayMs: env.RETRY_BASE_MS,
  timeoutMs: env.RETRY_TIMEOUT_MS,
  placeWaitMs: 0,
  logger: createLogger({ name: 'test', level: 'silent' }),
  sleep: ms => systemClock.sleep(ms),
});
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'extract-'));
});
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true, force: true });
});

async function extract(
  pages: Readonly<Record<string, string>>,
  ...more: string[]
): Promise<ExtractedPage[]> {
  const files = Object.keys(pages).map(name => join(folder, name));
  for (const [name, html] of Object.entries(pages))
    await writeFile(join(folder, name), html);
  const lines: string[] = [];
  await extractFiles([...files, ...more], browser, env, line =>
    lines.push(line),
  );
  return lines.map(line => JSON.parse(line) as ExtractedPage);
}

const card = (name: string, price: string) =>
  `<div><h3>${name}</h3><p>${price} per month</p></div>`;
const page = (...cards: string[]) =>
  `<!doctype html><title>Plans</title><h1>Pricing</h1><div>${cards.join(
    '',
  )}</div>`;

describe('extract', () => {
  it('gives a line for each file in the order of the files', async () => {
    const pages = Object.fromEntries(
      [1, 2, 3, 4, 5, 6, 7, 8].map(n => [
        `${n}.html`,
        page(card('One', `$${n}`), card('Two', `$${n + 10}`)),
      ]),
    );
    const lines = await extract(pages);
    expect(lines.map(line => line.file)).toEqual(
      Object.keys(pages).map(name => join(folder, name)),
    );
    expect(
      lines.map(line => line.facts.find(fact => fact.kind === 'price')?.value),
    ).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(lines[0]).toMatchObject({
      title: 'Plans',
      mainContent: expect.stringContaining('Pricing'),
    });
  });

  it('reads what lies beside the file, and nothing of the network or above the folder', async () => {
    const inner = page(card('Solo', '€9'), card('Duo', '€19'));
    const [outer] = await extract({
      'outer.html':
        '<title>x</title><h1>Pricing</h1><iframe src="inner.html" width=900 height=400></iframe><iframe src="../../etc/passwd"></iframe><img src="http://127.0.0.1:9/x.png">',
      'inner.html': inner,
    });
    expect(
      outer.facts.filter(fact => fact.kind === 'price').map(fact => fact.value),
    ).toEqual([9, 19]);
  });

  it('has the content of the source of a page that draws nothing, no facts, and the reason', async () => {
    const words = 'What a reader without scripts is given to read, at length.';
    const [line] = await extract({
      'app.html': `<!doctype html><title>Thread</title><body><style>body{visibility:hidden}</style><noscript><p>${words}</p></noscript>`,
    });
    expect(line).toMatchObject({ facts: [], reason: 'BLANK_PAGE' });
    expect(line.mainContent).toContain(words);
  });

  it('has the content of the source of a page that goes on and on, and the reason', async () => {
    const words = 'What stands in a page that never comes to rest, at length.';
    const [line] = await extract({
      'restless.html': `<!doctype html><title>Restless</title><script>location.replace('?' + Math.random())</script><p>${words}</p>`,
    });
    expect(line).toMatchObject({ facts: [], reason: 'TOO_MANY_REDIRECTS' });
    expect(line.mainContent).toContain(words);
  });

  it('says of a file that is not there why it has nothing', async () => {
    const [line] = await extract({}, join(folder, 'none.html'));
    expect(line).toMatchObject({
      facts: [],
      reason: 'CONNECTION_FAILED',
      detail: expect.stringContaining('none.html'),
    });
  });

  it('says of a folder that it is one', async () => {
    const [line] = await extract({}, folder);
    expect(line.detail).toMatch(/is a folder.*\*\.html$/);
  });

  it('says where the prices of a page stand that shows none', async () => {
    const [line] = await extract({
      'home.html': `<title>Acme</title><link rel=canonical href="https://acme.example/"><a href="https://acme.example/pricing">Plans &amp; Pricing</a>`,
    });
    expect(line.notes).toContain(
      'The page shows no price; it names https://acme.example/pricing as the page of its prices.',
    );
  });

  it.each([
    ['windows-1251', 'Тариф', Buffer.from([0xd2, 0xe0, 0xf0, 0xe8, 0xf4])],
    ['utf-8', 'Тариф', Buffer.from('Тариф')],
  ])('reads text in %s', async (charset, word, bytes) => {
    const file = join(folder, `${charset}.html`);
    await writeFile(
      file,
      Buffer.concat([
        Buffer.from(`<meta charset=${charset}><title>x</title><p>`),
        bytes,
      ]),
    );
    const [line] = await extract({}, file);
    expect(line.mainContent).toContain(word);
  });

  it('keeps the address that a page says is its own for what it says of the country', async () => {
    const dollars = page(card('One', '$10'), card('Two', '$20')).replace(
      '<title>',
      '<link rel="canonical" href="https://acme.com.au/plans"><title>',
    );
    const [line] = await extract({ 'au.html': dollars });
    expect(
      line.facts
        .filter(fact => fact.kind === 'price')
        .map(fact => fact.unit?.currency),
    ).toEqual(['AUD', 'AUD']);
  });
});
