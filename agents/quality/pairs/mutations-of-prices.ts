import type { TruePrice } from '../truth';
import {
  amountsOf,
  boxWithMark,
  cardsOf,
  isMentioned,
  marksOf,
  namesIn,
  open,
  otherAmount,
  placeOf,
  replace,
  textsOf,
  type PairPage,
  type Place,
} from './document';
import {
  amountChanged,
  answer,
  edit,
  inTurn,
  namesOf,
  newName,
  otherDigit,
  renamed,
  setName,
  type Mutation,
} from './mutation';
import type { Expected } from './records';

/** What becomes of a price, or of a plan's name. */

const digits = edit('digits', (document, page) => {
  const other = otherDigit(document, page, inTurn(page, 'digits'));
  if (!other) return undefined;
  replace(other.place, other.token);
  return [amountChanged(other.price, other.amount)];
});

const rename = edit('rename', (document, page) => {
  const price = inTurn(page, 'rename').find(
    each => namesIn(document, each).length > 0 && !isMentioned(document, each),
  );
  if (!price) return undefined;
  const name = newName(page, 'rename');
  setName(document, price, name);
  return [renamed(price, name)];
});

const renameWithPrice = edit('rename with price', (document, page) => {
  const plans = inTurn(page, 'both').filter(
    each => !isMentioned(document, each),
  );
  const other = otherDigit(document, page, plans);
  if (!other) return undefined;
  const name = newName(page, 'both');
  replace(other.place, other.token);
  setName(document, other.price, name);
  return [
    renamed(other.price, name),
    amountChanged(other.price, other.amount, [name]),
  ];
});

/** Writes another currency's mark in a box; its neighbours keep their distance from letters. */
function setMark(
  box: Element,
  [mark, ...more]: readonly string[],
  other: string,
): void {
  for (const text of textsOf(box)) {
    const parts = text.data.split(mark);
    text.data = parts.reduce((left, right) => {
      const before = /\p{Nd}$/u.test(left) ? '\u00a0' : '';
      const after = /^\p{Nd}/u.test(right) && /\p{L}$/u.test(other);
      return `${left}${before}${other}${after ? '\u00a0' : ''}${right}`;
    });
    // "49元人民币" names it twice.
    for (const each of more) text.data = text.data.replaceAll(each, '');
  }
}

interface Priced {
  price: TruePrice;
  place: Place;
  box: Element;
  /** Of its currency, those in the box. */
  marks: string[];
}

function withMark(
  document: Document,
  page: PairPage,
  price: TruePrice,
): Priced | undefined {
  const place = placeOf(document, page, price);
  if (!place || !price.currency) return undefined;
  const box = boxWithMark(place, price.currency, page);
  const marks = marksOf(price.currency, page).filter(each =>
    box?.textContent?.includes(each),
  );
  return box && marks.length > 0 ? { price, place, box, marks } : undefined;
}

const currencySwitched = edit('currency switched', (document, page) => {
  const all = [...page.prices, ...page.also].filter(({ amount }) => amount > 0);
  const found = all.map(price => withMark(document, page, price));
  if (found.some(each => !each) || page.forbid.length > 0) return undefined;
  const priced = found as Priced[];
  const currency = page.prices[0].currency === 'EUR' ? 'CHF' : 'EUR';
  const boxes = new Map(priced.map(({ box, marks }) => [box, marks]));
  for (const [box, marks] of boxes)
    setMark(box, marks, currency === 'EUR' ? '€' : 'CHF');
  return priced.map(
    ({ price }): Expected => ({
      list: 'changes',
      kind: 'changed',
      factKind: 'price',
      aspect: 'currency',
      subjects: namesOf(price),
      before: price.amount,
      after: price.amount,
      unit: { currency },
      ...(page.also.includes(price) && { optional: true }),
    }),
  );
});

/** The one text near a price that says "a month", and the words in it that say so. */
export function monthNear(
  place: Place,
  months: readonly string[],
): { text: Text; word: string } | undefined {
  const longest = [...months].sort((a, b) => b.length - a.length);
  let box = place.node.parentElement;
  for (let step = 0; box && step < 4; step += 1, box = box.parentElement) {
    if ((box.textContent ?? '').length > 120) return undefined;
    const found = textsOf(box).flatMap(text => {
      const word = longest.find(each =>
        new RegExp(
          `(?<!\\p{L})${each.replace(/[/.]/g, '\\$&')}(?!\\p{L})`,
          'iu',
        ).test(text.data),
      );
      return word ? [{ text, word }] : [];
    });
    if (found.length > 0) return found.length === 1 ? found[0] : undefined;
  }
  return undefined;
}

