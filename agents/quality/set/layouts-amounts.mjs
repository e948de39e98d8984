import { escape as e, ladder, priced, writer } from './kit.mjs';
import { base, linesOf, page } from './card-base.mjs';
import { SKINS } from './skins.mjs';

/** Cards whose amounts are written in an unusual way, or under a language that is not theirs. */

/** The page says another language than its text has: a template that nobody looked at. */
function foreignLang(w, random) {
  return {
    ...page(w, base(w, random)),
    lang: w.tag.startsWith('en') ? 'de' : 'en',
  };
}

function currencyWords(w, random) {
  return page(w, base(w, random, { form: w.words }));
}

function localDigits(w, random) {
  const numbers = {
    'ar-EG': 'arab',
    'ar-AE': 'arab',
    'hi-IN': 'deva',
    'ja-JP': 'fullwide',
    'th-TH': 'thai',
    'zh-CN': 'fullwide',
  }[w.tag];
  const write = writer(w, random, { numbers });
  const made = base(w, random, {
    change: all =>
      all.forEach(card => (card.price = e(write.write(card.amount)))),
  });
  return page(w, made);
}

function myriads(w, random) {
  const [unit, size, forms] = {
    'en-IN': ['lakh', 1e5, ['₹{n} lakh', 'Rs {n} lakh']],
    'hi-IN': ['लाख', 1e5, ['₹{n} लाख', '{n} लाख रुपये']],
    'zh-CN': ['万', 1e4, ['{n}万元', '¥{n}万']],
    'zh-TW': ['萬', 1e4, ['NT${n}萬', '新台幣 {n} 萬元']],
    'ja-JP': ['万', 1e4, ['{n}万円', '¥{n}万']],
    'ko-KR': ['만', 1e4, ['{n}만 원', '{n}만원']],
  }[w.tag];
  const form = random.pick(forms);
  const steps = random.pick([
    [1.5, 4, 12],
    [2, 5.5, 18],
    [3, 9, 25],
  ]);
  const period = unit === 'lakh' || unit === 'लाख' ? 'year' : 'month';
  const terms = random.pick(w[period]);
  const { css, html } = random.pick(SKINS)(
    steps.map((step, index) => ({
      name: w.names[index],
      price: e(form.replace('{n}', step)),
      terms: e(terms),
      lines: linesOf(w, random),
    })),
  );
  return {
    css,
    body: `<h1>${e(w.title)}</h1>${html}`,
    prices: steps.map((step, index) =>
      priced(w, w.names[index], step * size, { period }),
    ),
  };
}

/** The fraction raised, with or without a size of its own; the mark raised too or not. */
function splitCents(w, random) {
  const small = random.coin();
  const cents = [
    random.pick([49, 50, 90, 99]),
    random.pick([0, 95, 99]),
    random.pick([5, 90, 99]),
  ];
  const write = writer(w, random);
  const raised = random.coin();
  const amounts = ladder(w, random)
    .slice(0, 3)
    .map((step, index) => Math.floor(step) + cents[index] / 100);
  const html = amount => {
    const { mark, whole, fraction, markFirst } = write.parts(amount);
    const sign = raised ? `<sup>${e(mark)}</sup>` : `<span>${e(mark)}</span>`;
    const body = `<span>${e(whole)}</span><sup class="c">${e(fraction)}</sup>`;
    return markFirst ? `${sign}${body}` : `${body} ${sign}`;
  };
  const made = base(w, random, {
    change: all =>
      all.forEach((card, index) =>
        Object.assign(card, {
          amount: amounts[index],
          price: html(amounts[index]),
        }),
      ),
  });
  return page(w, {
    ...made,
    css: `${made.css}${small ? 'sup.c{font-size:45%}' : ''}`,
  });
}

/** Mark, number and period each in an element of their own. */
function pieces(w, random) {
  const made = base(w, random, {
    form: 'intl',
    change: (all, write) => {
      all.forEach(card => {
        const parts = new Intl.NumberFormat(w.tag, {
          style: 'currency',
          currency: w.currency,
          maximumFractionDigits: card.amount % 1 ? 2 : 0,
          minimumFractionDigits: card.amount % 1 ? 2 : 0,
        }).formatToParts(card.amount);
        const number = parts
          .filter(part => part.type !== 'currency' && part.type !== 'literal')
          .map(part => part.value)
          .join('');
        const mark = parts.find(part => part.type === 'currency').value;
        const first =
          parts.findIndex(part => part.type === 'currency') <
          parts.findIndex(part => part.type === 'integer');
        const [sign, value] = [
          `<span class="s">${e(mark)}</span>`,
          `<span class="v">${e(number)}</span>`,
        ];
        card.price = first
          ? `${sign}${value}`
          : `${value}<span> </span>${sign}`;
      });
      return write;
    },
  });
  return page(w, made);
}

const WITH_FRACTIONS = w => w.decimals === 2;
/** Marks that one currency alone has: the language is not needed to tell them. */
const OWN_MARK = w =>
  ![
    'USD',
    'CAD',
    'MXN',
    'AUD',
    'SEK',
    'NOK',
    'DKK',
    'CNY',
    'JPY',
    'TWD',
    'ZAR',
    'INR',
    'CHF',
    'GBP',
  ].includes(w.currency);

export const AMOUNT_LAYOUTS = [
  ['foreign-lang', foreignLang, OWN_MARK],
  ['currency-words', currencyWords],
  [
    'local-digits',
    localDigits,
    w => ['ar-EG', 'ar-AE', 'hi-IN', 'ja-JP', 'th-TH', 'zh-CN'].includes(w.tag),
  ],
  [
    'myriads',
    myriads,
    w => ['en-IN', 'hi-IN', 'zh-CN', 'zh-TW', 'ja-JP', 'ko-KR'].includes(w.tag),
  ],
  ['split-cents', splitCents, WITH_FRACTIONS],
  ['pieces', pieces],
];
