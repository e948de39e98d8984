import {
  companiesOf,
  inReadingOrder,
  type Change,
  type Fact,
} from '@agentworkloads/api';
import type {
  ChangeItem,
  ChangeRef,
  ChangesVisit,
  RunRef,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type { Comparison } from './changes';

/** A change as a list shows it, wherever it is from. */
export interface ShownChange {
  key: string;
  change: Change;
  company: string;
  host: string;
  /** Whose report, or gate, says so. */
  run: RunRef;
  /** The run that it was compared with. */
  earlier?: { name: string; workflowUid?: string };
  /** Which sides' saved pages can be found: those of runs that have a name. */
  provable: { was: boolean; is: boolean };
  /** When the run was completed, RFC 3339; only in lists over many runs. */
  when?: string;
  /** What the run asked. */
  title?: string;
  /** It came after the reader's last visit, if there was one. */
  unread?: boolean;
  /** There once the portal took it in: then it can be marked. */
  item?: ChangeItem;
  /** What it is about now, which knows the currency of a change without sides. */
  fact?: Fact;
}

/** As the filter of `GET /changes` has it: on a first visit everything is. */
function isUnread(item: ChangeItem, { unreadSince }: ChangesVisit): boolean {
  return unreadSince === undefined || item.takenInAt > unreadSince;
}

/** A page that neither run saw last was read by an older one, whose name nobody kept. */
function provable(
  { was, is }: Change,
  earlier: ShownChange['earlier'],
): ShownChange['provable'] {
  return {
    was:
      was !== undefined &&
      earlier?.workflowUid !== undefined &&
      was.workflowUid === earlier.workflowUid,
    is: is !== undefined,
  };
}

/** What tells a change that was taken in from all others. */
export function changeRef(item: ChangeItem): ChangeRef {
  const { run, workloadUid, position } = item;
  return { cluster: run.cluster, workloadUid, position };
}

/** The same in one text. */
export function changeKey(item: ChangeItem): string {
  const { cluster, workloadUid, position } = changeRef(item);
  return `${cluster}/${workloadUid}/${position}`;
}

/** @param visit absent while it is not told: then nothing is marked as unread */
export function shownItem(item: ChangeItem, visit?: ChangesVisit): ShownChange {
  const { run, comparedWith, change, host, company } = item;
  const earlier = comparedWith
    ? { name: comparedWith, workflowUid: item.comparedWithWorkflowUid }
    : undefined;
  return {
    key: changeKey(item),
    change,
    company,
    host,
    run,
    earlier,
    provable: provable(change, earlier),
    when: item.completedAt,
    title: item.objective,
    unread: visit && isUnread(item, visit),
    item,
  };
}

/** The changes of one run, unusual ones first, each with what was taken in of it. */
export function shownOfRun(
  run: RunRef,
  comparison: Comparison,
  facts: readonly Fact[],
  items: readonly ChangeItem[] = [],
): ShownChange[] {
  const byId = new Map(facts.map(fact => [fact.id, fact]));
  const companyOf = companiesOf(
    [...facts, ...comparison.changes].map(({ url }) => url),
    facts,
  );
  const places = new Map(comparison.changes.map((one, place) => [one, place]));
  const taken = new Map(items.map(item => [item.position, item]));
  const baseline = comparison.comparedWith?.baseline;
  return inReadingOrder(comparison.changes).map(change => {
    const place = places.get(change)!;
    const { host, name: company } = companyOf(change.url);
    return {
      key: String(place),
      change,
      company,
      host,
      run,
      earlier: baseline,
      provable: provable(change, baseline),
      item: taken.get(place),
      fact: change.factId ? byId.get(change.factId) : undefined,
    };
  });
}

/** A side of a change as the proof of a fact. */
export function factOfSide(change: Change, side: 'was' | 'is'): Fact {
  const { subject, value, unit, state, ...said } = change[side]!;
  const { factId, workflowUid: _, at: __, ...proof } = said;
  return {
    ...proof,
    id: factId,
    kind: change.factKind,
    subject,
    value,
    unit,
    state,
    selector: '',
    confidence: change.confidence ?? 1,
  };
}
