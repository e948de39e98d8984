/** What the layouts have in common: chance with a seed, amounts of a currency, and how they are written. */

/** Mulberry32: the same seed gives the same pages. */
export function chance(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return {
    next,
    int: (from, to) => from + Math.floor(next() * (to - from + 1)),
    pick: list => list[Math.floor(next() * list.length)],
    coin: (share = 0.5) => next() < share,
  };
}

const LADDERS = [
  [9, 29, 79, 199],
  [5, 12, 49, 149],
  [19, 49, 99, 249],
  [15, 39, 129, 390],
  [8.5, 18.9, 45.9, 120],
  [9.99, 24.99, 59.99, 149.99],
  [12, 36, 120, 480],
  [7, 22, 64, 1290],
];

/** Three significant digits at most, and no fractions where the currency's prices have none. */
export function scaled(words, base) {
  const raw = base * words.scale;
  if (words.decimals && words.scale === 1) return Math.round(raw * 100) / 100;
  const step = raw >= 1000 ? 10 ** (Math.floor(Math.log10(raw)) - 2) : 1;
  const whole = Math.max(1, Math.round(raw / step) * step);
  return words.decimals && base % 1 !== 0 ? whole - 0.1 : whole;
}

export const ladder = (words, random) =>
  random.pick(LADDERS).map(base => scaled(words, base));

/** A writer of prices for one page: `form` is `intl` or a pattern with `{n}`; whole amounts may keep their zeros. */
export function writer(words, random, options = {}) {
  const form = options.form ?? random.pick(words.forms);
  const tag = options.numbers
    ? `${words.tag}-u-nu-${options.numbers}`
    : words.tag;
  const zeros = options.zeros ?? (words.decimals > 0 && random.coin(0.3));
  const digits = amount => {
    const least = options.fraction ?? (amount % 1 !== 0 || zeros ? 2 : 0);
    return {
      minimumFractionDigits: least,
      maximumFractionDigits: Math.max(least, 2),
    };
  };
  const number = amount =>
    new Intl.NumberFormat(tag, digits(amount)).format(amount);
  const money = amount =>
    new Intl.NumberFormat(tag, {
      style: 'currency',
      currency: words.currency,
      ...digits(amount),
    });
  const write = amount =>
    form === 'intl'
      ? money(amount).format(amount)
      : form.replace('{n}', () => number(amount));
  return {
    form,
    number,
    write,
    range: (from, to) =>
      form === 'intl'
        ? money(from % 1 ? from : to).formatRange(from, to)
        : form.replace('{n}', () => `${number(from)} – ${number(to)}`),
    /** The mark, the whole and the fraction apart; the fraction always has two digits. */
    parts: amount => {
      const all = new Intl.NumberFormat(tag, {
        style: 'currency',
        currency: words.currency,
        minimumFractionDigits: 2,
      }).formatToParts(amount);
      const of = types =>
        all
          .filter(part => types.includes(part.type))
          .map(part => part.value)
          .join('');
      const kinds = all.map(part => part.type);
      return {
        mark: of(['currency']),
        whole: of(['integer', 'group']),
        fraction: of(['fraction']),
        markFirst: kinds.indexOf('currency') < kinds.indexOf('integer'),
      };
    },
  };
}

export const fill = (text, values) =>
  text.replace(/\{(\w+)\}/g, (all, key) =>
    key in values ? String(values[key]) : all,
  );

export const escape = text =>
  String(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/"/g, '&quot;');

/** One price of the truth; `more` may hold period, per, upTo, from, billed. */
export const priced = (words, plan, amount, more = {}) => ({
  plan,
  amount,
  currency: words.currency,
  ...more,
});
