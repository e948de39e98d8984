import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pageLayoutSchema } from '@agentworkloads/api';
import { chromium, type Browser, type Page } from 'playwright-core';
import { findChromium } from '../clients/chromium-path';
import type { Collected } from './collect';
import { collectScript } from './expressions';

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: await findChromium(process.env.CHROMIUM_PATH),
    chromiumSandbox: false,
  });
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
});
afterAll(() => browser.close());

async function collect(body: string, script?: () => void): Promise<Collected> {
  await page.setContent(`<!DOCTYPE html><html><body>${body}</body></html>`);
  if (script) await page.evaluate(script);
  const collected = (await page.evaluate(
    collectScript({ maxText: 1e6, maxRuns: 2e4, maxElements: 6e4 }),
  )) as Collected;
  // Whatever the page: runs are in order, do not overlap, and stand where they say.
  pageLayoutSchema.parse(collected.layout);
  let end = 0;
  for (const run of collected.layout.runs) {
    expect(run.start).toBeGreaterThanOrEqual(end);
    expect(run.end).toBeGreaterThan(run.start);
    end = run.end;
  }
  expect(end).toBe(collected.text.length);
  return collected;
}

const runOf = (collected: Collected, text: string) =>
  collected.layout.runs.find(
    run => collected.text.slice(run.start, run.end) === text,
  );

describe('text as a visitor reads it', () => {
  const cases: Record<string, [body: string, text: string]> = {
    'blocks are parted by lines': [
      '<h1>A</h1><p>B <b>c</b>d</p><ul><li>E</li><li>F</li></ul>',
      'A\nB cd\nE\nF',
    ],
    'white space collapses': [
      '<p>  a \n  b<span> c</span>  <i> d</i></p>',
      'a b c d',
    ],
    'a line break is one': ['<p>a<br>b</p>', 'a\nb'],
    'preformatted text keeps its lines': ['<pre>a\n  b</pre>', 'a\n  b'],
    'table cells are parted by tabs': [
      '<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>',
      'a\tb\nc',
    ],
    'a price in pieces is one': [
      '<p><span style="font-size:20px">$</span><span style="font-size:48px">49</span><sup>.99</sup><span>/mo</span></p>',
      '$49.99/mo',
    ],
    'a price laid out as flex is one': [
      '<div style="display:flex;align-items:baseline"><span>$</span><span style="font-size:40px">49</span><span>/month</span></div>',
      '$49/month',
    ],
    'a gap between flex items is a space': [
      '<div style="display:flex;gap:8px"><span>49</span><span>per month</span></div>',
      '49 per month',
    ],
    'columns are parted by lines': [
      '<div style="display:flex;gap:40px"><div>Free</div><div>Pro</div></div>',
      'Free\nPro',
    ],
    'a margin between inline elements is a space': [
      '<p><b>Pro</b><i style="margin-left:12px">plan</i></p>',
      'Pro plan',
    ],
    'a currency sign of the style sheet is seen': [
      '<style>.p::before{content:"€"}</style><p class="p">10</p>',
      '€10',
    ],
    'the sign of an icon font is not': [
      '<style>.p::before{content:"\\e900"}</style><p class="p">10</p>',
      '10',
    ],
    'the chosen option and the word on a button': [
      '<select><option>Monthly</option><option selected>Yearly</option></select> <input type="submit" value="Buy">',
      'Yearly Buy',
    ],
    'invisible characters go': ['<p>a\u00adb\u200bc\ufeff</p>', 'abc'],
    'an open summary is read': [
      '<details open><summary>More</summary><p>here</p></details>',
      'More\nhere',
    ],
    'a child may be visible again': [
      '<p style="visibility:hidden">no<b style="visibility:visible">yes</b></p>',
      'yes',
    ],
    'scrolling reaches it': [
      '<div style="height:50px;overflow:auto"><p style="margin-top:300px">far</p></div>',
      'far',
    ],
    'white text on a dark ground': [
      '<div style="background:#222"><p style="color:#fff">seen</p></div>',
      'seen',
    ],
    'a mask that only fades the end': [
      '<p style="mask-image:linear-gradient(black,transparent)">Fades</p>',
      'Fades',
    ],
    'text filled by a gradient': [
      '<h1 style="background:linear-gradient(red,blue);-webkit-background-clip:text;-webkit-text-fill-color:transparent">Bright</h1>',
      'Bright',
    ],
    'white text on a picture beside it in the tree': [
      '<div style="position:relative;width:400px;height:200px"><div style="position:absolute;inset:0;background:linear-gradient(#000,#333)"></div><p style="position:relative;color:#fff">Hero</p></div>',
      'Hero',
    ],
    'a slot shows what is put in': ['<my-card>inside</my-card>', 'inside'],
  };
  it.each(Object.entries(cases))('%s', async (_name, [body, text]) => {
    expect((await collect(body)).text).toBe(text);
  });
});

