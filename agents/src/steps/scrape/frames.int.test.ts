import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Fact } from '@agentworkloads/api';
import { openPages, type Pages } from '../../../test/support/open-pages';
import { parseHostRule } from '../../config/host-rules';
import { startSite, type TestSite } from '../../../test/support/site';

const WIDGET = `<!doctype html><style>div{display:flex;gap:20px}section{flex:1;padding:20px}</style><div>
  <section><h3>Basic</h3><p><b>$12</b> per month</p></section><section><h3>Team</h3><p><b>$29</b> per month</p></section></div>`;

/** By itself this browser keeps frames in the page's process; others do not. */
const MODES = { 'one process': [], 'a process each': ['--site-per-process'] };

let pages: Pages;
let apart: Pages;
/** Same machine, other origin, same site and process as the page. */
let near: TestSite;
/** Another site: a process of its own. */
let far: string;
beforeAll(async () => {
  pages = await openPages(MODES['one process']);
  apart = await openPages(MODES['a process each']);
  near = await startSite({
    '/': WIDGET,
    '/chat': '<h1>Hi!</h1><button>Start a chat</button><p>From $5 only</p>',
    '/hangs': `${WIDGET}<script>setTimeout(() => { for (;;) {} }, 300)</script>`,
    '/wraps': `<p>Our table</p><iframe sandbox srcdoc='${WIDGET}' width=700 height=300></iframe>`,
    '/nothing': (_request, response) => void response.writeHead(204).end(),
    '/refuses': (_request, response) =>
      void response.writeHead(500).end('<h1>Forbidden</h1><p>$5 only</p>'),
    '/late': `<div id=d></div><script>setTimeout(() => { d.innerHTML = ${JSON.stringify(
      WIDGET,
    )} }, 1200)</script>`,
    '/blank': '<!doctype html><script>void 0</script>',
    '/switch': `<button>Monthly</button><button>Yearly</button>${WIDGET}`,
    '/deep': `<p>Our table</p><iframe src="/" width=700 height=300></iframe>`,
  });
  far = near.origin.replace('127.0.0.1', 'localhost');
});
afterAll(() => Promise.all([pages.close(), apart.close(), near.close()]));

const page = (frame: string) =>
  `<!doctype html><html lang=en><title>Pricing</title><style>body{margin:0}</style><h1>Pricing</h1><p>Choose your plan</p>${frame}`;
const frame = (src: string, more = 'width=900 height=400') =>
  `<iframe src="${src}" ${more}></iframe>`;
const priced = (facts: readonly Fact[]) =>
  facts
    .filter(({ kind }) => kind === 'price')
    .map(({ view, subject, value }) => `${view} ${subject} ${value}`);
const BOTH = ['frame-1 Basic 12', 'frame-1 Team 29'];

