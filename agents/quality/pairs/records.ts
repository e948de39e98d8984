import type {
  Change,
  ChangeAspect,
  FactKind,
  NotComparedReason,
} from '@agentworkloads/api';
import type { Comparison } from '../../src/compare/compare-runs';
import { fold } from '../../src/compare/wording';

/** What a pair of pages must be told as, and how what was told is held against it. */

/** What is not named here may be anything. */
export interface Expected {
  list: 'changes' | 'noted' | 'notCompared';
  kind?: Change['kind'];
  factKind?: FactKind;
  aspect?: ChangeAspect;
  /** The subject is one of them. */
  subjects?: readonly string[];
  before?: string | number;
  after?: string | number;
  /** Of the later side. */
  unit?: { currency?: string; period?: string; upTo?: number };
  reason?: NotComparedReason;
  scope?: 'page' | 'part';
  /** Right if it is told, no loss if not. */
  optional?: true;
}

/** One entry of a `changes.json`. */
export type Told =
  | ({ list: 'changes' | 'noted' } & Change)
  | ({ list: 'notCompared' } & Comparison['notCompared'][number]);

/** What was told of one page. */
export function toldOf(comparison: Comparison, url: string): Told[] {
  const of = <T extends { url: string }>(entries: readonly T[]) =>
    entries.filter(each => each.url === url);
  return [
    ...of(comparison.changes).map(each => ({
      list: 'changes' as const,
      ...each,
    })),
    ...of(comparison.noted).map(each => ({ list: 'noted' as const, ...each })),
    ...of(comparison.notCompared).map(each => ({
      list: 'notCompared' as const,
      ...each,
    })),
  ];
}

const same = (
  wanted: string | number | undefined,
  found: string | number | undefined,
) =>
  wanted === undefined ||
  wanted === found ||
  (found !== undefined && fold(wanted) === fold(found));

function isChange(wanted: Expected, told: Told): boolean {
  if (told.list === 'notCompared') return false;
  const { unit = {} } = wanted;
  const found = told.is?.unit ?? {};
  return (
    same(wanted.kind, told.kind) &&
    same(wanted.factKind, told.factKind) &&
    wanted.aspect === told.aspect &&
    (!wanted.subjects ||
      wanted.subjects.some(subject => same(subject, told.subject))) &&
    same(wanted.before, told.before) &&
    same(wanted.after, told.after) &&
    same(unit.currency, found.currency) &&
    same(unit.period, found.period) &&
    same(unit.upTo, found.upTo)
  );
}

function is(wanted: Expected, told: Told): boolean {
  if (wanted.list !== told.list) return false;
  return told.list === 'notCompared'
    ? wanted.reason === told.reason && same(wanted.scope, told.scope)
    : isChange(wanted, told);
}

/** In a few words, what kind of record it is. */
export function labelOf(record: Expected | Told): string {
  if (record.list === 'notCompared') return `not compared: ${record.reason}`;
  const { kind, factKind, aspect } = record as Expected;
  return [kind === 'changed' ? '' : kind, aspect, factKind]
    .filter(Boolean)
    .join(' ');
}

/** For people who look for the fault. */
export function inWords(record: Expected | Told): string {
  if (record.list === 'notCompared')
    return `${labelOf(record)} (${'detail' in record ? record.detail : ''})`;
  const { before, after } = record;
  const subject =
    'subject' in record
      ? record.subject
      : ((record as Expected).subjects ?? []).join('|');
  const unit = 'is' in record ? record.is?.unit : (record as Expected).unit;
  return `${labelOf(record)}, ${subject}: ${before ?? ''} -> ${after ?? ''} ${
    unit ? JSON.stringify(unit) : ''
  }`;
}

export interface PairScore {
  right: number;
  /** Told and not expected. */
  wrong: Told[];
  /** Expected and not told. */
  missed: Expected[];
  /** Of `wrong`: said to be gone, and is not. */
  falselyRemoved: number;
}

/** Each record is one at most; a wrong one counts in `wrong` and what it should have been in `missed`. */
export function scorePair(
  expected: readonly Expected[],
  told: readonly Told[],
): PairScore {
  const rest = [...told];
  const take = (wanted: Expected) => {
    const at = rest.findIndex(each => is(wanted, each));
    if (at >= 0) rest.splice(at, 1);
    return at >= 0;
  };
  const required = expected.filter(({ optional }) => !optional);
  const missed = required.filter(wanted => !take(wanted));
  for (const wanted of expected) if (wanted.optional) while (take(wanted));
  return {
    right: required.length - missed.length,
    wrong: rest,
    missed,
    falselyRemoved: rest.filter(
      each => each.list === 'changes' && each.kind === 'removed',
    ).length,
  };
}

/** Pairs of kinds that were taken for each other: what was expected, and what was told instead. */
export function confusionsOf(scores: readonly PairScore[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const { wrong, missed } of scores) {
    const most = Math.max(wrong.length, missed.length);
    for (let i = 0; i < most; i += 1) {
      const wanted = missed[i] ? labelOf(missed[i]) : 'nothing';
      const found = wrong[i] ? labelOf(wrong[i]) : 'nothing';
      const key = `${wanted}, told as ${found}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
}
