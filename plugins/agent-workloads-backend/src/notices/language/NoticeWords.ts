import type {
  FinalPhase,
  GateStatus,
  Objection,
  Tally,
} from '@agentworkloads/api';

/** What is counted in notices. */
export type Counted =
  | 'site'
  | 'page'
  | 'fact'
  | 'change'
  | 'day'
  | 'hour'
  | 'minute';

/** How a decision came out for those who could have made it. */
export type Outcome =
  | 'reportIsThere'
  | 'noReportCame'
  | 'reportIsWritten'
  | 'denied'
  | 'noReport';

/** What policy has against a run, as far as everybody may know who is told: that somebody is to look is no such thing. */
export type Against = Exclude<Objection, 'asked'>;

/** All that notices say, in one language. What stands for a whole sentence has its full stop. */
export interface NoticeWords {
  /** For `Intl`. */
  locale: string;
  counted(count: number, what: Counted): string;
  notSeen(count: number): string;
  quoted(text: string): string;
  seenBefore(at: string, run: string): string;
  /** @param name - undefined where the run names nobody */
  askedBy(name: string | undefined): string;
  /** Titles; what was asked follows after a colon. */
  gateWaits: string;
  leftToDecide(span: string): string;
  nothingToDecide: string;
  ends: Record<FinalPhase, string>;
  endsWithoutReport(at: string): string;
  /** @param kinds - at least one, most severe first */
  against(kinds: readonly Against[]): string;
  asksFor(gate: Pick<GateStatus, 'approvals' | 'groups'>): string;
  has(tally: Tally): string;
  outcomes: Record<Outcome, string>;
  /** Who or what closed a gate, without a full stop; nobody is named where `names` is empty. */
  closedBy(via: GateStatus['via'], names: readonly string[]): string;
  approvedBy(names: readonly string[]): string;
  policyDidNotStart: string;
  runSaysWhy: string;
}
