import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Fact } from '@agentworkloads/api';
import { openPages, type Pages } from '../../../test/support/open-pages';

let pages: Pages;
beforeAll(async () => {
  pages = await openPages();
});
afterAll(() => pages.close());

const cards = `<div class=r><section><h3>Basic</h3><div class=p><b id=a>$12</b></div><p>per user / month</p></section>
  <section><h3>Team</h3><div class=p><b id=b>$29</b></div><p>per user / month</p></section></div>`;
const SET = `const set = y => { a.textContent = y ? '$10' : '$12'; b.textContent = y ? '$24' : '$29' }`;
const page = (control: string, script: string) =>
  `<!doctype html><html lang=en><title>Pricing</title><style>.r{display:flex;gap:20px}section{flex:1;padding:20px;border:1px solid}b{font-size:34px}</style>
  <h1>Pricing</h1>${control}${cards}<script>${SET};${script}</script>`;

/** Each is a way in which pages switch between monthly and yearly prices. */
const WAYS: Record<string, string> = {
  tabs: page(
    `<div role=tablist><button role=tab aria-selected=true id=m>Monthly</button><button role=tab aria-selected=false id=y>Yearly</button></div>`,
    `for (const t of [m, y]) t.onclick = () => { m.ariaSelected = t === m; y.ariaSelected = t === y; set(t === y) }`,
  ),
  'tabs that listen to the pointer': page(
    `<div role=tablist><button role=tab aria-selected=true id=m>Monthly</button><button role=tab aria-selected=false id=y>Yearly</button></div>`,
    `for (const t of [m, y]) t.onmousedown = () => { m.ariaSelected = t === m; y.ariaSelected = t === y; set(t === y) }`,
  ),
  radios: page(
    `<form><label><input type=radio name=p checked> Monthly</label> <label><input type=radio name=p id=y> Annual billing (save 17%)</label></form>`,
    `for (const i of document.forms[0]) i.onchange = () => set(y.checked)`,
  ),
  'a switch between two words': page(
    `<div><span>Monthly</span> <button role=switch aria-checked=false id=s style="width:40px;height:20px"></button> <span>Yearly</span></div>`,
    `s.onclick = () => { const y = s.ariaChecked !== 'true'; s.ariaChecked = y; set(y) }`,
  ),
  'a checkbox behind its drawing': page(
    `<div>Bill monthly <label class=t><input type=checkbox id=s style="opacity:0;position:absolute"><i style="display:inline-block;width:40px;height:20px;background:#888"></i></label> Bill annually</div>`,
    `s.onchange = () => set(s.checked)`,
  ),
  'a checkbox of one word': page(
    `<label><input type=checkbox id=s> Annual billing</label>`,
    `s.onchange = () => set(s.checked)`,
  ),
  'a list to choose from': page(
    `<select id=s><option>Monthly</option><option>Yearly</option></select>`,
    `s.onchange = () => set(s.selectedIndex === 1)`,
  ),
  'plain buttons': page(
    `<div><button id=m>Monthly</button><button id=y>Yearly</button></div>`,
    `m.onclick = () => set(false); y.onclick = () => set(true)`,
  ),
  'boxes that are pressed': page(
    `<div><div id=m style="cursor:pointer">Monthly</div><div id=y style="cursor:pointer">Yearly <em>-17%</em></div></div>`,
    `m.onclick = () => set(false); y.onclick = () => set(true)`,
  ),
  'one button with both words': page(
    `<button id=s><span>Monthly</span><span>Yearly</span></button>`,
    `let on = false; s.onclick = () => { on = !on; set(on) }`,
  ),
  'links to a place on the page': page(
    `<ul><li><a href="#m" id=m>Monatlich</a></li><li><a href="#y" id=y>Jährlich</a></li></ul>`,
    `m.onclick = () => set(false); y.onclick = () => set(true)`,
  ),
  'buttons in a shadow root': page(
    `<x-s></x-s>`,
    `customElements.define('x-s', class extends HTMLElement { constructor() { super(); const r = this.attachShadow({ mode: 'open' });
      r.innerHTML = '<button>月額</button><button>年額</button>'; r.children[0].onclick = () => set(false); r.children[1].onclick = () => set(true) } })`,
  ),
  'prices that come from the site': page(
    `<div><button id=m>Monthly</button><button id=y>Yearly</button></div>`,
    `m.onclick = () => set(false); y.onclick = () => fetch('/slow').then(() => set(true))`,
  ),
  'prices that come by a timer': page(
    `<div role=tablist><button role=tab aria-selected=true id=m>Monthly</button><button role=tab aria-selected=false id=y>Yearly</button></div>`,
    `for (const t of [m, y]) t.onclick = () => { m.ariaSelected = t === m; y.ariaSelected = t === y; setTimeout(() => set(t === y), 500) }`,
  ),
  'prices that are counted up': page(
    `<div><button id=m>Monthly</button><button id=y>Yearly</button></div>`,
    `m.onclick = () => set(false); y.onclick = () => { let n = 0; const t = setInterval(() => { if (++n === 8) { clearInterval(t); set(true) } else a.textContent = '$' + n }, 60) }`,
  ),
  'one toggle for each plan': page(
    `<div><button role=switch aria-checked=false id=s1 aria-label="Pay yearly">.</button></div><div><button role=switch aria-checked=false id=s2 aria-label="Pay yearly">.</button></div>`,
    `s1.onclick = () => { const y = s1.ariaChecked !== 'true'; s1.ariaChecked = y; a.textContent = y ? '$10' : '$12' };
     s2.onclick = () => { const y = s2.ariaChecked !== 'true'; s2.ariaChecked = y; b.textContent = y ? '$24' : '$29' }`,
  ),
  'a toggle that stands there twice': page(
    `<div><button role=switch aria-checked=false class=s aria-label="Pay yearly">.</button></div><div><button role=switch aria-checked=false class=s aria-label="Pay yearly">.</button></div>`,
    `const all = document.querySelectorAll('.s'); for (const s of all) s.onclick = () => { const y = s.ariaChecked !== 'true'; for (const o of all) o.ariaChecked = y; set(y) }`,
  ),
};

