import {
  isFinalPhase,
  whoDecided,
  type AgentWorkload,
  type FinalPhase,
  type GateStatus,
} from '@agentworkloads/api';
import type { RunListItem } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type { IdentityMapper } from '@agentworkloads/backstage-plugin-agent-workloads-node';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { isPastApproving, openGate, type OpenGate } from '../runs/gate';
import { againstIt } from './against';
import { decidersOf, isMissing, quorumSentence } from './deciders';
import type { Recipients } from './recipients';
import type { NoticeWords, Outcome } from './language';
import { commentOf, countsOf, spanWords, titleOf, type NameOf } from './words';

/** Mail and chat leave out what is in `notifications.processors.<name>.filter.excludedTopics`. */
export const TOPICS = {
  gate: 'agent-workloads-gate',
  reminder: 'agent-workloads-gate-reminder',
  decided: 'agent-workloads-gate-decided',
  run: 'agent-workloads-run',
} as const;

export interface Notice {
  /** The same for the same news, however often it is seen. */
  key: string;
  /** Milliseconds since the epoch: when it happened, or was due, by the cluster's clock. */
  at: number;
  /** Only told where this key was told before: nobody is told that what they never heard of is over. */
  after?: string;
  /** Kubernetes names of those whom it names. */
  people: readonly string[];
  to: Recipients;
  write(nameOf: NameOf): NotificationSendOptions['payload'];
}

