import type {
  Change,
  ChangeSide,
  Fact,
  NotCompared,
  PageRecord,
} from '@agentworkloads/api';

/** One page of a run, as it was read. What its collector could see stands in `record.collector`. */
export interface ObservedPage {
  record: PageRecord;
  /** All facts of the page, of every view; empty for a page that was not observed. */
  facts: readonly Fact[];
  /** UTF-16 units of the visible text of the page as loaded; without it nobody asks how much of the page is left. */
  textLength?: number;
  /** Of the run that saw it, where that is not the run that it is compared for. */
  workflowUid?: string;
  /** Why this reading can't be held against another, though the page was observed. */
  unusable?: Pick<NotCompared, 'reason' | 'detail'>;
}

/** What is compared: one run, its pages read by today's extractor. */
export interface ObservedRun {
  workflowUid: string;
  pages: readonly ObservedPage[];
}

export interface Comparison {
  changes: Change[];
  /** What differs and is no change of what is offered: another order, a date, a counter. */
  noted: Change[];
  notCompared: NotCompared[];
}

/** A page on one side of a comparison, with the run that saw it. */
export interface Side {
  page: ObservedPage;
  workflowUid: string;
}

/** Both sides of one page, and how changes of it are written down. */
export interface Pair {
  /** The later run's address: what changes are told under. */
  url: string;
  before: Side;
  after: Side;
}

/** What one side says, with the proof of it. */
export function sideOf(fact: Fact, { page, workflowUid }: Side): ChangeSide {
  return {
    subject: fact.subject,
    value: fact.value,
    ...(fact.unit && { unit: fact.unit }),
    ...(fact.state !== undefined && { state: fact.state }),
    quote: fact.quote,
    factId: fact.id,
    ...(fact.view !== undefined && { view: fact.view }),
    source: fact.source,
    sourceSha256: fact.sourceSha256,
    start: fact.start,
    end: fact.end,
    ...(fact.box && { box: fact.box }),
    url: fact.url,
    workflowUid,
    ...(page.record.fetchedAt && { at: page.record.fetchedAt }),
  };
}

type Rest = Pick<Change, 'aspect' | 'attributes' | 'suspect'>;

/**
 * A change between two facts, of which one may be missing.
 *
 * @param confidence bounds that of the facts, where more than they bears on it
 */
export function changeOf(
  pair: Pair,
  was: Fact | undefined,
  is: Fact | undefined,
  rest: Rest = {},
  confidence = 1,
): Change {
  const fact = is ?? was;
  if (!fact) throw new Error('A change needs a fact on one side at least.');
  const presence = is ? 'added' : 'removed';
  return {
    kind: was && is ? 'changed' : presence,
    factKind: fact.kind,
    subject: fact.subject,
    url: pair.url,
    ...(was && { before: was.value, was: sideOf(was, pair.before) }),
    ...(is && {
      after: is.value,
      is: sideOf(is, pair.after),
      factId: is.id,
    }),
    ...rest,
    confidence: Math.min(was?.confidence ?? 1, is?.confidence ?? 1, confidence),
  };
}