const prices = (facts: readonly Fact[]) =>
  facts
    .filter(({ kind }) => kind === 'price')
    .map(({ subject, value, view }) => `${view} ${subject} ${value}`);

describe('both sides of a switch are read', () => {
  it.each(Object.keys(WAYS))('%s', async way => {
    const { facts, notes } = await pages.read(WAYS[way], {
      '/slow': (_q, r) => void setTimeout(() => r.end('ok'), 400),
    });
    expect(notes).toEqual([]);
    expect(prices(facts)).toEqual([
      'page Basic 12',
      'page Team 29',
      'state-1 Basic 10',
      'state-1 Team 24',
    ]);
  });

  const THUMB =
    '<label class=w><input type=checkbox id=s onchange="set(this.checked)" style="position:absolute;opacity:0"><i style="display:inline-block;width:40px;height:20px"></i></label>';
  const PRESS = `onclick="for (const b of this.parentNode.children) b.ariaPressed = b.ariaSelected = b === this; set(this.id === 'y')"`;
  const told: Record<string, [string, ...string[]]> = {
    'a toggle, with money saved by one of them': [
      `<div><span>Monthly</span>${THUMB}<span>Annually (save $48)</span></div>`,
      'Monthly',
      'Annually (save $48)',
    ],
    'a toggle in the same box as the cards and a style': [
      `<style>.w { width: 44px }</style>Monthly ${THUMB} Yearly`,
      'Monthly',
      'Yearly',
    ],
    'buttons of which one is pressed in': [
      `<div><button id=m aria-pressed=true ${PRESS}>Pay as you go</button><button id=y aria-pressed=false ${PRESS}>Annual commitment</button></div>`,
      'Pay as you go',
      'Annual commitment',
    ],
    'tabs, with money saved by one of them': [
      `<div role=tablist><button role=tab id=m aria-selected=true ${PRESS}>Monthly</button><button role=tab id=y aria-selected=false ${PRESS}>Yearly (save $36)</button></div>`,
      'Monthly',
      'Yearly (save $36)',
    ],
    'a toggle that says nothing of its state, by the side that is marked': [
      `<div><span class=active>Monthly</span> <button onclick="set(true)" style="width:40px;height:20px"></button> <span>Yearly</span></div>`,
      'Monthly',
      'Yearly',
    ],
    'a toggle of which nobody knows the state': [
      `<div><span>Monthly</span> <button onclick="set(true)" style="width:40px;height:20px"></button> <span>Yearly</span></div>`,
      'Monthly / Yearly: as loaded',
      'Monthly / Yearly: pressed',
    ],
  };
  it.each(Object.keys(told))(
    'and each price is told with its own: %s',
    async kind => {
      const [control, loaded, other] = told[kind];
      const { facts } = await pages.read(page(control, ''));
      expect(
        facts.flatMap(({ kind: what, value, state }) =>
          what === 'price' ? [[value, state]] : [],
        ),
      ).toEqual([
        [12, loaded],
        [29, loaded],
        [10, other],
        [24, other],
      ]);
    },
  );

  it('and the page as loaded is that side which stands first, whichever it is', async () => {
    const { facts, loadedState } = await pages.read(
      page(
        `<div><label><input type=radio name=p id=m> Monthly</label><label><input type=radio name=p id=y checked> Yearly</label></div>`,
        `set(true); for (const i of [m, y]) i.onchange = () => set(y.checked)`,
      ),
    );
    expect(loadedState).toBe('Yearly');
    expect(
      facts
        .filter(({ kind }) => kind === 'price')
        .map(({ value, state }) => [value, state]),
    ).toEqual([
      [10, 'Yearly'],
      [24, 'Yearly'],
      [12, 'Monthly'],
      [29, 'Monthly'],
    ]);
  });

  it('of two switches each on its own, with the other as it was', async () => {
    const { facts, views, loadedState } = await pages.read(
      page(
        `<div><button id=m>Monthly</button><button id=y>Yearly</button></div><p>Support, too:</p><select id=s><option>Weekly</option><option>Daily</option></select><p>Support <b id=c>$5</b> per week</p>`,
        `m.onclick = () => set(false); y.onclick = () => set(true); s.onchange = () => { c.textContent = s.selectedIndex ? '$7' : '$5' }`,
      ),
    );
    const all = prices(facts).map(each => each.replace(/\D+(?=\d+$)/, ' '));
    expect(all.filter(each => /1[02]$|2[49]$/.test(each)).length).toBe(4);
    expect(views.map(({ state }) => state)).toEqual([
      'Yearly (Pricing)',
      'Daily (Support, too:)',
    ]);
    expect(loadedState).toMatch(/Weekly \(Support, too:\)$/);
  });
});

