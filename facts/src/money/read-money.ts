import { findAmounts } from './amounts';
import { createCurrencyReader } from './currency';
import { numberHabits, parseAmount, usesCommaDecimal } from './numbers';
import { isFormerPrice } from './price-concepts';
import { buildOutline } from '../page/outline';
import type { PageBundle } from '../page/page-bundle';
import { wordLanguages } from '../page/page-language';
import { FORMER_WORDS } from '../vocabulary/price-words';

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
 * The first amount of money in a line of text that is no former price, as a page with nothing but this line would be read. Whether it is a price is not asked.
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
  const read = amounts.flatMap(found => {
    const money = reader.habits(reader.read(found.mark));
    const value = parseAmount(found.digits, habits, money);
    return value === undefined
      ? []
      : [{ found, amount: value * found.factor + found.rest }];
  });
  // "Was $120 Now $60" is 60. Where only a former price stands, or nothing beside it, it is what is read.
  const before = (start: number) =>
    outline.flat.slice(Math.max(0, start - 90), start);
  const behind = (end: number) => outline.flat.slice(end, end + 60);
  const languages = lang ? wordLanguages([lang]) : Object.keys(FORMER_WORDS);
  const current = read.find(
    ({ found, amount }) =>
      amount > 0 &&
      !isFormerPrice(before(found.start), behind(found.end), languages),
  );
  const chosen = current ?? read[0];
  if (!chosen) return undefined;
  const { found, amount } = chosen;
  // "$1,190.00 AUD": the code says which dollar.
  const code = CODE_AFTER.exec(outline.flat.slice(found.end))?.[1];
  const currency = (code && reader.read(code)) ?? reader.read(found.mark);
  return { amount, ...(currency ? { currency } : {}) };
}