const periodSwitched = edit('period switched', (document, page) => {
  const { words } = page;
  if (!words || page.also.some(({ amount }) => amount > 0)) return undefined;
  for (const price of inTurn(page, 'period')) {
    const place = placeOf(document, page, price);
    if (!place || price.period !== 'month' || price.billed) continue;
    const near = monthNear(place, words.month);
    if (!near) continue;
    const slash = near.word.startsWith('/');
    const year = words.year.find(each => each.startsWith('/') === slash);
    if (!year) continue;
    const at = near.text.data.toLowerCase().indexOf(near.word.toLowerCase());
    const { data } = near.text;
    near.text.data =
      data.slice(0, at) + year + data.slice(at + near.word.length);
    return [
      {
        list: 'changes',
        kind: 'changed',
        factKind: 'price',
        aspect: 'terms',
        subjects: namesOf(price),
        before: price.amount,
        after: price.amount,
        unit: { period: 'year' },
      },
    ];
  }
  return undefined;
});

/** The largest box in a card that holds its price and no more than that. */
export function priceBox(card: Element, name: Text, place: Place): Element {
  let box = place.node.parentElement!;
  while (
    box.parentElement !== card &&
    box !== card &&
    !box.parentElement!.contains(name) &&
    (box.parentElement!.textContent ?? '').trim().length <= 60 &&
    !box.parentElement!.querySelector('li, a, button')
  )
    box = box.parentElement!;
  return box;
}

const priceHidden = edit('price hidden', (document, page) => {
  const { words } = page;
  const cards = cardsOf(document, page);
  if (!words || page.also.some(({ amount }) => amount > 0)) return undefined;
  for (const price of inTurn(page, 'hidden')) {
    const card = cards.find(each => each.price === price);
    const box = card && priceBox(card.box, card.name, card.place);
    if (!box || box.contains(card.name)) continue;
    // Words of the price that stand beside its box would stay.
    const whole = !price.period || monthNear(card.place, words.month);
    if (!whole || (whole !== true && !box.contains(whole.text))) continue;
    box.textContent = words.ask;
    return [
      {
        list: 'changes',
        kind: 'changed',
        factKind: 'price',
        aspect: 'hidden',
        subjects: namesOf(price),
        before: price.amount,
      },
    ];
  }
  return undefined;
});

const rangesUpperEnd = edit("range's upper end", (document, page) => {
  for (const price of inTurn(page, 'range')) {
    if (price.upTo === undefined) continue;
    const place = placeOf(document, page, price, price.upTo);
    const other = place && otherAmount(place, amountsOf(page));
    if (!other) continue;
    replace(place, other.token);
    return [
      {
        ...amountChanged(price, price.amount),
        unit: { upTo: other.amount },
      },
    ];
  }
  return undefined;
});

/** One visitor sees one price, the next another. */
const variants: Mutation = {
  name: 'A/B variant',
  make(page) {
    const document = open(page.html);
    const other = otherDigit(document, page, inTurn(page, 'variant'));
    if (!other) return undefined;
    replace(other.place, other.token);
    return {
      after: [answer(String(document)), answer(String(open(page.html)))],
      expected: [{ list: 'notCompared', reason: 'UNSTABLE', scope: 'part' }],
    };
  },
};

/** The first run's collector knew the page as loaded and nothing else. */
const oldCollector: Mutation = {
  name: "an old collector's bundle",
  make: page => ({
    after: [answer(String(open(page.html)))],
    expected: [
      {
        list: 'notCompared',
        reason: 'READ_MORE_FULLY',
        scope: 'part',
        optional: true,
      },
    ],
    oldCollector: true,
  }),
};

const oldCollectorAndDigits: Mutation = {
  name: "an old collector's bundle, digits",
  make(page) {
    const changed = digits.make({ ...page });
    const old = oldCollector.make(page)!;
    return (
      changed && {
        ...old,
        ...changed,
        expected: [...changed.expected, ...old.expected],
      }
    );
  },
};

export const OF_PRICES: readonly Mutation[] = [
  digits,
  rename,
  renameWithPrice,
  currencySwitched,
  periodSwitched,
  priceHidden,
  rangesUpperEnd,
  variants,
  oldCollector,
  oldCollectorAndDigits,
];
