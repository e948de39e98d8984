import { z } from 'zod';
import { sha256Schema } from './evidence';
import { priceUnitSchema } from './fact';

/**
 * What travels in the artifact `facts` from one completed run to the next, so that a missed page loses nothing and a price is known over
 * weeks. A run reads that of its baseline alone: what was denied, timed out or is still open leads nowhere.
 */

/** Bounds of one artifact. What is beyond is left out, from the end of the manifest on. */
export const HISTORY_LIMITS = {
  /** Prices of one page that are followed. */
  pricesOfPage: 40,
  /** Values of all pages together. */
  values: 10_000,
  /** Values are kept so long, the last one and the one last shown in any case. */
  days: 90,
  /** Readings of a page in a row that are no ground to hold the next run against; the one after them is taken as the page. */
  passedOver: 3,
  /** Pages that runs were led to before, and this one was not: those seen last. */
  followed: 200,
  /** Changes of one page that are known as told, while it is held against an older reading. */
  told: 200,
} as const;

/** Where a run saved the record of a page as it saw it; the record has the hash of each of its files. */
export const readingSchema = z.object({
  workflowUid: z.string().min(1).max(64),
  key: z.string().min(1).max(1024),
  sha256: sha256Schema,
  /** When the page was visited. */
  at: z.iso.datetime(),
});
export type Reading = z.infer<typeof readingSchema>;

/** What a price was, with the proof of it in one reading: the last one that had this value. */
export const priceValueSchema = z.object({
  value: z.number(),
  upTo: z.number().optional(),
  /** When a run saw it first since it was something else. */
  since: z.iso.datetime(),
  /** Of `readings` of the page. */
  reading: z.int().min(0),
  factId: z.string(),
  view: z.string().optional(),
  source: z.enum(['text', 'html']),
  sourceSha256: sha256Schema,
  start: z.int().min(0),
  end: z.int().min(1),
  quote: z.string(),
  /** Of the page in that reading. */
  url: z.string(),
});
export type PriceValue = z.infer<typeof priceValueSchema>;

/** One price of a plan on its terms over time. */
export const priceHistorySchema = z.object({
  subject: z.string(),
  unit: priceUnitSchema.omit({ upTo: true }).optional(),
  state: z.string().optional(),
  /** Oldest first, at most one that began in a week; the last one is what was seen last. */
  values: z.array(priceValueSchema).min(1).max(32),
  /** Of `values`: the first one known, or what a completed report last told of as a change worth noting, or of a creep. */
  shown: z.int().min(0),
});
export type PriceHistory = z.infer<typeof priceHistorySchema>;

export const pageHistorySchema = z.object({
  /** As it stands in the manifest of the run that wrote this; where that run was not led to the page, in that of the last one that was. */
  url: z.string(),
  /**
   * What the next run is held against: its own bundle, or what the baseline has here where the page was not observed, is doubtful, or two
   * looks at it disagreed; absent where no run saw it.
   */
  lastObserved: readingSchema.optional(),
  /** Readings since `lastObserved` that were doubtful, or whose looks disagreed. */
  passedOver: z.int().min(1).max(HISTORY_LIMITS.passedOver).optional(),
  /** Changes since `lastObserved` that were told, each as a digest of what it says: they are not told again. */
  told: z.array(z.string().max(64)).max(HISTORY_LIMITS.told).optional(),
  /** What `values` were read in. */
  readings: z.array(readingSchema),
  prices: z.array(priceHistorySchema),
});
export type PageHistory = z.infer<typeof pageHistorySchema>;