describe('what is not pressed', () => {
  const never: Record<string, string> = {
    'a link to another page': page(
      `<a href="/left?y=1">Yearly</a> <a href="/left">Monthly</a>`,
      '',
    ),
    'a button that sends a form': page(
      `<form action="/left" method=post><button>Monthly</button><button>Yearly</button></form>`,
      '',
    ),
    'buttons that buy or sign in': page(
      `<button onclick="fetch('/left')">Buy now</button><button onclick="fetch('/left')">Sign in</button>`,
      '',
    ),
  };
  it.each(Object.keys(never))('%s', async kind => {
    const { hits, views } = await pages.read(never[kind]);
    expect(views).toEqual([]);
    expect(hits.filter(hit => hit.includes('/left'))).toEqual([]);
  });

  const leaving: Record<string, string> = {
    'a script': `location = '/left'`,
    'a form that a script sends': `document.forms[0].submit()`,
    'a form that is asked for': `document.forms[0].requestSubmit()`,
    'an application that shows another page': `history.pushState({}, '', '/left'); document.body.innerHTML = '<h1>Sign in</h1>'`,
  };
  it.each(Object.keys(leaving))(
    'would leave the page: by %s, it costs the state and is said',
    async kind => {
      const { hits, facts, notes } = await pages.read(
        page(
          `<form action="/left" method=post></form><div><button id=m>Monthly</button><button id=y>Yearly</button></div>`,
          `y.onclick = () => { ${leaving[kind]} }`,
        ),
      );
      expect(hits.filter(hit => hit.includes('/left'))).toEqual([]);
      expect(prices(facts)).toEqual(['page Basic 12', 'page Team 29']);
      if (!kind.includes('asked for'))
        expect(notes.join()).toMatch(/“Yearly”.*another page/);
    },
  );
});

it('a switch that does not answer is said', async () => {
  const { views, notes } = await pages.read(
    page(
      `<div role=tablist><button role=tab aria-selected=true>Monthly</button><button role=tab aria-selected=false>Yearly</button></div>`,
      '',
    ),
  );
  expect(views).toEqual([]);
  expect(notes).toEqual([
    expect.stringMatching(/nothing else with “Yearly” chosen/),
  ]);
});

describe('a hostile switch', () => {
  it('that hangs the page costs its state, not the page', async () => {
    const { facts, notes } = await pages.read(
      page(
        `<div><button id=m>Monthly</button><button id=y>Yearly</button></div>`,
        `y.onclick = () => { for (;;) {} }`,
      ),
    );
    expect(prices(facts)).toEqual(['page Basic 12', 'page Team 29']);
    expect(notes.join()).toMatch(/“Yearly” chosen was not read/);
  });

  it('of a thousand buttons ends', async () => {
    const { views, notes } = await pages.read(
      page(
        Array.from(
          { length: 500 },
          (_n, i) =>
            `<div><button onclick="set(${i})">Monthly</button><button onclick="a.textContent='$'+${i}">Yearly</button></div>`,
        ).join(''),
        '',
      ),
    );
    expect(views.length + notes.length).toBeLessThan(8);
  });

  it('can’t put its own words in the place of the browser’s', async () => {
    const { facts } = await pages.read(
      page(
        `<form><input name=getAttribute><input name=closest><input name=parentElement><label><input type=radio name=p checked> Monthly</label><label><input type=radio name=p id=y> Yearly</label></form><img name=createTreeWalker><img name=body>`,
        `for (const i of document.querySelectorAll('[type=radio]')) i.onchange = () => set(y.checked)`,
      ),
    );
    expect(prices(facts)).toContain('state-1 Team 24');
  });
});
