import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { savedBundle, savedPageOf } from '@agentworkloads/facts/testing';
import { extractFacts } from '@agentworkloads/facts';
import { mainContent } from './main-content';

const PARAGRAPH =
  'We repair bicycles of every make, and tell you before we begin what it will come to, so that nobody is surprised afterwards. ';
const FRAME_TOP =
  '<nav><a href="/">Home</a> <a href="/a">About</a></nav><header><p>Acme and sons</p></header>';
const FRAME_END = '<footer><p>Imprint and privacy</p></footer>';
const page = (body: string, more?: Parameters<typeof savedPageOf>[1]) =>
  savedPageOf(FRAME_TOP + body + FRAME_END, more);
const long = (words: string) => `<p>${words} ${PARAGRAPH.repeat(3)}</p>`;

describe('the main content of a page', () => {
  it('is its text without navigation, header and footer', () => {
    const { text } = mainContent(page(`<h1>Repairs</h1>${long('First.')}`));
    expect(text).toMatch(/^Repairs\nFirst\./);
    expect(text).not.toMatch(/Home|Acme and sons|Imprint/);
  });

  it('is word for word the saved text at its offsets', () => {
    const bundle = page(
      `<h1>Repairs</h1>${long(
        'First.',
      )}<ul><li>Wheels</li><li>Chains</li></ul>`,
    );
    const { parts } = mainContent(bundle);
    expect(parts.map(part => part.text)).toContain('Chains');
    for (const { text, start, end } of parts)
      expect(bundle.text.slice(start, end)).toBe(text);
  });

  it.each([
    'cookie-banner consent',
    'site-sidebar sidebar',
    'newsletter',
    'nav',
  ])('leaves out an element that is called "%s"', name => {
    const body = `${long(
      'First.',
    )}<div class="${name}"><p>Not this one</p></div>`;
    expect(mainContent(page(body)).text).not.toContain('Not this one');
  });

  it('leaves out a list of short links, and keeps a list of offers that are links', () => {
    const links = (texts: string[]) =>
      `<ul>${texts
        .map(text => `<li><a href="#">${text}</a></li>`)
        .join('')}</ul>`;
    const cards = ['Wheel', 'Chain', 'Bell']
      .map(name => `<li><a href="#"><h3>${name}</h3></a></li>`)
      .join('');
    const { text } = mainContent(
      page(
        `${long('First.')}${links(['Jobs', 'Press', 'Blog'])}<ul>${cards}</ul>`,
      ),
    );
    expect(text).not.toContain('Press');
    expect(text).toContain('Chain');
  });

  it('keeps the lists of a page that is a list of links', () => {
    const list = (letter: string) =>
      `<h2>${letter}</h2><ul>${['one', 'two', 'three', 'four']
        .map(word => `<li><a href="#">${letter} ${word}</a></li>`)
        .join('')}</ul>`;
    const { text } = mainContent(
      page(
        `<main><h1>Categories</h1>${[...'ABCDEFGHIJKL']
          .map(list)
          .join('')}</main>`,
      ),
    );
    expect(text).toContain('B three');
  });

  describe('of a product', () => {
    const product = (description: string) => ({
      jsonLd: [
        JSON.stringify({ '@type': 'Product', name: 'Lamp', description }),
      ],
    });
    const section = (heading: string) =>
      `<section><h2>${heading}</h2><p>Another thing</p></section>`;

    it.each(['Related products', 'You may also like', 'Customer reviews (12)'])(
      'leaves out what stands under "%s"',
      heading => {
        const body = `<h1>Lamp</h1>${long('A lamp.')}${section(heading)}`;
        const { text } = mainContent(page(body, product('A lamp.')));
        expect(text).not.toContain('Another thing');
        expect(text).toContain('A lamp.');
      },
    );

    it('keeps what stands under any other heading', () => {
      const body = `<h1>Lamp</h1>${long('A lamp.')}${section('In the box')}`;
      const { text } = mainContent(page(body, product('A lamp.')));
      expect(text).toContain('Another thing');
    });

    it('has the description of its data, where the page shows none', () => {
      const words = PARAGRAPH.repeat(2).trim();
      const bundle = page('<h1>Lamp</h1>', product(`<p>${words}</p>`));
      const { parts, markdown } = mainContent(bundle);
      expect(parts).toContainEqual({ text: words });
      expect(markdown).toContain(words);
    });

    it('says nothing twice: its data are left out where the page shows them', () => {
      const words = PARAGRAPH.repeat(2).trim();
      const body = `<h1>Lamp</h1><p>${words}</p>`;
      const { text } = mainContent(page(body, product(words)));
      expect(text.split(words)).toHaveLength(2);
    });
  });

  it('has the text of a closed accordion, without a place in what a visitor sees', () => {
    const bundle = page(
      `${long(
        'First.',
      )}<h3>How long?</h3><div hidden><p>Two days at most.</p></div>`,
    );
    const { parts } = mainContent(bundle);
    expect(parts).toContainEqual({ text: 'Two days at most.' });
    expect(extractFacts(bundle).map(fact => fact.value)).not.toContain(
      'Two days at most.',
    );
  });

  it('is not nothing where all of it stands in what looks like a frame', () => {
    const body = `<div class="modal"><div class="overlay">${long(
      'All.',
    )}</div></div>`;
    const { text } = mainContent(savedPageOf(`${body}<p>Close this box</p>`));
    expect(text).toContain('All.');
  });

  it('is the posts of a thread', () => {
    const post = (words: string) =>
      `<div class="row"><a href="#">tim</a><span>Joined 2019</span><div class="post-body">${long(
        words,
      )}</div></div>`;
    const { type, text } = mainContent(
      page(post('Does it rust?') + post('It does.'), {
        url: 'https://forum.acme.example/t/rust/12',
      }),
    );
    expect(type).toBe('forum');
    expect(text).toMatch(/Does it rust[^]*It does/);
    expect(text).not.toContain('Joined');
  });

  it('is of a product what the seller says of it, once', () => {
    const twice = '<p>Steel frame with seven gears and a basket.</p>';
    const { type, text } = mainContent(
      page(
        `<h1>Town bicycle</h1>${twice}${twice}${long(
          'Built by hand.',
        )}<div class="customer-reviews"><p>Five stars, would buy again</p></div>`,
        { jsonLd: ['{"@type": "Product", "name": "Town bicycle"}'] },
      ),
    );
    expect(type).toBe('product');
    expect(text.match(/Steel frame/g)).toHaveLength(1);
    expect(text).toContain('Built by hand');
    expect(text).not.toContain('Five stars');
  });

  it('is of an article what Readability finds', () => {
    const { type, text } = mainContent(
      page(
        `<div><div>${long('One.')}${long('Two.')}${long(
          'Three.',
        )}</div><div><p>More from us</p></div></div>`,
        { meta: { 'og:type': 'article' } },
      ),
    );
    expect(type).toBe('article');
    expect(text).toMatch(/One\.[^]*Three\./);
  });

  it.each([
    ['https://shop.example/product/lamp', 'product'],
    ['https://shop.example/about-lamps', 'article'],
  ])(
    'says "article" of every page in some programs: %s is a %s',
    (url, type) => {
      const meta = { 'og:type': 'article' };
      const bundle = page(`<h1>Lamp</h1>${long('A lamp.')}`, { url, meta });
      expect(mainContent(bundle).type).toBe(type);
    },
  );

  it('is nothing for a page that shows nothing', () => {
    expect(mainContent(savedPageOf(''))).toMatchObject({
      parts: [],
      text: '',
      markdown: '',
    });
  });

  it('gives the same for the same page', () => {
    const make = () => mainContent(page(`<h1>Repairs</h1>${long('First.')}`));
    expect(make()).toEqual(make());
  });
});

