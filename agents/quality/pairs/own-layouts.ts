import type { TruePrice } from '../truth';
import type { Words } from './document';

/** Layouts that the labelled pages have none of: lists of features, switches of several kinds, noise around the plans. */

export interface Offer {
  name: string;
  /** As the locale writes it, and the same for a year. */
  monthly: string;
  yearly: string;
  /** From the lower to the upper end. */
  range: string;
  features: readonly string[];
}

export interface Sheet {
  words: Words;
  offers: readonly Offer[];
}

/** What of an offer the layout shows; the truth is made of it. */
type Shows = 'monthly' | 'both' | 'range' | 'once';

export interface Layout {
  name: string;
  shows: Shows;
  /** In so many locales. */
  locales: number;
  css: string;
  /** Inside of `<main>`, below the headline. */
  body(sheet: Sheet): string;
}

const list = (features: readonly string[], tag = 'ul') =>
  `<${tag}>${features.map(each => `<li>${each}</li>`).join('')}</${tag}>`;

const each = (
  offers: readonly Offer[],
  of: (offer: Offer, index: number) => string,
) => offers.map(of).join('');

const both = ({ monthly, yearly }: Offer, { month, year }: Words) =>
  `<b class="amount"><span class="m">${monthly}</span><span class="y">${yearly}</span></b> <small><span class="m">${month[0]}</span><span class="y">${year[0]}</span></small>`;

const CARDS =
  '.plans{display:flex;gap:20px}.plans>*{flex:1;border:1px solid #ccd;border-radius:8px;padding:20px}.amount{font-size:30px}';
const SWITCH = `${CARDS}.y{display:none}.yearly .y{display:inline}.yearly .m{display:none}`;

const switched = (on: string, head: string, offers: string) =>
  `${head}<div class="plans">${offers}</div><script>function pick(n){document.body.className=n?'yearly':'';document.querySelectorAll('[data-side]').forEach(function(t){t.setAttribute('${on}',String(t.dataset.side===String(n)))})}</script>`;

