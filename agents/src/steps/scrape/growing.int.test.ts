import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Fact } from '@agentworkloads/api';
import { openPages, type Pages } from '../../../test/support/open-pages';

let pages: Pages;
beforeAll(async () => {
  pages = await openPages();
});
afterAll(() => pages.close());

const prices = (facts: readonly Fact[]) =>
  facts.filter(({ kind }) => kind === 'price').map(({ value }) => value);
const page = (body: string, script: string) =>
  `<!doctype html><html lang=en><title>Pricing</title><h1>Plans</h1>${body}<script>${script}</script>`;
const TICK = {
  '/tick': (_q: unknown, r: { end(text: string): void }) =>
    void setTimeout(() => r.end('ok'), 150),
};
/** Adds a card of a screen's height, up to a number of them. */
const ADD = (most: number) =>
  `let n = 0; const add = () => { if (n >= ${most}) return; n++; const d = document.createElement('section'); d.style.minHeight = '900px';
   d.innerHTML = '<h3>Plan ' + 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[n % 26] + 'x</h3><p><b>$' + n * 10 + '</b> per month</p>'; list.append(d) };`;

describe('a page that grows as it is scrolled', () => {
  const kinds: Record<string, string> = {
    'by what it asks of its site': page(
      '<div id=list></div><div id=end style="height:2px"></div>',
      `${ADD(
        6,
      )} add(); new IntersectionObserver(async e => { if (e[0].isIntersecting) { await fetch('/tick?' + n); setTimeout(add, 200) } }).observe(end)`,
    ),
    'at once': page(
      '<div id=list></div>',
      `${ADD(
        6,
      )} add(); addEventListener('scroll', () => { if (scrollY + innerHeight > document.body.scrollHeight - 50) add() })`,
    ),
    'in a box with a scroll bar of its own': page(
      '<div id=box style="height:600px;overflow:auto"><div id=list></div></div>',
      `${ADD(
        6,
      )} add(); box.onscroll = async () => { if (box.scrollTop + 610 > box.scrollHeight) { await fetch('/tick'); add() } }`,
    ),
  };
  const TIMER = 'setTimeout(add, 500)';
  Object.assign(kinds, {
    'by a timer as it is scrolled': page(
      '<div id=list></div>',
      `${ADD(
        6,
      )} add(); addEventListener('scroll', () => { if (scrollY + innerHeight > document.body.scrollHeight - 50) ${TIMER} })`,
    ),
    'by a timer once its end is seen': page(
      '<div id=list></div><div id=end style="height:10px"></div>',
      `${ADD(
        6,
      )} add(); new IntersectionObserver(e => { if (e[0].isIntersecting) ${TIMER} }).observe(end)`,
    ),
  });
  it.each(Object.keys(kinds))('%s is read to its end', async kind => {
    const { facts, notes } = await pages.read(kinds[kind], TICK);
    expect(prices(facts)).toEqual([10, 20, 30, 40, 50, 60]);
    expect(notes).toEqual([]);
  });

  it('at once and without end is left after a while, and that is said', async () => {
    const { notes } = await pages.read(
      page(
        '<div id=list></div>',
        `${ADD(
          1e9,
        )} add(); addEventListener('scroll', () => { if (scrollY + innerHeight > document.body.scrollHeight - 300) add() })`,
      ),
    );
    expect(notes.join()).toMatch(/goes on growing/);
  });

  it('without end is left after a while, and that is said', async () => {
    const { facts, notes } = await pages.read(
      page(
        '<div id=list></div>',
        `${ADD(
          1e9,
        )} add(); addEventListener('scroll', () => fetch('/tick').then(add))`,
      ),
      TICK,
    );
    expect(prices(facts).length).toBeGreaterThan(5);
    expect(notes.join()).toMatch(/goes on growing/);
  });
});

/** Rows of which the document holds only those in sight. */
const ROWS = (count: number, box: string, of: string, view: string) =>
  page(
    `${box}<div id=h style="height:${count * 100}px;position:relative"></div>`,
    `const draw = () => { h.innerHTML = ''; const f = Math.max(0, Math.floor((${of}) / 100)); for (let i = f; i < Math.min(${count}, f + ${view} / 100 + 1); i++) { const d = document.createElement('div');
     d.style.cssText = 'position:absolute;top:' + i * 100 + 'px'; d.innerHTML = '<h4>Item ' + (i + 1) + '</h4><p>$' + (i + 1) + '.50 each</p>'; h.append(d) } }; draw();`,
  );

