import {
  amountsOf,
  cardsOf,
  isMentioned,
  open,
  otherAmount,
  replace,
  write,
  type Card,
  type PairPage,
} from './document';
import {
  answer,
  edit,
  inTurn,
  namesOf,
  newName,
  type Answer,
  type Mutated,
  type Mutation,
} from './mutation';
import { monthNear, priceBox } from './mutations-of-prices';
import { phrasesOf } from './phrases';
import type { Expected } from './records';

/** What becomes of a page, or of the boxes that its plans stand in. */

/** Columns of a table go on below: what becomes of their heads alone is no change of whole plans. */
const isColumn = ({ box }: Card) =>
  /^t[dh]$/i.test(box.nodeName) &&
  (box.closest('table')?.querySelectorAll('tr').length ?? 0) > 1;

const reorder = edit('reorder', (document, page) => {
  const cards = cardsOf(document, page);
  if (cards.some(isColumn)) return undefined;
  const [first, second] = cards.map(({ box }) => box);
  if (!first || first.parentElement !== second?.parentElement) return undefined;
  const mark = document.createElement('i');
  first.replaceWith(mark);
  second.replaceWith(first);
  mark.replaceWith(second);
  return [{ list: 'noted', kind: 'changed', aspect: 'reordered' }];
});

function banner(document: Document, text: string): void {
  const strip = document.createElement('div');
  strip.setAttribute('style', 'background:#fd6;padding:8px;text-align:center');
  strip.textContent = text;
  document.body.prepend(strip);
}

const bannerWithoutPrice = edit('banner', (document, page) => {
  const phrases = phrasesOf(page.language);
  if (!phrases) return undefined;
  banner(document, phrases.banner);
  return [];
});

const bannerWithPrice = edit('banner with a price', (document, page) => {
  const phrases = phrasesOf(page.language);
  const [{ currency, amount }] = page.prices;
  if (!phrases || !currency) return undefined;
  const taken = amountsOf(page);
  let offer = Math.max(2, Math.round(amount * 0.6));
  while (taken.includes(offer)) offer += 1;
  const written = new Intl.NumberFormat(page.language, {
    style: 'currency',
    currency,
    maximumFractionDigits: 0,
  }).format(offer);
  banner(
    document,
    phrases.offer.replace('{p}', () => written),
  );
  return [
    {
      list: 'changes',
      kind: 'added',
      factKind: 'price',
      aspect: 'promotion',
      after: offer,
      unit: { currency },
      // An offer for all plans is no plan's price (so says the labelled set), and a reader may be told of it.
      optional: true,
    },
  ];
});

/** A line that both versions have, and that says something else in the second. */
function line(
  page: PairPage,
  tag: 'p' | 'h2',
  [was, is]: readonly [string, string],
  aspect: 'date' | 'counter',
): Mutated {
  const withLine = (text: string) => {
    const document = open(page.html);
    const made = document.createElement(tag);
    made.textContent = text;
    const title = document.querySelector('h1');
    if (tag === 'p' && title) title.after(made);
    else {
      const footer = document.querySelector('footer');
      if (footer) footer.before(made);
      else document.body.append(made);
    }
    return write(document);
  };
  return {
    before: withLine(was),
    after: [answer(withLine(is))],
    expected: [{ list: 'noted', kind: 'changed', aspect, optional: true }],
  };
}

const date: Mutation = {
  name: 'date',
  make(page) {
    const phrases = phrasesOf(page.language);
    if (!phrases) return undefined;
    const [was, is] = [4, 18].map(day =>
      new Intl.DateTimeFormat(page.language, {
        dateStyle: 'long',
        timeZone: 'UTC',
      }).format(Date.UTC(2026, 4, day)),
    );
    const said = (when: string) => `${phrases.updated} ${when}`;
    return line(page, 'p', [said(was), said(is)], 'date');
  },
};

const counter: Mutation = {
  name: 'counter',
  make(page) {
    const phrases = phrasesOf(page.language);
    if (!phrases) return undefined;
    const [was, is] = [12_408, 12_611].map(count =>
      phrases.counter.replace(
        '{n}',
        new Intl.NumberFormat(page.language).format(count),
      ),
    );
    return line(page, 'h2', [was, is], 'counter');
  },
};

const FEATURE = 'Webhooks';

/** The card's list with one more line, made as its last one is. */
function addFeature({ box }: Card): boolean {
  const last = [...box.querySelectorAll('li')].at(-1);
  if (!last) return false;
  const more = last.cloneNode(true) as Element;
  const texts: Text[] = [];
  const walk = (node: Node) => {
    if (node.nodeType === 3 && /\p{L}/u.test((node as Text).data))
      texts.push(node as Text);
    node.childNodes.forEach(walk);
  };
  walk(more);
  if (texts.length !== 1) return false;
  texts[0].data = texts[0].data.replace(/[\p{L}\p{N}].*/su, FEATURE);
  last.after(more);
  return true;
}

const featureMoved: Mutation = {
  name: 'feature moved',
  make(page) {
    if (page.html.includes(FEATURE)) return undefined;
    const withFeature = (plan: number) => {
      const document = open(page.html);
      const card = cardsOf(document, page)[plan];
      return card && addFeature(card) ? write(document) : undefined;
    };
    const [before, after] = [withFeature(0), withFeature(1)];
    if (!before || !after) return undefined;
    return {
      before,
      after: [answer(after)],
      expected: [
        {
          list: 'changes',
          kind: 'changed',
          factKind: 'feature',
          aspect: 'moved',
          subjects: namesOf(page.prices[1]),
          before: FEATURE,
          after: FEATURE,
        },
      ],
    };
  },
};

