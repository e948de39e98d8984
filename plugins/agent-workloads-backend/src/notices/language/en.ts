import { listed, quorumWords, tallyWords } from '@agentworkloads/api';
import type { Against, NoticeWords } from './NoticeWords';

const AGAINST: Record<Against, string> = {
  forbidden: 'something of it is forbidden',
  unjudged: 'the policy could not judge it',
  unknown: 'this policy has rules of its own',
  doubtful: 'what was gathered is in doubt',
  unseen: 'not everything was seen or compared',
  changed: 'something changed',
  limit: 'it is outside of a limit',
};

const by = (names: readonly string[]) =>
  names.length > 0 ? ` by ${listed(names)}` : '';

export const en: NoticeWords = {
  locale: 'en-GB',
  counted: (count, what) =>
    `${count.toLocaleString('en')} ${count === 1 ? what : `${what}s`}`,
  notSeen: count => `${count} not seen`,
  quoted: text => `“${text}”`,
  seenBefore: (at, run) => `Its pages were seen on ${at}, in run ${run}.`,
  askedBy: name => `Asked for by ${name ?? 'nobody named'}.`,
  gateWaits: 'A gate waits',
  leftToDecide: span => `${span} left to decide`,
  nothingToDecide: 'Nothing to decide any more',
  ends: {
    Completed: 'Your report is there',
    Denied: 'No report, denied',
    Failed: 'No report, it failed',
    PolicyDenied: 'Not started',
    TimedOut: 'No report, the time was over',
    Cancelled: 'No report, cancelled',
  },
  endsWithoutReport: at =>
    `Without a decision by ${at} it ends without a report.`,
  against: kinds =>
    `Why the policy holds it: ${kinds.map(kind => AGAINST[kind]).join('; ')}.`,
  asksFor: gate => `It asks for ${quorumWords(gate)}.`,
  has: tally => `It has ${tallyWords(tally)}.`,
  outcomes: {
    reportIsThere: 'Approved; the report is there.',
    noReportCame: 'Approved; the run ended without a report.',
    reportIsWritten: 'Approved; the report is being written.',
    denied: 'Denied; there is no report.',
    noReport: 'There is no report.',
  },
  closedBy(via, names) {
    switch (via) {
      case 'policy':
        return 'Decided by the policy';
      case 'timeout':
        return 'Nobody decided in time';
      case 'deadline':
        return 'The time of the run was over';
      case 'cancel':
        return `Cancelled${by(names)}`;
      case 'operator':
        return 'Closed by the operator';
      default:
        return `Decided${by(names)}`;
    }
  },
  approvedBy: names => `Approved${by(names)}.`,
  policyDidNotStart: 'The policy did not let it start.',
  runSaysWhy: 'The run says why.',
};
