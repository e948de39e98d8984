import { MONDAY } from '../builders/timed-out-run';

/** What is tried: every flow, with one thing that goes wrong at one of the operator's writes. */

export interface Flow {
  name: string;
  /** Phases that the run may end in when nothing that it needs is taken away. */
  ends: string[];
  spec?: Record<string, unknown>;
  start?: 'deny';
  gate?: 'allow' | 'deny';
  /** Whether Argo works. */
  argo?: 'dead' | 'stuck in scrape';
  /** What people do, and when. */
  people?: ('approve' | 'approve for legal' | 'deny' | 'extend' | 'cancel')[];
  /** Those that are tried; all where it says none. */
  faults?: readonly FaultName[];
  /** There is a run of before whose gate ran out of time. */
  before?: 'timed out';
  /** When they do it; at the open gate unless said otherwise. */
  when?: 'running';
}

const QUICK = { suspendGate: '90s', noProgress: '60s', execution: '10m' };

/** Two people, one of them of a group. */
const QUORUM = { mode: 'human', approvals: 2, groups: ['legal'] };

export const FLOWS: Flow[] = [
  { name: 'approve', people: ['approve'], ends: ['Completed'] },
  { name: 'deny', people: ['deny'], ends: ['Denied'] },
  { name: 'gate timeout', ends: ['TimedOut'] },
  { name: 'more time', people: ['extend'], ends: ['TimedOut'] },
  { name: 'cancel at the gate', people: ['cancel'], ends: ['Cancelled'] },
  {
    name: 'cancel in the run',
    people: ['cancel'],
    when: 'running',
    ends: ['Cancelled'],
  },
  {
    name: 'policy lets it pass',
    gate: 'allow',
    spec: { gate: { mode: 'policy' } },
    ends: ['Completed'],
  },
  { name: 'policy denies at the gate', gate: 'deny', ends: ['Denied'] },
  { name: 'policy denies the start', start: 'deny', ends: ['PolicyDenied'] },
  {
    name: 'out of time',
    argo: 'stuck in scrape',
    spec: { timeouts: { ...QUICK, execution: '2m' } },
    ends: ['TimedOut'],
  },
  { name: 'nobody takes it', argo: 'dead', ends: ['Failed'] },
  {
    name: 'two who decide',
    people: ['approve', 'deny'],
    ends: ['Completed', 'Denied'],
  },
  {
    name: 'two must, and two do',
    spec: { gate: QUORUM },
    people: ['approve', 'approve for legal'],
    ends: ['Completed'],
  },
  {
    name: 'opened again',
    before: 'timed out',
    spec: { evidenceFrom: MONDAY },
    people: ['approve'],
    // What the others show does not hang on where its pages are from.
    faults: ['crash after', 'answer lost', 'restart in the past', '409'],
    ends: ['Completed'],
  },
].map(flow => ({
  ...flow,
  spec: { timeouts: QUICK, ...flow.spec },
})) as Flow[];

export const FAULTS = [
  'crash before',
  'crash after',
  'answer lost',
  'answer late',
  'carried out after death',
  'restart in the past',
  '409',
  '403',
  '429',
  '500',
  'watches expire',
  'watches are cut',
  'watch of workloads held',
  'watch of workflows held',
  'watch of approvals held',
  'second operator',
  'approvals deleted',
  'approvals made anew',
] as const;
export type FaultName = (typeof FAULTS)[number];

export interface Plan {
  flow: Flow;
  /** Undefined for an undisturbed run. */
  fault?: { name: FaultName; write: number };
}

/** What an approval that is gone may lead to, whatever the flow wanted. */
export function endsOf({ flow, fault }: Plan): string[] {
  const taken =
    fault?.name === 'approvals deleted' ||
    fault?.name === 'approvals made anew';
  return taken && flow.people
    ? [...flow.ends, 'Denied', 'TimedOut']
    : flow.ends;
}
