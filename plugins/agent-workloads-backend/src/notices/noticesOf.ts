import {
  isFinalPhase,
  listed,
  whoDecided,
  type AgentWorkload,
  type GateStatus,
  type Phase,
} from '@agentworkloads/api';
import type { RunListItem } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type { IdentityMapper } from '@agentworkloads/backstage-plugin-agent-workloads-node';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { openGate, type OpenGate } from '../runs/gate';
import { decidersOf, isMissing, quorumSentence } from './deciders';
import type { Recipients } from './recipients';
import {
  closedBy,
  countsOf,
  quoted,
  spanWords,
  titleOf,
  type NameOf,
} from './words';

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
  /** RFC 3339 -> day and time for people. */
  clock(at: string): string;
  /** Milliseconds since the epoch. */
  now: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Who has heard of a gate just now needs no reminder. */
const WORTH_A_REMINDER_MS = 20 * MINUTE_MS;

const ENDS: Partial<Record<Phase, string>> = {
  Completed: 'Your report is there',
  Denied: 'No report, denied',
  Failed: 'No report, it failed',
  PolicyDenied: 'Not started',
  TimedOut: 'No report, the time was over',
};

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
const seenBefore = ({ reused }: RunListItem, clock: Telling['clock']) =>
  reused &&
  `Its pages were seen on ${clock(reused.seenAt)}, in run ${reused.run}.`;

const askedBy = ({ requestedBy }: RunListItem, nameOf: NameOf) =>
  `Asked for by ${requestedBy ? nameOf(requestedBy) : 'nobody named'}.`;

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
  item: RunListItem,
  { identity, clock, now }: Telling,
): Notice[] {
  const everybody = decidersOf(gate, item, identity);
  const missing = decidersOf(gate, item, identity, isMissing(gate, item));
  if (!everybody || !missing) {
    return [];
  }
  const opened = gateKey(item, gate.nodeId, 'opened');
  const left = Date.parse(gate.deadline) - now;
  const end =
    left > 0
      ? `Without a decision by ${clock(
          gate.deadline,
        )} it ends without a report.`
      : undefined;
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
        countsOf(item),
        seenBefore(item, clock),
        askedBy(item, nameOf),
        quorumSentence(gate, item),
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
    'A gate waits',
    TOPICS.gate,
  );
  const reminders = remindersOf(gate);
  if (!reminders || left <= 0) {
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
      `${spanWords(left)} left to decide`,
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

function outcomeOf(gate: GateStatus, item: RunListItem): string {
  if (gate.decision === 'approve') {
    if (item.hasReport) return 'Approved; the report is there.';
    return isFinalPhase(item.phase)
      ? 'Approved; the run ended without a report.'
      : 'Approved; the report is being written.';
  }
  const denied =
    gate.decision === 'deny' && (gate.via ?? 'person') === 'person';
  return denied ? 'Denied; there is no report.' : 'There is no report.';
}

/** In place of the notice that it waits: whoever opens it reads that there is nothing to do any more. */
function ofClosedGate(
  gate: GateStatus,
  item: RunListItem,
  { identity }: Telling,
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
          decision
            ? closedBy(gate, item.requestedBy, nameOf)
            : 'Nothing to decide any more'
        }: ${titleOf(item)}`,
        description: sentences(
          outcomeOf(gate, item),
          comment && quoted(comment),
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
  clock: Telling['clock'],
): string {
  const gate = status?.gate;
  const comment = gate?.comment && quoted(gate.comment);
  const { username, reason } = spec.cancelledBy ?? {};
  if (item.phase === 'Cancelled' && username) {
    return sentences(
      `Cancelled by ${nameOf(username)}.`,
      reason && quoted(reason),
    );
  }
  if (item.phase === 'Completed') {
    const names = gate ? whoDecided(gate, item.requestedBy) : [];
    const by =
      gate?.via === 'person' && names.length > 0
        ? `Approved by ${listed(names.map(nameOf))}.`
        : undefined;
    return sentences(countsOf(item), seenBefore(item, clock), by, comment);
  }
  if (item.phase === 'PolicyDenied') {
    return 'The policy did not let it start.';
  }
  return gate?.decision === 'deny'
    ? sentences(`${closedBy(gate, item.requestedBy, nameOf)}.`, comment)
    : 'The run says why.';
}

function ofEnd(
  workload: AgentWorkload,
  item: RunListItem,
  { identity, clock }: Telling,
): Notice[] {
  const { gate } = workload.status ?? {};
  const cancelledBy = workload.spec.cancelledBy?.username;
  const words =
    item.phase === 'Cancelled' &&
    cancelledBy &&
    cancelledBy !== item.requestedBy
      ? 'No report, cancelled'
      : ENDS[item.phase];
  const requester = item.requestedBy && identity.userRef(item.requestedBy);
  if (!words || !requester || !item.finishedAt) {
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
        title: `${words}: ${titleOf(item)}`,
        description: howItEnded(workload, item, nameOf, clock),
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
 * decision; of what is in the run only numbers, for the portal's policy may keep the rest from some of them.
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
    ...(open ? ofOpenGate(open, item, telling) : []),
    ...(gate && (gate.decision || isOver)
      ? ofClosedGate(gate, item, telling)
      : []),
    ...(isOver ? ofEnd(workload, item, telling) : []),
  ];
}
