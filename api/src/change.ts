import { z } from 'zod';
import { boxSchema, FACT_KINDS, priceUnitSchema, type FactKind } from './fact';

const sha256 = () => z.string().regex(/^[0-9a-f]{64}$/);

/** One side of a change: what a run saw, with its proof in the files that this run saved. */
export const changeSideSchema = z.object({
  /** Of the plan or page, as this side names it. */
  subject: z.string(),
  value: z.union([z.string(), z.number()]),
  unit: priceUnitSchema.optional(),
  /** For what only one side of a switch shows: what was chosen, in the page's words. */
  state: z.string().optional(),
  quote: z.string(),
  /** The fact of that run. */
  factId: z.string(),
  view: z.string().optional(),
  source: z.enum(['text', 'html']),
  sourceSha256: sha256(),
  /** [start, end) in UTF-16 units of that file. */
  start: z.int().min(0),
  end: z.int().min(1),
  box: boxSchema.optional(),
  url: z.string(),
  workflowUid: z.string(),
  /** When the page was read; absent in bundles of before that do not say it. */
  at: z.iso.datetime().optional(),
});
export type ChangeSide = z.infer<typeof changeSideSchema>;

/**
 * What of a thing changed. `amount`: the number; `currency`; `terms`: period, per what, or how it is billed, whatever the number does;
 * `hidden`, `shown`: a price gave way to "Contact us", or came in its place; `name`; `wording`; `moved`: to another plan or page;
 * `promotion`: a price beside those of the plans. The last three are no change of what is offered: `reordered`, `date`, `counter`.
 */
export const CHANGE_ASPECTS = [
  'amount',
  'currency',
  'terms',
  'hidden',
  'shown',
  'name',
  'wording',
  'moved',
  'promotion',
  'reordered',
  'date',
  'counter',
] as const;
export type ChangeAspect = (typeof CHANGE_ASPECTS)[number];

/** What of a price can differ beside its number. */
export const PRICE_ATTRIBUTES = [
  'currency',
  'period',
  'per',
  'billed',
  'from',
  'upTo',
] as const;
export type PriceAttribute = (typeof PRICE_ATTRIBUTES)[number];

/**
 * Why a change of price may be one of the page's shape, or of how it was read: another currency, another period or per what, more than
 * three times the amount or less than a third, nothing where something was asked or the other way round.
 */
export const SUSPICIONS = ['currency', 'unit', 'factor', 'zero'] as const;
export type Suspicion = (typeof SUSPICIONS)[number];

/** A difference of two runs. Changes in reports of before have neither `aspect` nor sides. @public */
export const changeSchema = z.object({
  kind: z.enum(['added', 'removed', 'changed']),
  factKind: z.enum(FACT_KINDS),
  subject: z.string(),
  url: z.string(),
  before: z.union([z.string(), z.number()]).optional(),
  after: z.union([z.string(), z.number()]).optional(),
  /** The fact of the later run. */
  factId: z.string().optional(),
  /** There for what changed; of what came or went only where it is a promotion. */
  aspect: z.enum(CHANGE_ASPECTS).optional(),
  /** Of a price: what differs beside its number. */
  attributes: z.array(z.enum(PRICE_ATTRIBUTES)).optional(),
  was: changeSideSchema.optional(),
  is: changeSideSchema.optional(),
  /**
   * A price that moved in small steps, or while its page could not be compared: what it was when that was last worth telling, or last
   * seen, and how far it moved since, in percent of it. What the run before saw is in `was`; where no run could tell of it, that is what
   * stands here.
   */
  since: z
    .object({ was: changeSideSchema, percent: z.number().min(0) })
    .optional(),
  /** Reasons to look twice; absent where there is none. */
  suspect: z.array(z.enum(SUSPICIONS)).min(1).optional(),
  /** The lower one of both sides. */
  confidence: z.number().min(0).max(1).optional(),
});
/** @public */
export type Change = z.infer<typeof changeSchema>;

/** What people ask for when they ask what changed: `terms` are those of a price; `other` are texts, features, offers and promotions. @public */
export const CHANGE_CLASSES = ['price', 'plan', 'terms', 'other'] as const;
/** @public */
export type ChangeClass = (typeof CHANGE_CLASSES)[number];

export function changeClass({
  factKind,
  aspect,
}: Pick<Change, 'factKind' | 'aspect'>): ChangeClass {
  if (factKind === 'plan') return 'plan';
  if (factKind !== 'price' || aspect === 'promotion') return 'other';
  return aspect === 'terms' || aspect === 'currency' ? 'terms' : 'price';
}

/**
 * Why a page, or a part of it, was not compared. `NOT_OBSERVED_*`: that run did not see it; `ONLY_IN_*`: no target of the other run;
 * `DOUBTFUL_*`: it was read, but what was read is hardly the page (not found, most of it gone); `REDIRECTED`: another page came;
 * `READ_MORE_FULLY`, `READ_LESS_FULLY`: by a collector that sees more, or less; `CUT_SHORT`: there was more on the page than what was
 * collected; `OTHER_LANGUAGE`, `OTHER_LAYOUT`: its words, or its lists of features, can't be held against each other; `NO_LONGER_SAVED`: what the
 * earlier run saved of it is gone or altered; `UNSTABLE`: two looks of the later run disagree; `SEEN_ONCE`: prices or plans that changed were
 * seen in one look, not in two.
 */
const READING_ORDER: readonly FactKind[] = [
  'price',
  'plan',
  'limit',
  'feature',
  'trial',
  'headline',
  'cta',
  'contact',
];

/**
 * As people read changes, in every report and on every page: unusual ones first, then prices, for the policy stops at these, then plans
 * and the rest; within these as they were told.
 *
 * @public
 */
export function inReadingOrder(changes: readonly Change[]): Change[] {
  const weightOf = ({ suspect, factKind }: Change) =>
    suspect ? -1 : READING_ORDER.indexOf(factKind);
  return [...changes].sort((a, b) => weightOf(a) - weightOf(b));
}

export const NOT_COMPARED_REASONS = [
  'NOT_OBSERVED_BEFORE',
  'NOT_OBSERVED_NOW',
  'ONLY_IN_EARLIER_RUN',
  'ONLY_IN_LATER_RUN',
  'DOUBTFUL_BEFORE',
  'DOUBTFUL_NOW',
  'REDIRECTED',
  'READ_MORE_FULLY',
  'READ_LESS_FULLY',
  'CUT_SHORT',
  'OTHER_LANGUAGE',
  'OTHER_LAYOUT',
  'NO_LONGER_SAVED',
  'UNSTABLE',
  'SEEN_ONCE',
] as const;
export type NotComparedReason = (typeof NOT_COMPARED_REASONS)[number];

export const notComparedSchema = z.object({
  url: z.string(),
  reason: z.enum(NOT_COMPARED_REASONS),
  /** One sentence for people, no secrets. */
  detail: z.string().max(500),
  /** `page`: nothing of it was compared; else only what the detail names was not. */
  scope: z.enum(['page', 'part']),
});
export type NotCompared = z.infer<typeof notComparedSchema>;