export const LAYOUTS: readonly Layout[] = [
  {
    name: 'lists-in-cards',
    shows: 'monthly',
    locales: 3,
    css: CARDS,
    body: ({ words, offers }) =>
      `<div class="plans">${each(
        offers,
        offer =>
          `<section><h3>${offer.name}</h3><p><strong class="amount">${
            offer.monthly
          }</strong> ${words.month[0]}</p>${list(
            offer.features,
          )}<a href="/signup">→</a></section>`,
      )}</div>`,
  },
  {
    name: 'pressed-buttons',
    shows: 'both',
    locales: 6,
    css: SWITCH,
    body: ({ words, offers }) =>
      switched(
        'aria-pressed',
        `<p><button data-side="0" aria-pressed="true" onclick="pick(0)">${words.head[2]}</button> <button data-side="1" aria-pressed="false" onclick="pick(1)">${words.head[3]}</button></p>`,
        each(
          offers,
          offer =>
            `<article><h2>${offer.name}</h2><div>${both(
              offer,
              words,
            )}</div>${list(offer.features)}</article>`,
        ),
      ),
  },
  {
    name: 'tabs-over-rows',
    shows: 'both',
    locales: 6,
    css: `${SWITCH}.plans{display:block}.plans>*{margin:12px 0}`,
    body: ({ words, offers }) =>
      switched(
        'aria-selected',
        `<div role="tablist"><button role="tab" data-side="0" aria-selected="true" onclick="pick(0)">${words.head[2]}</button><button role="tab" data-side="1" aria-selected="false" onclick="pick(1)">${words.head[3]}</button></div>`,
        each(
          offers,
          offer =>
            `<div><h4>${offer.name}</h4><div>${both(offer, words)}</div></div>`,
        ),
      ),
  },
  {
    name: 'matrix',
    shows: 'monthly',
    locales: 3,
    css: 'td,th{border:1px solid #aaa;padding:10px;vertical-align:top}',
    body: ({ words, offers }) => {
      const all = [...new Set(offers.flatMap(({ features }) => features))];
      return `<table><thead><tr><td></td>${each(
        offers,
        offer =>
          `<th><div>${offer.name}</div><div><b>${offer.monthly}</b> ${words.month[0]}</div></th>`,
      )}</tr></thead><tbody>${all
        .map(
          feature =>
            `<tr><th>${feature}</th>${each(
              offers,
              ({ features }) =>
                `<td>${features.includes(feature) ? '✓' : '–'}</td>`,
            )}</tr>`,
        )
        .join('')}</tbody></table>`;
    },
  },
  {
    name: 'services-in-ranges',
    shows: 'range',
    locales: 9,
    css: 'article{padding:16px 0;border-bottom:1px solid #ddd}',
    body: ({ offers }) =>
      `<div>${each(
        offers,
        offer =>
          `<article><h2>${offer.name}</h2><p><strong>${
            offer.range
          }</strong></p>${list(offer.features)}</article>`,
      )}</div>`,
  },
  {
    name: 'tariff-table',
    shows: 'monthly',
    locales: 3,
    css: 'td,th{padding:8px 16px;border-bottom:1px solid #ccc;text-align:left}',
    body: ({ words, offers }) =>
      `<table><thead><tr><th>${words.head[0]}</th><th>${
        words.head[1]
      }</th><th></th></tr></thead><tbody>${each(
        offers,
        offer =>
          `<tr><td><b>${offer.name}</b></td><td>${offer.monthly} ${
            words.month[0]
          }</td><td>${list(offer.features)}</td></tr>`,
      )}</tbody></table>`,
  },
  {
    name: 'noise-around',
    shows: 'monthly',
    locales: 3,
    css: `${CARDS}.logos{color:#888}blockquote{border-left:3px solid #ccc;padding-left:12px}`,
    body: ({ words, offers }) =>
      `<p class="logos">Fennmark · Tamrik · Quillo · Ostrell</p><div class="plans">${each(
        offers,
        (offer, index) =>
          `<div>${index === 1 ? '<p class="tag">★★★</p>' : ''}<h3>${
            offer.name
          }</h3><div><span class="amount">${offer.monthly}</span> <span>${
            words.month[0]
          }</span></div>${list(
            offer.features.map(feature => `<span>✓</span> ${feature}`),
          )}</div>`,
      )}</div><blockquote>«Quillo, Ostrell, Mavora»</blockquote><p>Kettlebeck 24/7</p>`,
  },
  {
    name: 'tiles-of-goods',
    shows: 'once',
    locales: 3,
    css: '.tiles{display:grid;grid-template-columns:repeat(3,1fr);gap:16px}.tiles>*{padding:12px;background:#f6f6f6}',
    body: ({ offers }) =>
      `<div class="tiles">${each(
        offers,
        offer =>
          `<div><div style="height:60px;background:#dde"></div><h3>${offer.name}</h3><div><b>${offer.monthly}</b></div></div>`,
      )}</div>`,
  },
];

/** What a careful reader would write down of an offer in that layout. */
export function truthOf(
  shows: Shows,
  base: { plan: string; currency: string },
  amounts: { month: number; year: number; upTo: number },
): { price: TruePrice; also: TruePrice[] } {
  const price = (amount: number, more: Partial<TruePrice> = {}): TruePrice => ({
    ...base,
    aliases: [],
    amount,
    ...more,
  });
  if (shows === 'once') return { price: price(amounts.month), also: [] };
  if (shows === 'range')
    return { price: price(amounts.month, { upTo: amounts.upTo }), also: [] };
  const month = price(amounts.month, { period: 'month' });
  return {
    price: month,
    also: shows === 'both' ? [price(amounts.year, { period: 'year' })] : [],
  };
}