describe('what a visitor does not see', () => {
  const hidden: Record<string, string> = {
    'display none': '<p style="display:none">$1</p>',
    'hidden attribute': '<p hidden>$1</p>',
    'visibility hidden': '<p style="visibility:hidden">$1</p>',
    'opacity 0': '<div style="opacity:0"><p>$1</p></div>',
    'opacity that adds up':
      '<div style="opacity:0.2"><p style="opacity:0.1">$1</p></div>',
    'no size': '<p style="font-size:0">$1</p>',
    'a box without height':
      '<div style="height:0;overflow:hidden"><p>$1</p></div>',
    'left of the page': '<p style="position:absolute;left:-9999px">$1</p>',
    'text indent':
      '<p style="text-indent:-9999px;overflow:hidden;width:100px">$1</p>',
    'above the page': '<p style="position:absolute;top:-500px">$1</p>',
    'for screen readers only':
      '<span style="position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0,0,0,0)">$1</span>',
    'clip path': '<p style="clip-path:inset(100%)">$1</p>',
    'scaled away': '<p style="transform:scale(0)">$1</p>',
    'white on white': '<p style="color:#fff">$1</p>',
    'nearly white on white': '<p style="color:#fdfdfd">$1</p>',
    'colour of its ground':
      '<div style="background:rgb(10,20,30)"><p style="color:rgb(10,20,30)">$1</p></div>',
    transparent: '<p style="color:transparent">$1</p>',
    'closed details': '<details><summary>seen</summary><p>$1</p></details>',
    'a mask that lets nothing through':
      '<p style="mask-image:linear-gradient(transparent,transparent)">$1</p>',
    'a mask of no size':
      '<p style="mask:linear-gradient(#000,#000) 0 0/0 0 no-repeat">$1</p>',
    'a filter that fades': '<p style="filter:opacity(0)">$1</p>',
    'under an opaque layer':
      '<div style="position:relative"><p>$1</p><div style="position:absolute;inset:0;background:#fff"></div></div>',
    'the back of a card':
      '<p style="transform:rotateY(180deg);backface-visibility:hidden">$1</p>',
    noscript: '<noscript>$1</noscript>',
    'a comment': '<!-- $1 -->',
    'content-visibility hidden':
      '<div style="content-visibility:hidden"><p>$1</p></div>',
    'outside a clipping box':
      '<div style="width:200px;height:50px;overflow:hidden;position:relative"><p style="position:absolute;left:400px">$1</p></div>',
  };
  it.each(Object.entries(hidden))('%s', async (_name, body) => {
    const collected = await collect(`<p>seen</p>${body}`);
    expect(collected.text).not.toContain('$1');
    expect(collected.layout.hiddenText.join()).toContain('$1');
  });

  it('is no text at all: scripts, styles, templates', async () => {
    const collected = await collect(
      '<script>1</script><style>a{}</style><template>t</template><p>x</p>',
    );
    expect(collected.text).toBe('x');
    expect(collected.layout.hiddenText).toEqual([]);
  });
});

describe('what is known of a piece of text', () => {
  it('is struck through by tag, by style, or from above', async () => {
    const collected = await collect(
      '<p><del>a</del> <s>b</s> <strike>c</strike> <span style="text-decoration:line-through">d <b>e</b></span> <i>f</i></p>',
    );
    const struck = collected.layout.runs.map(run => [
      collected.text.slice(run.start, run.end),
      run.struck,
    ]);
    expect(struck).toEqual([
      ['a', true],
      ['b', true],
      ['c', true],
      ['d', true],
      ['e', true],
      ['f', false],
    ]);
  });

  it('has size, weight, link, place and selector', async () => {
    const collected = await collect(
      '<main id="m"><p>x</p><p style="margin:0;font-size:32px;font-weight:700;position:absolute;left:100px;top:2000px"><a href="https://a.test/b">Buy</a></p></main>',
    );
    const run = runOf(collected, 'Buy')!;
    expect(run).toMatchObject({
      fontSize: 32,
      bold: true,
      tag: 'a',
      href: 'https://a.test/b',
      selector: '#m > p:nth-of-type(2) > a',
    });
    expect(run.box.x).toBe(100);
    expect(Math.abs(run.box.y - 2000)).toBeLessThan(10);
  });

  it('is flagged where assistive technology skips it', async () => {
    const collected = await collect('<p aria-hidden="true">a</p><p>b</p>');
    expect(collected.layout.runs.map(run => run.ariaHidden)).toEqual([
      true,
      undefined,
    ]);
  });
});

