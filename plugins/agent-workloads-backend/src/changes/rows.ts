import {
  changeClass,
  companiesOf,
  type Change,
  type ChangeClass,
  type ChangeSide,
  type Report,
} from '@agentworkloads/api';

/** A completed run as it is kept. */
export interface CompletedRun {
  cluster: string;
  namespace: string;
  name: string;
  /** Of the AgentWorkload: with the cluster, what makes it this run. */
  uid: string;
  workflowUid: string;
  /** Hex, of the report that the changes are from. */
  reportSha256: string;
  /** Milliseconds since the epoch; of a run that was opened again, when its pages were seen. */
  completedAt: number;
  /** Name in the cluster. */
  requestedBy?: string;
  fourEyes: boolean;
  /** The run that it was compared with, of the same namespace. */
  baseline?: {
    name: string;
    completedAt: string;
    workflowUid?: string;
    manifest?: SavedObject;
  };
  /** Catalog entity that the report belongs to. */
  entityRef?: string;
  /** What the run asked. */
  objective?: string;
  /** The list of what the run saved, as the operator recorded it; absent in rows of before. */
  manifest?: SavedObject;
}

/** Where an object is, and what it must be. */
export interface SavedObject {
  bucket: string;
  key: string;
  /** Hex. */
  sha256: string;
}

/** Columns of the table `changes` that come from a report. */
export interface ChangeColumns {
  position: number;
  url: string;
  host: string;
  company: string;
  company_key: string;
  class: ChangeClass;
  fact_kind: Change['factKind'];
  kind: Change['kind'];
  aspect: Change['aspect'] | null;
  subject: string;
  before: string | null;
  after: string | null;
  before_proof: string | null;
  after_proof: string | null;
  attributes: string | null;
  suspect: string | null;
  confidence: number | null;
  fact_id: string | null;
  since: string | null;
}

type Value = Partial<Pick<ChangeSide, 'subject' | 'value' | 'unit' | 'state'>>;

/** PostgreSQL takes no NUL in a text, and no half of a surrogate pair. */
export const storable = (text: string) =>
  text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\ufffd');

const json = (value: object | undefined) =>
  value === undefined ? null : JSON.stringify(value);

function hostOf(url: string): string {
  return (URL.parse(url)?.host ?? '').slice(0, 255);
}

function sideColumns(
  side: ChangeSide | undefined,
  bare: string | number | undefined,
): { value: string | null; proof: string | null } {
  if (!side) {
    return {
      value: json(bare === undefined ? undefined : { value: bare }),
      proof: null,
    };
  }
  const { subject, value, unit, state, ...proof } = side;
  return { value: json({ subject, value, unit, state }), proof: json(proof) };
}

/** One row a change, in the order of the report. */
export function rowsOf(report: Report): ChangeColumns[] {
  const companyOf = companiesOf(
    [...report.pages, ...report.facts, ...report.changes].map(({ url }) => url),
    report.facts,
  );
  return report.changes.map((change, position) => {
    const host = hostOf(change.url);
    const company = storable(companyOf(change.url).name);
    const before = sideColumns(change.was, change.before);
    const after = sideColumns(change.is, change.after);
    return {
      position,
      url: storable(change.url),
      host,
      company,
      company_key: `${company}\n${host}`.toLowerCase(),
      class: changeClass(change),
      fact_kind: change.factKind,
      kind: change.kind,
      aspect: change.aspect ?? null,
      subject: storable(change.subject),
      before: before.value,
      after: after.value,
      before_proof: before.proof,
      after_proof: after.proof,
      attributes: json(change.attributes),
      suspect: json(change.suspect),
      confidence: change.confidence ?? null,
      fact_id: change.factId?.slice(0, 64) ?? null,
      since: json(change.since),
    };
  });
}

const parsed = <T>(text: string | null): T | undefined =>
  text === null ? undefined : (JSON.parse(text) as T);

function sideOf(value: Value | undefined, proof: string | null) {
  return value && proof !== null
    ? ({ ...value, ...parsed<object>(proof) } as ChangeSide)
    : undefined;
}

/** The change as the report had it. */
export function changeOf(row: ChangeColumns): Change {
  const before = parsed<Value>(row.before);
  const after = parsed<Value>(row.after);
  return {
    kind: row.kind,
    factKind: row.fact_kind,
    subject: row.subject,
    url: row.url,
    before: before?.value,
    after: after?.value,
    factId: row.fact_id ?? undefined,
    aspect: row.aspect ?? undefined,
    attributes: parsed(row.attributes),
    was: sideOf(before, row.before_proof),
    is: sideOf(after, row.after_proof),
    suspect: parsed(row.suspect),
    confidence: row.confidence ?? undefined,
    since: parsed(row.since),
  };
}
