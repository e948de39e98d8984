import { z } from 'zod';

const sha256 = () => z.string().regex(/^[0-9a-f]{64}$/);

/** Pixels of the desktop screenshot, from the page's top left corner. */
export const boxSchema = z.object({
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
});
export type Box = z.infer<typeof boxSchema>;

export const FACT_KINDS = [
  'plan',
  'price',
  'feature',
  'headline',
  'cta',
  'trial',
  'limit',
  'contact',
] as const;
export type FactKind = (typeof FACT_KINDS)[number];

/** What an amount is counted in, and for how long it buys what. */
export const priceUnitSchema = z.object({
  /** ISO 4217. */
  currency: z.string().length(3).optional(),
  /** Billing period of the amount. */
  period: z.enum(['month', 'year', 'week', 'day', 'hour', 'once']).optional(),
  /** What one buys: user, seat, site, GB. */
  per: z.string().max(60).optional(),
  /** How it is billed where that differs: "billed annually". */
  billed: z.string().max(60).optional(),
  /** The page says "from": the amount is the lowest of several. */
  from: z.boolean().optional(),
  /** Upper end of a range whose lower end is the value, in the same currency and terms. */
  upTo: z.number().optional(),
});
export type PriceUnit = z.infer<typeof priceUnitSchema>;

export const factSchema = z.object({
  /** Stable for the same page and content: hex, derived from kind, url, subject and place. */
  id: z.string().min(8).max(64),
  kind: z.enum(FACT_KINDS),
  /** For a price or feature: the name of the plan, where one is known. */
  subject: z.string().max(300),
  value: z.union([z.string().max(2000), z.number()]),
  unit: priceUnitSchema.optional(),
  url: z.string(),
  /** The view of the page that it was read in: an id of `views`. Absent in facts of before views: the page as loaded. */
  view: z.string().max(40).optional(),
  /** For what only one side of a switch shows: what was chosen, in the page's words. */
  state: z.string().max(120).optional(),
  /** Which saved file the quote stands in. */
  source: z.enum(['text', 'html']),
  sourceSha256: sha256(),
  /** [start, end) in UTF-16 units of that file. */
  start: z.int().min(0),
  end: z.int().min(1),
  quote: z.string().min(1).max(2000),
  selector: z.string().max(1000),
  box: boxSchema.optional(),
  confidence: z.number().min(0).max(1),
});
export type Fact = z.infer<typeof factSchema>;
