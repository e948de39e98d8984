import { findAmounts } from './amounts';
import { createCurrencyReader } from './currency';
import { numberHabits, parseAmount, usesCommaDecimal } from './numbers';
import { buildOutline } from './outline';
import type { PageBundle } from './page-bundle';

const CODE_AFTER = /^\s?([A-Z]{3})(?![A-Za-z])/;

export interface Money {
  amount: number;
  /** ISO 4217; absent where the mark belongs to none that is known. */
  currency?: string;
}

/** A page that shows this text and nothing else. */
function bundleOf(text: string, lang: string | undefined): PageBundle {
  const url = 'https://text.invalid/';
  return {
    page: {
      url,
      urlSha256: '',
      redirects: [],
      blocked: [],
      shots: [],
      ...(lang ? { lang } : {}),
    },
    text,
    html: '',
    layout: {
      viewport: { width: 1280, height: 900 },
      pageHeight: 900,
      runs: [
        {
          start: 0,
          end: text.length,
          selector: 'html > body > p',
          box: { x: 0, y: 0, width: text.length * 8, height: 24 },
          fontSize: 16,
        },
      ],
      jsonLd: [],
      meta: {},
      hiddenText: [],
    },
  };
}

/**
 * The first amount of money in a line of text, as a page with nothing but this line would be read. Whether it is a price is not asked.
 * @param lang BCP 47, where it is known
 */
export function readMoney(text: string, lang?: string): Money | undefined {
  const line = text.replace(/\s+/g, ' ').trim();
  if (!line) return undefined;
  const bundle = bundleOf(line, lang);
  const outline = buildOutline(bundle.text, bundle.layout, bundle.html);
  const reader = createCurrencyReader(bundle);
  const amounts = [...findAmounts(outline, reader)];
  const habits = numberHabits(
    amounts.map(({ digits }) => digits),
    lang ? usesCommaDecimal(lang) : undefined,
  );
  for (const found of amounts) {
    const money = reader.habits(reader.read(found.mark));
    const value = parseAmount(found.digits, habits, money);
    if (value === undefined) continue;
    const amount = value * found.factor + found.rest;
    // "$1,190.00 AUD": the code says which dollar.
    const code = CODE_AFTER.exec(outline.flat.slice(found.end))?.[1];
    const currency = (code && reader.read(code)) ?? reader.read(found.mark);
    return { amount, ...(currency ? { currency } : {}) };
  }
  return undefined;
}
