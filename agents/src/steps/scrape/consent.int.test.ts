import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openPages, type Pages } from '../../../test/support/open-pages';
import { startSite, type TestSite } from '../../../test/support/site';

let pages: Pages;
beforeAll(async () => {
  pages = await openPages();
});
afterAll(() => pages.close());

const CARDS = `<div style="display:flex;gap:20px"><section><h3>Basic</h3><p><b>$12</b> per month</p></section><section><h3>Team</h3><p><b>$29</b> per month</p></section></div>`;
const BOTH = ['Basic 12', 'Team 29'];
const OVER =
  'position:fixed;left:0;right:0;bottom:0;height:200px;background:#eee';
const ASKS =
  'We use cookies to improve your experience on our website and to show you advertising.';
const page = (layer: string, script = '', content = CARDS) =>
  `<!doctype html><html lang=en><title>Pricing</title><h1>Pricing</h1><p>Choose your plan</p><div id=main>${content}</div>${layer}<script>${script}</script>`;

/** Markup by which makers of such layers are known. */
const ONETRUST = `<div id="onetrust-consent-sdk"><div id="onetrust-banner-sdk" style="${OVER}"><p>${ASKS}</p>
  <button id="onetrust-accept-btn-handler">Accept all</button><button id="onetrust-reject-all-handler">Reject all</button></div></div>`;
const COOKIEBOT = `<div id="CybotCookiebotDialog" style="${OVER}"><p>${ASKS}</p><button id="CybotCookiebotDialogBodyLevelButtonLevelOptinAllowAll">Allow all</button>
  <button id="CybotCookiebotDialogBodyLevelButtonLevelOptinDeclineAll">Deny</button></div>`;
const COOKIEBOT_API = `window.Cookiebot = { dialog: { visible: true }, hasResponse: false, consented: false, declined: false };`;
const WORDS = `<div class=bar style="${OVER}"><p>${ASKS}</p><button id=yes>Accept all cookies</button><button id=no>Reject all</button></div>`;
/** Its refusal tells the site, and takes the layer away. */
const answers = (yes: string, no: string, layer: string, then = '') => `
  document.getElementById('${yes}').onclick = () => fetch('/accepted');
  document.getElementById('${no}').onclick = () => { fetch('/refused'); setTimeout(() => { document.querySelector('${layer}').remove(); ${then} }, 300) };`;
const ONETRUST_ANSWERS = answers(
  'onetrust-accept-btn-handler',
  'onetrust-reject-all-handler',
  '#onetrust-consent-sdk',
);

const prices = ({ facts }: Awaited<ReturnType<Pages['read']>>) =>
  facts
    .filter(({ kind }) => kind === 'price')
    .map(({ subject, value }) => `${subject} ${value}`);

describe('a consent layer is answered with “reject”', () => {
  const kinds: Record<string, [html: string, layer: string]> = {
    'of a maker that is known': [page(ONETRUST, ONETRUST_ANSWERS), 'Onetrust'],
    'that says of itself in the page’s own world that it is open': [
      page(
        COOKIEBOT,
        COOKIEBOT_API +
          answers(
            'CybotCookiebotDialogBodyLevelButtonLevelOptinAllowAll',
            'CybotCookiebotDialogBodyLevelButtonLevelOptinDeclineAll',
            '#CybotCookiebotDialog',
            'Cookiebot.dialog.visible = false; Cookiebot.hasResponse = true; Cookiebot.declined = true',
          ),
      ),
      'Cybotcookiebot',
    ],
    'of which only its words are known': [
      page(WORDS, answers('yes', 'no', '.bar')),
      'unknown',
    ],
    'that waits for the first scrolling': [
      page(
        '<div style="height:3000px"></div>',
        `addEventListener('scroll', () => { document.body.insertAdjacentHTML('beforeend', ${JSON.stringify(
          ONETRUST,
        )}); ${ONETRUST_ANSWERS} }, { once: true })`,
      ),
      'Onetrust',
    ],
  };
  it.each(Object.keys(kinds))('%s', async kind => {
    const [html, layer] = kinds[kind];
    const seen = await pages.read(html, { '/refused': '', '/accepted': '' });
    expect(seen.consent).toEqual({ layer, answer: 'reject' });
    expect(seen.hits).toContain('GET /refused');
    expect(seen.hits).not.toContain('GET /accepted');
    expect(seen.text).not.toMatch(/We use cookies/);
    expect(seen.notes).toEqual([]);
    expect(prices(seen)).toEqual(BOTH);
  });

  it('and what it kept back is read', async () => {
    const seen = await pages.read(
      page(
        ONETRUST,
        answers(
          'onetrust-accept-btn-handler',
          'onetrust-reject-all-handler',
          '#onetrust-consent-sdk',
          `main.innerHTML = ${JSON.stringify(CARDS)}`,
        ),
        '<p>Please choose first.</p>',
      ),
      { '/refused': '', '/accepted': '' },
    );
    expect(seen.consent?.answer).toBe('reject');
    expect(prices(seen)).toEqual(BOTH);
  });

  it('and the page may load itself anew for that', async () => {
    const seen = await pages.read(
      page(
        ONETRUST,
        `if (document.cookie.includes('seen')) document.getElementById('onetrust-consent-sdk').remove();
         else { main.innerHTML = ''; document.getElementById('onetrust-reject-all-handler').onclick = () => { document.cookie = 'seen=1'; location.reload() } }`,
      ),
    );
    expect(seen.consent).toEqual({ layer: 'Onetrust', answer: 'reject' });
    expect(prices(seen)).toEqual(BOTH);
  });
});

