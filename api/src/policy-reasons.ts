import { z } from 'zod';
import type { Wording } from './said';

/**
 * What stands against a run, most severe first. The order in which a person reads it: at the gate's page, in its notice, and in what
 * `kubectl` shows.
 * @public
 */
export const OBJECTIONS = [
  /** Must not be at all. */
  'forbidden',
  /** Policy could not judge it, or lacks what it judges by. */
  'unjudged',
  /** A policy of somebody's own said it in words that we don't know. */
  'unknown',
  /** What was gathered can't be relied on as it is. */
  'doubtful',
  /** Not observed, or not compared. */
  'unseen',
  /** Differs from the run before. */
  'changed',
  /** Outside of what is allowed without a person. */
  'limit',
  /** Nothing is wrong; somebody is to look all the same. */
  'asked',
] as const;
/** @public */
export type Objection = (typeof OBJECTIONS)[number];

/** What the shipped policies say, by code, most severe first inside each kind. @public */
export const POLICY_SAYS = {
  sandboxRequired: 'forbidden',
  hostDenied: 'forbidden',
  hostNotAllowed: 'forbidden',
  templateNotAllowed: 'forbidden',
  clusterTemplateNotAllowed: 'forbidden',
  braces: 'forbidden',
  cannotJudge: 'unjudged',
  noHost: 'unjudged',
  requesterMissing: 'unjudged',
  requesterForFourEyes: 'unjudged',
  noSummary: 'doubtful',
  artifactMissing: 'doubtful',
  stepNotSucceeded: 'doubtful',
  degraded: 'doubtful',
  unstable: 'doubtful',
  fewFacts: 'doubtful',
  sandboxOff: 'doubtful',
  sandboxUnknown: 'doubtful',
  moreHosts: 'doubtful',
  seenAt: 'doubtful',
  seenBefore: 'doubtful',
  notObserved: 'unseen',
  baselineGone: 'unseen',
  baselineUnfit: 'unseen',
  notCompared: 'unseen',
  valuesGone: 'unseen',
  firstRun: 'unseen',
  unusual: 'changed',
  priceMoved: 'changed',
  plansChanged: 'changed',
  changes: 'changed',
  pages: 'limit',
  followed: 'limit',
  hosts: 'limit',
  time: 'limit',
  keptTooLong: 'limit',
  keptTooShort: 'limit',
  tooOften: 'limit',
  yours: 'limit',
  nobodys: 'limit',
  runs: 'limit',
  group: 'asked',
  approvals: 'asked',
  eyesHost: 'asked',
  eyesNamespace: 'asked',
  personHost: 'asked',
  personNamespace: 'asked',
  personPages: 'asked',
  modeHuman: 'asked',
  /** How many reasons are left out. */
  more: 'asked',
} as const satisfies Record<string, Objection>;
/** @public */
export type PolicyCode = keyof typeof POLICY_SAYS;

/** How many reasons stand in a status. */
export const MOST_REASONS = 20;
/** How many a policy may give. */
const MOST_TOLD = 5_000;
const MOST_VALUES = 16;

const CODES = Object.keys(POLICY_SAYS);

/** Whether the pages have words of their own for it. @public */
export const isPolicyCode = (code: string): code is PolicyCode =>
  Object.hasOwn(POLICY_SAYS, code);

/** What kind of objection it is. @public */
export function objectionOf(
  said: Pick<Wording, 'code'> | undefined,
): Objection {
  const code = said?.code ?? '';
  return isPolicyCode(code) ? POLICY_SAYS[code] : 'unknown';
}

/** @returns a copy, most severe first; those that are alike stay as they were */
export function severestFirst<Item>(
  items: readonly Item[],
  kindOf: (item: Item) => Objection,
): Item[] {
  const rank = (item: Item) => OBJECTIONS.indexOf(kindOf(item));
  return [...items].sort((a, b) => rank(a) - rank(b));
}

/** Of a reason of which only the sentence is known. */
const alone = { code: '', values: {} };

const values = z.record(z.string().max(63), z.string().max(512));

const saidReasonSchema = z.object({
  code: z.string().max(63),
  values: values.meta({ maxProperties: MOST_VALUES }),
});

const fitsSchema = saidReasonSchema
  .extend({ values: values.default({}) })
  .refine(made => Object.keys(made.values).length <= MOST_VALUES);

/**
 * As a policy gives a reason: its sentence and, where that is one that is known, what it is made of. Where that does not fit a status,
 * which the API server would refuse for ever, the sentence stays alone.
 */
const toldReasonSchema = z
  .object({
    text: z.string().max(512),
    code: z.unknown().optional(),
    values: z.unknown().optional(),
  })
  .transform(({ text, code, values: made }) => ({
    text,
    ...(fitsSchema.safeParse({ code, values: made }).data ?? alone),
  }));

/** Beside the sentences of an answer; absent in those of before, and where somebody's own policy gives sentences alone. */
export const toldReasonsSchema = z.array(toldReasonSchema).max(MOST_TOLD);

/** What each of the reasons beside it is made of, in the same order; the code is empty where only the sentence is known. */
export const saidReasonsSchema = z.array(saidReasonSchema).max(MOST_REASONS);

/** What a reason is made of. @public */
export interface SaidReason {
  /** Empty where only the sentence is known. */
  code: string;
  values: Record<string, string>;
}

/** Sentences, and what each is made of. @public */
export interface PolicyReasons {
  reasons: string[];
  said?: SaidReason[];
}

/** A sentence, and what it is made of where that is known. @public */
export interface PolicyReason {
  text: string;
  said?: Wording;
}

type Told = z.infer<typeof toldReasonSchema>;

function bySeverity(told: readonly Told[]): Told[] {
  const inKind = [...told].sort(
    (a, b) => CODES.indexOf(a.code) - CODES.indexOf(b.code),
  );
  return severestFirst(inKind, objectionOf);
}

/** What is left out is said. */
function shortened(told: readonly Told[]): readonly Told[] {
  if (told.length <= MOST_REASONS) return told;
  const shown = told.slice(0, MOST_REASONS - 1);
  const number = String(told.length - shown.length);
  const text = `and ${number} more`;
  return [...shown, { text, code: 'more', values: { number } }];
}

/** A policy cuts its sentences to the first ones; what is told is longer. */
const isCount = (text: string) => /^and \d+ more$/.test(text);

/**
 * The reasons of an answer as they go on record: most severe first, the least severe left out where there are too many.
 *
 * @param reasons sentences alone, which hold where nothing more is told; one that is not told beside them, of a rule around the shipped
 *   ones, is kept
 */
export function inOrder(
  reasons: string[],
  told: readonly Told[] | undefined,
): PolicyReasons {
  if (!told) return { reasons };
  const known = new Set(told.map(({ text }) => text));
  const more = reasons
    .filter(text => !known.has(text) && !isCount(text))
    .map(text => ({ text, ...alone }));
  const kept = shortened(bySeverity([...told, ...more]));
  return {
    reasons: kept.map(({ text }) => text),
    ...(kept.some(({ code }) => code)
      ? { said: kept.map(({ code, values: made }) => ({ code, values: made })) }
      : {}),
  };
}

/** Of a record or an answer, in the order in which it has them. @public */
export function reasonsOf(
  reasons: readonly string[] | undefined,
  said: readonly Wording[] | undefined,
): PolicyReason[] {
  return (reasons ?? []).map((text, index) => {
    const made = said?.[index];
    return made?.code ? { text, said: made } : { text };
  });
}
