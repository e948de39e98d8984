import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const period = () =>
  z.enum(['month', 'year', 'week', 'day', 'hour', 'once']).optional();

/** A current price of the page's own offers, as a careful reader would write it down. */
const priceSchema = z.strictObject({
  plan: z.string().min(1),
  /** Other names that a careful reader could as well choose. */
  aliases: z.array(z.string().min(1)).default([]),
  amount: z.number().min(0),
  /** ISO 4217; absent only in `also`, for a plan that is called free without an amount. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  period: period(),
  /** A period that the words say only in the plan's name or in a word of the trade: right with it, and without. */
  mayPeriod: period(),
  per: z.string().optional(),
  /** The upper end of a range that `amount` begins. */
  upTo: z.number().optional(),
  from: z.boolean().optional(),
  billed: z.enum(['year', 'month']).optional(),
});
export type TruePrice = z.infer<typeof priceSchema>;

export const truthSchema = z.strictObject({
  /** The layout that made the page, or `hand`. */
  kind: z.string().min(1),
  /** BCP 47, of the text and its formats; the page's own `lang` may say something else. */
  language: z.string().min(2),
  prices: z.array(priceSchema),
  /** Right if it is read, no loss if not: the other state of a switch, a free plan without an amount. */
  also: z.array(priceSchema).default([]),
  /** Amounts on the page that are no price. */
  forbid: z.array(z.number()).default([]),
});
export type Truth = z.infer<typeof truthSchema>;

export interface LabelledPage {
  name: string;
  /** Absolute path of `page.html`. */
  file: string;
  truth: Truth;
}

const PAGES = fileURLToPath(new URL('pages/', import.meta.url));

/** The labelled pages, by name. @throws where a truth does not fit the schema */
export function labelledPages(folder = PAGES): LabelledPage[] {
  return readdirSync(folder)
    .sort()
    .map(name => {
      const at = path.join(folder, name, 'truth.json');
      const parsed = truthSchema.safeParse(
        JSON.parse(readFileSync(at, 'utf8')),
      );
      if (!parsed.success)
        throw new Error(`${at}: ${z.prettifyError(parsed.error)}`);
      return {
        name,
        file: path.join(folder, name, 'page.html'),
        truth: parsed.data,
      };
    });
}
