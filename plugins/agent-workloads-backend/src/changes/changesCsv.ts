import { stringify } from 'csv-stringify/sync';
import {
  clean,
  inert,
  sincePercent,
  type Change,
  type ChangeSide,
} from '@agentworkloads/api';
import type { ChangeItem } from '@agentworkloads/backstage-plugin-agent-workloads-common';

/** One line a change. Numbers are plain (no thousands, a dot), so that a spreadsheet of any language can be told how to read them. */
const SIDE = [
  'value',
  'value_up_to',
  'from',
  'currency',
  'period',
  'charged_per',
  'billed',
  'chosen',
  'quote',
] as const;

const COLUMNS = [
  'completed_at',
  'company',
  'host',
  'class',
  'what',
  'about',
  'subject',
  'aspect',
  ...SIDE.map(name => `was_${name}` as const),
  ...SIDE.map(name => `is_${name}` as const),
  // What it was when that was last worth telling, or before it moved unseen: on which day, and how far it moved since.
  'since_value',
  'since_value_up_to',
  'since_at',
  'since_percent',
  'unusual',
  'marked_wrong_by',
  'marked_wrong_at',
  'marked_wrong_because',
  'confidence',
  'url',
  'cluster',
  'namespace',
  'run',
  'compared_with',
] as const;

type Line = Partial<Record<(typeof COLUMNS)[number], string>>;

const text = (value: string | undefined, max = 300) =>
  inert(clean(value ?? '', max));

function sideOf(
  side: ChangeSide | undefined,
  bare: string | number | undefined,
  prefix: 'was' | 'is',
): Line {
  const value = side?.value ?? bare;
  const unit = side?.unit;
  const cells: Record<(typeof SIDE)[number], string> = {
    value: value === undefined ? '' : text(String(value), 2000),
    value_up_to: unit?.upTo === undefined ? '' : String(unit.upTo),
    from: unit?.from ? 'yes' : '',
    currency: text(unit?.currency),
    period: unit?.period ?? '',
    charged_per: text(unit?.per),
    billed: text(unit?.billed),
    chosen: text(side?.state, 120),
    quote: text(side?.quote, 400),
  };
  return Object.fromEntries(
    Object.entries(cells).map(([name, cell]) => [`${prefix}_${name}`, cell]),
  );
}

function sinceOf(change: Change): Line {
  const { since } = change;
  if (!since) return {};
  const { value, unit, at } = since.was;
  return {
    since_value: text(String(value), 2000),
    since_value_up_to: unit?.upTo === undefined ? '' : String(unit.upTo),
    since_at: at ?? '',
    since_percent: String(sincePercent(change) ?? ''),
  };
}

function lineOf(item: ChangeItem): Line {
  const { change, run, wrong } = item;
  return {
    completed_at: item.completedAt,
    company: text(item.company, 80),
    host: text(item.host),
    class: item.class,
    what: change.kind,
    about: change.factKind,
    subject: text(change.subject),
    aspect: change.aspect ?? '',
    ...sideOf(change.was, change.before, 'was'),
    ...sideOf(change.is, change.after, 'is'),
    ...sinceOf(change),
    unusual: change.suspect?.join(' ') ?? '',
    marked_wrong_by: text(wrong?.by),
    marked_wrong_at: wrong?.at ?? '',
    marked_wrong_because: text(wrong?.reason, 2000),
    confidence:
      change.confidence === undefined ? '' : String(change.confidence),
    url: text(change.url, 2000),
    cluster: text(run.cluster),
    namespace: text(run.namespace),
    run: text(run.name),
    compared_with: text(item.comparedWith),
  };
}

/** RFC 4180, UTF-8 with a byte order mark (without it Excel reads € as â‚¬). */
export function renderChangesCsv(
  items: readonly ChangeItem[],
  /** There are more, which are not in here: the last line says so. */
  cut: boolean,
): string {
  const lines = items.map(lineOf);
  if (cut) {
    lines.push({
      completed_at: `There are more than these ${items.length}: narrow the filters`,
    });
  }
  return stringify(lines, {
    header: true,
    columns: [...COLUMNS],
    bom: true,
    record_delimiter: 'windows',
  });
}