describe('the main content as Markdown', () => {
  it('has headings, lists and the rows of tables', () => {
    const { markdown } = mainContent(
      page(
        `<h1>Repairs</h1><p>We <b>do</b> them.</p><ul><li>Wheels</li><li>Chains</li></ul><table><tr><td>Wheel</td><td>$9</td></tr></table>${long(
          'First.',
        )}`,
      ),
    );
    expect(markdown).toMatch(
      /^# Repairs\n\nWe do them\.\n\n- Wheels\n- Chains\n\nWheel \\\| \$9\n\nFirst\./,
    );
  });

  it('makes no markup of what a page says', () => {
    const { markdown } = mainContent(
      page(
        `<p>[click](javascript:alert(1)) &lt;img src=x&gt; **bold** # no heading</p>${long(
          'First.',
        )}`,
      ),
    );
    expect(markdown).toContain(
      '\\[click\\](javascript:alert(1)) \\< img src=x \\> \\*\\*bold\\*\\* \\# no heading',
    );
  });
});

describe('a bundle that was saved before collectors were recorded', () => {
  const bundle = savedBundle('without-collector');

  it('is read as it was', () => {
    expect(bundle.page.collector).toBeUndefined();
    const hash = createHash('sha256').update(bundle.text).digest('hex');
    expect(bundle.page.textSha256).toBe(hash);
    expect(
      extractFacts(bundle)
        .filter(fact => fact.kind === 'price')
        .map(fact => fact.value),
    ).toEqual(expect.arrayContaining([8.75, 15]));
  });

  it('has main content for whoever wants it now', () => {
    expect(mainContent(bundle).text).toContain('Business+');
  });
});