describe('a list that holds only what is in sight', () => {
  const all = (count: number) =>
    Array.from({ length: count }, (_n, i) => i + 1.5);

  it('is read from place to place', async () => {
    const html = ROWS(
      40,
      '<div id=v style="height:500px;overflow:auto">',
      'v.scrollTop',
      '500',
    ).replace('draw();', 'draw(); v.onscroll = draw;');
    const { facts, notes } = await pages.read(html);
    expect(prices(facts)).toEqual(all(40));
    expect(notes).toEqual([]);
  });

  it('leaves room for the rest of the page, however many there are', async () => {
    const one = (id: string) =>
      `<div id=${id} style="height:400px;overflow:auto"><div style="height:60000px;position:relative"></div></div>`;
    const { views, notes } = await pages.read(
      page(
        one('a') + one('b') + one('c'),
        `for (const box of [a, b, c]) { const inner = box.firstChild; const draw = () => { inner.innerHTML = ''; const f = Math.floor(box.scrollTop / 100); for (let i = f; i < f + 5; i++) { const d = document.createElement('div'); d.style.cssText = 'position:absolute;top:' + i * 100 + 'px'; d.innerHTML = '<h4>Item ' + box.id + i + '</h4><p>$' + (i + 1) + '.50 each</p>'; inner.append(d) } }; draw(); box.onscroll = draw }`,
      ),
    );
    expect(views.length).toBeLessThanOrEqual(15);
    expect(notes.join()).toMatch(/only what is in sight of it/);
  });

  it('is read where the page itself is the list', async () => {
    const html = ROWS(30, '', 'scrollY - 100', 'innerHeight').replace(
      'draw();',
      'draw(); addEventListener("scroll", draw);',
    );
    const { facts } = await pages.read(html);
    expect(prices(facts)).toEqual(all(30));
  });

  it('of great length is read in part, and that is said', async () => {
    const html = ROWS(
      2000,
      '<div id=v style="height:500px;overflow:auto">',
      'v.scrollTop',
      '500',
    ).replace('draw();', 'draw(); v.onscroll = draw;');
    const { facts, notes } = await pages.read(html);
    expect(prices(facts).length).toBeGreaterThan(20);
    expect(notes.join()).toMatch(/only what is in sight of it; \d % of/);
  });

  it('is none where a box merely scrolls, or a ticker runs', async () => {
    const { views, notes } = await pages.read(
      page(
        `<p id=t>1</p><div style="height:300px;overflow:auto">${Array.from(
          { length: 60 },
          (_n, i) => `<p>Line ${i} of many</p>`,
        ).join('')}</div>`,
        `setInterval(() => { t.textContent = 'Now ' + Math.floor(performance.now() / 400) }, 100)`,
      ),
    );
    expect([views, notes]).toEqual([[], []]);
  });
});

describe('a very long page', () => {
  it.each([
    [
      '30,000 paragraphs side by side',
      (n: number) => `<p>Paragraph ${n} of this page.</p>`,
    ],
    [
      '30,000 boxes in boxes',
      (n: number) => `<div><div><span>Box ${n}</span></div></div>`,
    ],
  ])(
    'of %s is collected as far as it is read, and says that there is more',
    async (_what, line) => {
      const many = Array.from({ length: 30_000 }, (_n, i) => line(i)).join('');
      const { facts, text, truncated } = await pages.read(
        page(
          `<section><h3>Basic</h3><p><b>$12</b> per month</p></section><section><h3>Team</h3><p><b>$29</b> per month</p></section>${many}`,
          '',
        ),
      );
      expect(truncated).toBe(true);
      expect(text.length).toBeGreaterThan(1000);
      expect(prices(facts)).toEqual([12, 29]);
    },
  );
});

describe('content that comes after a pause', () => {
  const cards = `<section><h3>Basic</h3><p><b>$12</b> per month</p></section><section><h3>Team</h3><p><b>$29</b> per month</p></section>`;
  it.each([600, 2600])('of %d ms is read', async pause => {
    const { facts } = await pages.read(
      page(
        '<div id=list></div>',
        `setTimeout(() => { list.innerHTML = \`${cards}\` }, ${pause})`,
      ),
    );
    expect(prices(facts)).toEqual([12, 29]);
  });

  it('of more than is waited for is said', async () => {
    const { facts, notes } = await pages.read(
      page('<div class=skeleton aria-busy=true style="height:90px"></div>', ''),
    );
    expect(prices(facts)).toEqual([]);
    expect(notes).toEqual([expect.stringMatching(/has a mark of loading/)]);
  });

  it('is not waited for where the prices are there', async () => {
    const from = performance.now();
    await pages.read(page(cards, ''));
    expect(performance.now() - from).toBeLessThan(4000);
  });
});
