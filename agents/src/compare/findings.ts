import type {
  Change,
  ChangeAspect,
  Fact,
  NotComparedReason,
} from '@agentworkloads/api';
import { changeOf, type Pair } from './observed';
import { whyUnseen } from './sight';

/** What is found on one page while it is compared. */
export interface Findings {
  changes: Change[];
  noted: Change[];
  /** Why parts of it can't be compared. */
  parts: Set<NotComparedReason>;
  /** Facts of the earlier reading that were compared, and how many of them are gone. */
  compared: number;
  lost: number;
}

export function noFindings(): Findings {
  return { changes: [], noted: [], parts: new Set(), compared: 0, lost: 0 };
}

const NO_CHANGE: ReadonlySet<ChangeAspect> = new Set([
  'reordered',
  'date',
  'counter',
]);

export function tell(findings: Findings, change: Change): void {
  const noted = change.aspect !== undefined && NO_CHANGE.has(change.aspect);
  (noted ? findings.noted : findings.changes).push(change);
}

/** A fact that one reading alone has. */
export interface Lone {
  was?: Fact;
  is?: Fact;
  /** Below it the fact is too vague to tell its absence from a change of layout. */
  atLeast: number;
  /** Bounds that of the fact: of the plans on both sides that it belongs to. */
  confidence?: number;
  aspect?: ChangeAspect;
}

/** Tells what came or went, if the reading without it could have seen it. */
export function tellLone(findings: Findings, pair: Pair, lone: Lone): void {
  const { was, is, atLeast, confidence, aspect } = lone;
  const fact = is ?? was;
  if (!fact) return;
  const [own, other] = is
    ? [pair.after.page, pair.before.page]
    : [pair.before.page, pair.after.page];
  const why = whyUnseen(fact, own, other, is ? 'later' : 'earlier');
  if (why) {
    findings.parts.add(why);
    return;
  }
  const change = changeOf(pair, was, is, aspect && { aspect }, confidence);
  if ((change.confidence ?? 0) >= atLeast) tell(findings, change);
}