describe('a consent layer in a frame of another origin', () => {
  const BUTTONS = (kind: string) =>
    `<p>${ASKS}</p><button class="sp_choice_type_11" onclick="fetch('/accepted')">Accept</button><button class="${kind}" onclick="fetch('/refused').then(() => parent.postMessage('closed', '*'))">No, thank you</button>`;
  let layers: TestSite;
  let apart: Pages;
  beforeAll(async () => {
    apart = await openPages(['--site-per-process']);
    layers = await startSite({
      '/index.html': BUTTONS('sp_choice_type_13'),
      '/chat': '<p>Hi! Can we help you?</p><button>Start a chat</button>',
      '/refused': '',
      '/accepted': '',
    });
  });
  afterAll(() => Promise.all([apart.close(), layers.close()]));

  const framed = (path: string) =>
    page(
      `<div id=box style="${OVER}"><iframe src="${layers.origin.replace(
        '127.0.0.1',
        'localhost',
      )}${path}" width=900 height=180></iframe></div>`,
      `addEventListener('message', () => box.remove())`,
    );

  it.each([
    ['one process', () => pages],
    ['a process each', () => apart],
  ])('is answered there, with %s', async (_mode, browser) => {
    const seen = await browser().read(framed('/index.html?message_id=1'));
    expect(seen.consent).toEqual({
      layer: 'Sourcepoint-frame',
      answer: 'reject',
    });
    expect(layers.hits).toContain('GET /refused');
    expect(layers.hits).not.toContain('GET /accepted');
    expect(prices(seen)).toEqual(BOTH);
    layers.hits.length = 0;
  });

  it('is no other frame that stands over the page', async () => {
    const seen = await pages.read(framed('/chat'));
    expect(seen.consent).toBeUndefined();
  });
});

describe('a layer that could not be answered is said, and never that it was', () => {
  const kinds: Record<string, [html: string, layer: string, why: RegExp]> = {
    'one that offers acceptance alone': [
      page(
        `<div class=bar style="${OVER}"><p>${ASKS}</p><button id=yes>Accept all cookies</button></div>`,
        `yes.onclick = () => { fetch('/accepted'); document.querySelector('.bar').remove() }`,
      ),
      'unknown',
      /no refusal/,
    ],
    'one in words that the library does not know': [
      page(
        `<div role=dialog aria-modal=true style="${OVER}"><p>Küpsised teevad selle lehe paremaks. Kas lubate küpsiseid kasutada?</p><button>Jah</button><button>Ei</button></div>`,
      ),
      'unknown',
      /not known/,
    ],
    'one that stays whatever is pressed': [
      page(ONETRUST),
      'Onetrust',
      /still stands/,
    ],
    'one that would lead to another page': [
      page(
        ONETRUST,
        `document.getElementById('onetrust-reject-all-handler').onclick = () => { location = '/left' }`,
      ),
      'Onetrust',
      /./,
    ],
  };
  it.each(Object.keys(kinds))('%s', async kind => {
    const [html, layer, why] = kinds[kind];
    const seen = await pages.read(html, { '/accepted': '' });
    expect(seen.consent).toEqual({
      layer,
      answer: 'none',
      why: expect.stringMatching(why),
    });
    expect(seen.notes.join()).toMatch(/consent layer.*was not answered/);
    expect(seen.hits.filter(hit => /left|accepted/.test(hit))).toEqual([]);
    expect(prices(seen)).toEqual(BOTH);
  });
});

describe('of a page without a layer nothing is said', () => {
  const kinds: Record<string, string> = {
    'a plain one': page(''),
    'one that writes about cookies': page(
      `<p>${ASKS} Read our cookie policy.</p><button>Subscribe</button>`,
    ),
    'one with a bar that stays': page(
      `<header style="position:fixed;top:0;left:0;right:0"><a href="/">Home</a> <button>Sign in</button> Plans and prices of our product</header>`,
    ),
    'one whose layer is closed already': page(
      ONETRUST.replace('position:fixed', 'display:none'),
    ),
  };
  it.each(Object.keys(kinds))('%s', async kind => {
    const seen = await pages.read(kinds[kind]);
    expect(seen.consent).toBeUndefined();
    expect(seen.notes).toEqual([]);
    expect(prices(seen)).toEqual(BOTH);
  });
});

describe('a hostile page', () => {
  it('can’t say in its own world that a layer was answered', async () => {
    const seen = await pages.read(
      page(
        `<form><input name=querySelector><input name=parentNode></form><img name=createTreeWalker><a id=autoconsentReceiveMessage></a>${ONETRUST}`,
        `for (const type of ['optOutResult', 'autoconsentDone']) {
           window.autoconsentSendMessage = window.autoconsentReceiveMessage = () => ({ type, result: true, cmp: 'Onetrust' });
           postMessage({ type, cmp: 'Onetrust', result: true }, '*');
         }
         Symbol.for = () => 'same'; Promise.prototype.then = function () { return true };`,
      ),
    );
    expect(seen.consent?.answer).toBe('none');
    expect(prices(seen)).toEqual(BOTH);
  });

  it('that hangs when it is pressed costs the answer, not the page', async () => {
    const seen = await pages.read(
      page(
        ONETRUST,
        `let n = 0; document.getElementById('onetrust-reject-all-handler').onclick = () => { const end = Date.now() + 3000; while (Date.now() < end); }`,
      ),
    );
    expect(seen.consent?.answer).toBe('none');
    expect(prices(seen)).toEqual(BOTH);
  });
});