/** The page comes with its switch on the other side. */
const billingToggled = edit('billing toggled', (document, page) => {
  if (!page.html.includes('.yearly')) return undefined;
  document.body.classList.toggle('yearly');
  for (const radio of document.querySelectorAll('input[type=radio]'))
    radio.toggleAttribute('checked');
  for (const name of ['aria-selected', 'aria-checked', 'aria-pressed'])
    for (const control of document.querySelectorAll(`[${name}]`))
      control.setAttribute(name, String(control.getAttribute(name) !== 'true'));
  return [];
});

const whole = (
  name: string,
  expected: readonly Expected[],
  answers: (page: PairPage) => readonly Answer[] | undefined,
): Mutation => ({
  name,
  make(page) {
    const after = answers(page);
    return after && { after, expected };
  },
});

const GONE = '<!doctype html><title>404</title><h1>404</h1>';

/** What stands around the plans, with nothing of them. */
function without(page: PairPage, headline: string, text: string): string {
  const document = open(page.html);
  for (const child of [...document.body.childNodes])
    if (!/^(?:nav|header|footer)$/i.test(child.nodeName)) child.remove();
  const title = document.createElement('h1');
  title.textContent = headline;
  const words = document.createElement('p');
  words.textContent = text;
  const nav = document.body.querySelector('nav, header');
  if (nav) nav.after(title);
  else document.body.prepend(title);
  title.after(words);
  return write(document);
}

const softNotFound = whole(
  'soft 404',
  [{ list: 'notCompared', reason: 'DOUBTFUL_NOW', scope: 'page' }],
  page => {
    const phrases = phrasesOf(page.language);
    return (
      phrases && [answer(without(page, phrases.notFound, phrases.notFoundMore))]
    );
  },
);

const notFound = whole(
  '404',
  [{ list: 'notCompared', reason: 'NOT_OBSERVED_NOW', scope: 'page' }],
  () => [{ status: 404, body: GONE }],
);

const redirect = whole(
  'redirect',
  [{ list: 'notCompared', reason: 'REDIRECTED', scope: 'page' }],
  page => [{ status: 302, location: '/welcome', body: write(open(page.html)) }],
);

const localeRedirect = whole("redirect to a language's page", [], page => [
  {
    status: 302,
    location: `/${page.language.split('-')[0]}{path}`,
    body: write(open(page.html)),
  },
]);

/** Rows of a table in the place of the cards, or cards in the place of the rows. */
const otherLayout = edit('table ↔ cards', (document, page) => {
  const cards = cardsOf(document, page);
  const months = page.words?.month ?? [];
  const parent = cards[0]?.box.parentElement;
  if (!parent || [...parent.children].length !== cards.length) return undefined;
  const made = cards.map(({ box, name, place, price }) => {
    const near = price.period ? monthNear(place, months) : undefined;
    const around = priceBox(box, name, place);
    const sure =
      !around.contains(name) &&
      (!price.period || (near && around.contains(near.text)));
    return (
      sure && {
        name: price.plan,
        price: around.innerHTML,
        list: box.querySelector('ul, ol')?.outerHTML ?? '',
      }
    );
  });
  if (made.some(each => !each)) return undefined;
  const parts = made as Exclude<(typeof made)[number], false | undefined>[];
  const rows = /^(?:tbody|table)$/i.test(parent.nodeName);
  const box = document.createElement('div');
  box.innerHTML = rows
    ? parts
        .map(
          each =>
            `<div style="display:inline-block;width:30%;padding:12px"><h3>${each.name}</h3><p>${each.price}</p>${each.list}</div>`,
        )
        .join('')
    : `<table border="1" cellpadding="8"><tbody>${parts
        .map(
          each =>
            `<tr><th>${each.name}</th><td>${each.price}</td><td>${each.list}</td></tr>`,
        )
        .join('')}</tbody></table>`;
  (rows ? parent.closest('table')! : parent).replaceWith(box);
  return [
    {
      list: 'notCompared',
      reason: 'OTHER_LAYOUT',
      scope: 'part',
      optional: true,
    },
  ];
});

const planAdded = edit('plan added', (document, page) => {
  const cards = cardsOf(document, page);
  const last = cards.at(-1);
  if (!last || cards.some(({ price }) => isMentioned(document, price)))
    return undefined;
  if (isColumn(last)) return undefined;
  const other = otherAmount(last.place, amountsOf(page));
  if (!other || page.also.some(({ amount }) => amount > 0)) return undefined;
  // The copy stays as it was; the plan itself becomes the new one, behind it.
  const copy = last.box.cloneNode(true) as Element;
  last.box.before(copy);
  const name = newName(page, 'added');
  replace(last.place, other.token);
  last.name.data = last.name.data.replace(/\S.*\S|\S/su, name);
  return [
    { list: 'changes', kind: 'added', factKind: 'plan', subjects: [name] },
  ];
});

const planRemoved = edit('plan removed', (document, page) => {
  const cards = cardsOf(document, page);
  if (cards.length < 3 || cards.some(isColumn)) return undefined;
  const price = inTurn(page, 'removed').find(
    each => !isMentioned(document, each),
  );
  const card = cards.find(each => each.price === price);
  if (!price || !card) return undefined;
  card.box.remove();
  return [
    {
      list: 'changes',
      kind: 'removed',
      factKind: 'plan',
      subjects: namesOf(price),
    },
  ];
});

export const OF_PAGES: readonly Mutation[] = [
  reorder,
  bannerWithoutPrice,
  bannerWithPrice,
  date,
  counter,
  featureMoved,
  billingToggled,
  notFound,
  softNotFound,
  redirect,
  localeRedirect,
  otherLayout,
  planAdded,
  planRemoved,
];