export interface Telling {
  identity: IdentityMapper;
  words: NoticeWords;
  /** RFC 3339 -> day and time for people. */
  clock(at: string): string;
  /** Milliseconds since the epoch. */
  now: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Who has heard of a gate just now needs no reminder. */
const WORTH_A_REMINDER_MS = 20 * MINUTE_MS;

/** How a run ended, where who asked is told: not of what they cancelled themselves. */
function endOf(
  { phase, requestedBy }: RunListItem,
  cancelledBy: string | undefined,
): FinalPhase | undefined {
  if (phase !== 'Cancelled') {
    return isFinalPhase(phase) ? phase : undefined;
  }
  return cancelledBy && cancelledBy !== requestedBy ? phase : undefined;
}

function linkTo(item: RunListItem, tab: string): string {
  const parts = [item.cluster, item.namespace, item.name];
  const path = parts.map(encodeURIComponent).join('/');
  return `/agent-workloads/runs/${path}?tab=${tab}`;
}

const gateKey = (item: RunListItem, nodeId: string, what: string) =>
  `${item.cluster}/${item.uid}/${nodeId}/${what}`;

const named = (...names: (string | undefined)[]) =>
  names.filter((name): name is string => Boolean(name));

const sentences = (...parts: (string | undefined)[]) =>
  parts.filter(Boolean).join(' ');

/** Of a run that was opened again: how old what it says is. */
const seenBefore = (
  { reused }: RunListItem,
  { clock, words }: Pick<Telling, 'clock' | 'words'>,
) => reused && words.seenBefore(clock(reused.seenAt), reused.run);

const quoted = (comment: string | undefined, words: NoticeWords) =>
  comment && words.quoted(commentOf(comment));

/** Who or what closed a gate; of several who approved, all who counted. */
const closedBy = (
  gate: GateStatus,
  { requestedBy }: RunListItem,
  nameOf: NameOf,
  words: NoticeWords,
) => words.closedBy(gate.via, whoDecided(gate, requestedBy).map(nameOf));

/** When half of the time is over, and when little is left: a tenth of it, at least five minutes and at most four hours. */
function remindersOf(
  gate: OpenGate,
): { half: number; last: number } | undefined {
  const [opened, end] = [Date.parse(gate.openedAt), Date.parse(gate.deadline)];
  const whole = end - opened;
  if (!(whole >= WORTH_A_REMINDER_MS)) {
    return undefined;
  }
  const before = Math.min(4 * HOUR_MS, Math.max(5 * MINUTE_MS, whole / 10));
  return { half: opened + whole / 2, last: end - before };
}

/** That it waits; then, in place of that, that half of the time is over; then that little is left. */
function ofOpenGate(
  gate: OpenGate,
  workload: AgentWorkload,
  item: RunListItem,
  telling: Telling,
): Notice[] {
  const { identity, clock, now, words } = telling;
  const everybody = decidersOf(gate, item, identity);
  const missing = decidersOf(gate, item, identity, isMissing(gate, item));
  if (!everybody || !missing) {
    return [];
  }
  const opened = gateKey(item, gate.nodeId, 'opened');
  const left = Date.parse(gate.deadline) - now;
  const end = left > 0 ? words.endsWithoutReport(clock(gate.deadline)) : '';
  const notice = (
    part: Pick<Notice, 'key' | 'at' | 'after' | 'to'>,
    title: string,
    topic: string,
  ): Notice => ({
    ...part,
    people: named(item.requestedBy),
    write: nameOf => ({
      title: `${title}: ${titleOf(item)}`,
      description: sentences(
        againstIt(workload, words),
        countsOf(item, words),
        seenBefore(item, telling),
        words.askedBy(item.requestedBy && nameOf(item.requestedBy)),
        quorumSentence(gate, item, words),
        end,
      ),
      link: linkTo(item, 'overview'),
      severity: 'high',
      topic,
      scope: `gate:${item.uid}/${gate.nodeId}`,
    }),
  });
  const first = notice(
    { key: opened, at: Date.parse(gate.openedAt), to: everybody },
    words.gateWaits,
    TOPICS.gate,
  );
  const reminders = remindersOf(gate);
  // Where no approval opens it any more, who was told that it waits is not asked again.
  if (isPastApproving(workload) || !reminders || left <= 0) {
    return [first];
  }
  const reminder = (what: string, at: number) =>
    notice(
      {
        key: gateKey(item, gate.nodeId, what),
        at,
        after: opened,
        to: missing,
      },
      words.leftToDecide(spanWords(left, words)),
      TOPICS.reminder,
    );
  if (now >= reminders.last) {
    // Who leaves more time is reminded of the new end, too.
    return [first, reminder(`last/${gate.deadline}`, reminders.last)];
  }
  return now >= reminders.half
    ? [first, reminder('half', reminders.half)]
    : [first];
}

function outcomeOf(gate: GateStatus, item: RunListItem): Outcome {
  if (gate.decision === 'approve') {
    if (item.hasReport) return 'reportIsThere';
    return isFinalPhase(item.phase) ? 'noReportCame' : 'reportIsWritten';
  }
  const denied =
    gate.decision === 'deny' && (gate.via ?? 'person') === 'person';
  return denied ? 'denied' : 'noReport';
}

/** In place of the notice that it waits: whoever opens it reads that there is nothing to do any more. */
function ofClosedGate(
  gate: GateStatus,
  item: RunListItem,
  { identity, words }: Telling,
): Notice[] {
  const at = Date.parse(gate.decidedAt ?? item.finishedAt ?? '');
  const to = decidersOf(gate, item, identity);
  if (!gate.nodeId || !to || !Number.isFinite(at)) {
    return [];
  }
  const { nodeId, decision, comment } = gate;
  return [
    {
      key: gateKey(item, nodeId, 'decided'),
      at,
      after: gateKey(item, nodeId, 'opened'),
      people: whoDecided(gate, item.requestedBy),
      to,
      write: nameOf => ({
        title: `${
          decision ? closedBy(gate, item, nameOf, words) : words.nothingToDecide
        }: ${titleOf(item)}`,
        description: sentences(
          words.outcomes[outcomeOf(gate, item)],
          quoted(comment, words),
        ),
        link: linkTo(item, 'overview'),
        severity: 'low',
        topic: TOPICS.decided,
        scope: `gate:${item.uid}/${nodeId}`,
      }),
    },
  ];
}

function howItEnded(
  { spec, status }: AgentWorkload,
  item: RunListItem,
  nameOf: NameOf,
  telling: Telling,
): string {
  const { words } = telling;
  const gate = status?.gate;
  const comment = quoted(gate?.comment, words);
  const { username, reason } = spec.cancelledBy ?? {};
  if (item.phase === 'Cancelled' && username) {
    return sentences(
      `${words.closedBy('cancel', [nameOf(username)])}.`,
      quoted(reason, words),
    );
  }
  if (item.phase === 'Completed') {
    const names = gate ? whoDecided(gate, item.requestedBy) : [];
    const by =
      gate?.via === 'person' && names.length > 0
        ? words.approvedBy(names.map(nameOf))
        : undefined;
    return sentences(
      countsOf(item, words),
      seenBefore(item, telling),
      by,
      comment,
    );
  }
  if (item.phase === 'PolicyDenied') {
    return words.policyDidNotStart;
  }
  return gate?.decision === 'deny'
    ? sentences(`${closedBy(gate, item, nameOf, words)}.`, comment)
    : words.runSaysWhy;
}

function ofEnd(
  workload: AgentWorkload,
  item: RunListItem,
  telling: Telling,
): Notice[] {
  const { identity, words } = telling;
  const { gate } = workload.status ?? {};
  const cancelledBy = workload.spec.cancelledBy?.username;
  const end = endOf(item, cancelledBy);
  const requester = item.requestedBy && identity.userRef(item.requestedBy);
  if (!end || !requester || !item.finishedAt) {
    return [];
  }
  return [
    {
      key: `${item.cluster}/${item.uid}/end`,
      at: Date.parse(item.finishedAt),
      people: [
        ...(gate ? whoDecided(gate, item.requestedBy) : []),
        ...(cancelledBy ? [cancelledBy] : []),
      ],
      to: { person: requester },
      write: nameOf => ({
        title: `${words.ends[end]}: ${titleOf(item)}`,
        description: howItEnded(workload, item, nameOf, telling),
        link: linkTo(item, item.hasReport ? 'report' : 'overview'),
        severity: 'normal',
        topic: TOPICS.run,
        scope: `run:${item.uid}`,
      }),
    },
  ];
}

/**
 * All that somebody is to have been told of this run by now, oldest first: those who may decide, that its gate waits and
 * then that it does not any more; who asked, how it ended. They read what was asked and the words of a
 * decision; of what is in the run only numbers and what kinds of reasons the policy has, for the portal's policy may keep the rest from some of them.
 */
export function noticesOf(
  workload: AgentWorkload,
  item: RunListItem,
  telling: Telling,
): Notice[] {
  const gate = workload.status?.gate;
  const open = openGate(workload);
  const isOver = isFinalPhase(item.phase);
  return [
    ...(open ? ofOpenGate(open, workload, item, telling) : []),
    ...(gate && (gate.decision || isOver)
      ? ofClosedGate(gate, item, telling)
      : []),
    ...(isOver ? ofEnd(workload, item, telling) : []),
  ];
}