describe('shadow roots and frames', () => {
  it('reads an open shadow root in its place, slots filled', async () => {
    const collected = await collect(
      '<p>a</p><x-a><b>light</b></x-a><p>z</p>',
      () => {
        const root = document
          .querySelector('x-a')!
          .attachShadow({ mode: 'open' });
        root.innerHTML = '<p>dark</p><slot></slot>';
      },
    );
    expect(collected.text).toBe('a\ndark\nlight\nz');
    expect(runOf(collected, 'dark')?.selector).toBe('html > body > x-a >>> p');
    expect(runOf(collected, 'light')?.selector).toBe('html > body > x-a > b');
    expect(collected.html).toContain(
      '<template shadowrootmode="open"><p>dark</p>',
    );
  });

  it('reads a frame of the same origin, placed on the page', async () => {
    const collected = await collect(
      '<div style="height:300px"></div><iframe style="border:0" srcdoc="<body style=\'margin:0\'><p style=\'margin:20px\'>framed</p></body>"></iframe>',
    );
    // srcdoc loads a moment later than the page.
    expect(['framed', '']).toContain(collected.text);
    await page.waitForTimeout(200);
    const later = (await page.evaluate(
      collectScript({ maxText: 1e6, maxRuns: 1e4, maxElements: 1e4 }),
    )) as Collected;
    expect(later.text).toBe('framed');
    expect(later.layout.runs[0].box.y).toBeGreaterThan(300);
  });
});

describe('limits and hostile pages', () => {
  it('cuts at the limit and says so', async () => {
    await page.setContent('<p>one</p><p>two</p><p>three</p>');
    const collected = (await page.evaluate(
      collectScript({ maxText: 8, maxRuns: 10, maxElements: 100 }),
    )) as Collected;
    expect(collected).toMatchObject({ text: 'one\ntwo', truncated: true });
  });

  it('survives very deep and very wide pages', async () => {
    const collected = await collect('<div id="d"></div>', () => {
      let at = document.querySelector('#d')!;
      for (let depth = 0; depth < 5000; depth++)
        at = at.appendChild(document.createElement('i'));
      at.textContent = 'deep';
    });
    expect(collected.truncated).toBe(true);
  });

  it('replaces half a surrogate pair without moving what follows', async () => {
    const collected = await collect('<p id="p"></p>', () => {
      document.querySelector('#p')!.textContent = 'a\ud800b 😀';
    });
    expect(collected.text).toBe('a\ufffdb 😀');
    expect(Buffer.from(collected.text, 'utf8').toString('utf8')).toBe(
      collected.text,
    );
  });

  it('takes structured data as it is', async () => {
    const collected = await collect(
      '<script type="application/ld+json">{"price": 1,}</script><meta property="og:title" content="T"><meta name="__proto__" content="x">',
    );
    expect(collected.layout.jsonLd).toEqual(['{"price": 1,}']);
    expect(collected.layout.meta).toEqual({ 'og:title': 'T' });
  });
});

describe('a page that puts elements in the place of properties', () => {
  const names = [
    'childNodes',
    'nodeType',
    'localName',
    'shadowRoot',
    'parentElement',
    'ownerDocument',
    'getAttribute',
    'getBoundingClientRect',
    'getRootNode',
    'contains',
    'id',
    'previousElementSibling',
    'nextElementSibling',
    'textContent',
    'getElementsByTagName',
  ];
  it.each(names)('hides no text of a form by the name %s', async name => {
    const { text, layout } = await collect(
      `<form><input name="${name}"><input name="${name}"><p>Formplan $77 / month</p></form>`,
    );
    expect(text).toBe('Formplan $77 / month');
    expect(layout.hiddenText).toEqual([]);
  });

  it.each([
    'documentElement',
    'body',
    'title',
    'doctype',
    'querySelectorAll',
    'elementsFromPoint',
    'createTreeWalker',
    'createRange',
    'defaultView',
  ])('hides no text of the document by the name %s', async name => {
    const { text, layout } = await collect(
      `<img name="${name}"><img name="${name}"><form name="${name}"></form><p>Docplan $78</p><p style="display:none">Hidden</p>`,
    );
    expect(text).toBe('Docplan $78');
    expect(layout.hiddenText).toEqual(['Hidden']);
  });
});