describe('a frame of another origin', () => {
  const kinds: Record<string, () => string> = {
    'of the same site': () => frame(near.origin),
    'of another site': () => frame(far),
    'that may not be of any origin': () =>
      `<iframe sandbox srcdoc='${WIDGET}' width=900 height=400></iframe>`,
    'that stands in another one': () => frame(`${far}/deep`),
  };
  const ways = Object.keys(kinds).flatMap(kind =>
    Object.keys(MODES).map(mode => [kind, mode]),
  );
  it.each(ways)('%s is read, with %s', async (kind, mode) => {
    const browser = mode === 'one process' ? pages : apart;
    const { facts, notes, views } = await browser.read(page(kinds[kind]()));
    expect(notes).toEqual([]);
    const own = priced(facts).map(each => each.replace(/frame-\d/, 'frame-1'));
    expect(own).toEqual(BOTH);
    expect(views.at(-1)?.frame?.url).toMatch(/^(http|about)/);
  });

  it.each(Object.keys(MODES))('is read at its place, with %s', async mode => {
    const browser = mode === 'one process' ? pages : apart;
    const { facts } = await browser.read(
      page(
        `<div style="height:500px"></div>${frame(
          far,
          'width=900 height=400 style="margin-left:100px;border:0"',
        )}`,
      ),
    );
    const basic = facts.find(({ value }) => value === 12);
    expect(basic?.box?.x).toBeGreaterThan(100);
    expect(basic?.box?.y).toBeGreaterThan(560);
  });

  it('that sells nothing gives no facts', async () => {
    const { facts } = await pages.read(page(frame(`${far}/chat`)));
    expect(facts.filter(({ view }) => view !== 'page')).toEqual([]);
  });

  it('that hangs, or does not load, is said; and costs itself alone', async () => {
    const { facts, notes } = await apart.read(
      page(
        frame(`${far}/hangs`) +
          frame('http://127.0.0.1:1/') +
          frame(near.origin),
      ),
    );
    expect(priced(facts)).toEqual(BOTH);
    expect(notes).toEqual([
      expect.stringMatching(/frame of localhost.*did not answer in time/),
      expect.stringMatching(/frame of 127.0.0.1:1 .*did not load/),
    ]);
  });

  it('of a host that the run’s rules do not allow is not read, and that is said', async () => {
    const { views, notes } = await pages.read(
      page(frame(far) + frame(near.origin)),
      {},
      { allow: [parseHostRule('127.0.0.1')], denied: [], deny: [] },
    );
    expect(views.map(view => view.frame?.url)).toEqual([`${near.origin}/`]);
    expect(notes).toEqual([
      expect.stringMatching(/frame of localhost:\d+ was not read: .*not among/),
    ]);
  });

  it.each(Object.keys(MODES))(
    'without an address is of the host around it, with %s',
    async mode => {
      const browser = mode === 'one process' ? pages : apart;
      const { views, notes } = await browser.read(
        page(frame(`${far}/wraps`)),
        {},
        { allow: [parseHostRule('127.0.0.1')], denied: [], deny: [] },
      );
      expect(views).toEqual([]);
      expect(notes).toHaveLength(2);
      for (const note of notes) expect(note).toMatch(/not among the hosts/);
    },
  );

  it('that nobody sees, or of the size of an advertisement, is not read', async () => {
    const { views, notes } = await pages.read(
      page(
        frame(far, 'width=1 height=1') +
          frame(far, 'width=900 height=400 style="visibility:hidden"') +
          `<div style="opacity:0">${frame(far)}</div>` +
          frame(near.origin, 'width=300 height=250 style="border:0"'),
      ),
    );
    expect(views).toEqual([]);
    expect(notes.join()).toMatch(/size of an advertisement/);
  });

  const CLIP = 'width:0;height:0;overflow:hidden';
  const unseen: Record<string, () => string> = {
    'cut off by a box around it': () =>
      `<div style="${CLIP}">${frame(far)}</div>`,
    'cut off by a box around that box': () =>
      `<div style="${CLIP}"><div style="position:relative">${frame(
        far,
      )}</div></div>`,
    'past the right edge of a page that does not scroll there': () =>
      `<style>html{overflow-x:hidden}</style>${frame(
        far,
        'width=900 height=400 style="position:absolute;left:1400px;top:0"',
      )}`,
    'left of the page': () =>
      frame(far, 'width=900 height=400 style="position:absolute;left:-2000px"'),
    'clipped by a path': () =>
      `<div style="clip-path:inset(100%)">${frame(far)}</div>`,
    'that the page says is shown': () =>
      `<script>Element.prototype.checkVisibility = () => true; Element.prototype.getBoundingClientRect = () => ({ left: 0, top: 0, width: 900, height: 400 })</script><div style="opacity:0">${frame(
        far,
      )}</div>`,
  };
  const unseenWays = Object.keys(unseen).flatMap(kind =>
    Object.keys(MODES).map(mode => [kind, mode]),
  );
  it.each(unseenWays)('%s is not seen, with %s', async (kind, mode) => {
    const browser = mode === 'one process' ? pages : apart;
    const { views, notes } = await browser.read(page(unseen[kind]()));
    expect(views).toEqual([]);
    expect(notes).toEqual([]);
  });

  const shown: Record<string, () => string> = {
    'in a box that scrolls': () =>
      `<div style="height:300px;overflow:auto"><div style="height:600px"></div>${frame(
        far,
      )}</div>`,
    'out of the flow, in a box that is none for it': () =>
      `<div style="${CLIP}">${frame(
        far,
        'width=900 height=400 style="position:absolute"',
      )}</div>`,
    'that the page says is hidden': () =>
      `<script>Element.prototype.checkVisibility = () => false</script>${frame(
        far,
      )}`,
  };
  it.each(Object.keys(shown))('%s is seen', async kind => {
    const { facts } = await pages.read(page(shown[kind]()));
    expect(priced(facts)).toEqual(BOTH);
  });

  const nothing: Record<string, () => string> = {
    'whose address is none': () => frame('http://localhost:PORT/inner.html'),
    'of a scheme that nobody knows': () => frame('widget://prices'),
    'that answered with no document': () => frame(`${near.origin}/nothing`),
  };
  it.each(Object.keys(nothing))('%s is said', async kind => {
    const { facts, notes } = await pages.read(page(nothing[kind]()));
    expect(priced(facts)).toEqual([]);
    expect(notes).toEqual([
      expect.stringMatching(
        /A frame was not read: nothing came of its address/,
      ),
    ]);
  });

  it('that is answered with an error is no evidence, and said', async () => {
    const { facts, notes } = await pages.read(page(frame(`${far}/refuses`)));
    expect(facts.filter(({ view }) => view !== 'page')).toEqual([]);
    expect(notes).toEqual([
      expect.stringMatching(/localhost.* was not read: .*HTTP 500/),
    ]);
  });

  it('that puts its prices in by a timer is waited for', async () => {
    const { facts, notes } = await apart.read(page(frame(`${far}/late`)));
    expect(priced(facts)).toEqual(BOTH);
    expect(notes).toEqual([]);
  });

  it.each<[string, string, string, RegExp]>([
    ['empty', '/blank', 'width=900 height=400', /it is empty/],
    ['narrow', '/', 'width=150 height=400', /smaller than 200 × 100 pixels/],
  ])('that is %s is said', async (_what, path, size, note) => {
    const { views, notes } = await pages.read(page(frame(far + path, size)));
    expect(views).toEqual([]);
    expect(notes).toEqual([expect.stringMatching(note)]);
  });

  it.each<[string, () => string]>([
    ['another origin', () => `${far}/switch`],
    ['the page’s own', () => '/switch'],
  ])('of %s with a switch says that it was not pressed', async (_o, src) => {
    const { facts, notes } = await pages.read(page(frame(src())), {
      '/switch': `<button>Monthly</button><button>Yearly</button>${WIDGET}`,
    });
    expect(priced(facts)).toHaveLength(2);
    expect(notes).toEqual([
      expect.stringMatching(
        /has a switch \(.*“Yearly”.*\) that was not pressed/,
      ),
    ]);
  });

  it('that a script fills has no address, and is part of the page', async () => {
    const { facts, notes } = await pages.read(
      page(
        `<iframe id=f width=900 height=400></iframe><iframe src="about:blank" width=900 height=400></iframe><script>f.contentDocument.write(${JSON.stringify(
          WIDGET,
        )})</script>`,
      ),
    );
    expect(notes).toEqual([]);
    expect(priced(facts)).toEqual(['page Basic 12', 'page Team 29']);
  });

  it.each([
    ['each of its own address', (i: number) => `/chat?${i}`],
    ['all of one address', () => '/chat'],
  ])('beyond the thirtieth is counted, %s', async (_kind, path) => {
    const { notes } = await apart.read(
      page(
        Array.from({ length: 40 }, (_n, i) =>
          frame(`${far}${path(i)}`, 'width=100 height=50'),
        ).join(''),
      ),
    );
    expect(notes).toEqual([
      expect.stringMatching(/^11 more frames of the page were not looked at/),
    ]);
  });

  it('of the page’s own origin is part of the page', async () => {
    const { facts, views } = await pages.read(page(frame('/inner')), {
      '/inner': WIDGET,
    });
    expect(views).toEqual([]);
    expect(priced(facts)).toEqual(['page Basic 12', 'page Team 29']);
  });
});
