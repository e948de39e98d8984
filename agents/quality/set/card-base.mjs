import { escape as e, fill, ladder, priced, writer } from './kit.mjs';
import { SKINS } from './skins.mjs';

/** What the layouts of cards start from. */

export const linesOf = (w, random) =>
  w.lines.map(line => fill(line, { n: random.int(2, 9) * 5 }));

/** The usual page: three names, three prices; `change` may alter the cards before they are drawn. */
export function base(
  w,
  random,
  { terms, period = 'month', form, count = 3, extra = {}, change } = {},
) {
  const write = writer(w, random, form ? { form } : {});
  const steps = ladder(w, random);
  const said = terms ?? random.pick(w[period] ?? ['']);
  const cards = steps.slice(0, count).map((amount, index) => ({
    name: w.names[index],
    amount,
    price: e(write.write(amount)),
    terms: e(said),
    lines: linesOf(w, random),
    ...(index === 1 && random.coin() ? { badge: w.popular } : {}),
  }));
  change?.(cards, write, steps);
  const skin = random.pick(SKINS);
  const { css, html } = skin(cards);
  return {
    css,
    html,
    cards,
    write,
    steps,
    prices: cards
      .filter(card => card.amount !== undefined)
      .map(card =>
        priced(w, card.name, card.amount, {
          ...(period === 'none' ? {} : { period }),
          ...extra,
        }),
      ),
  };
}

export const page = (w, made, more = {}) => ({
  css: made.css,
  body: `<h1>${e(w.title)}</h1>${made.html}`,
  prices: made.prices,
  ...more,
});
