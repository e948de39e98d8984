import { reasonsOf } from '@agentworkloads/api';
import type { StartCheck } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type { Words } from '../translation/words';
import { policySentence } from './policySentence';
import { saidText } from './saidText';

/** What a check before a launch tells of the run itself. */
export interface StartSentences {
  tone: 'success' | 'info' | 'warning' | 'danger';
  title: string;
  /** Whole sentences. */
  lines: string[];
  /** Why, each by itself, after {@link StartSentences.lines}. */
  reasons: string[];
  /** After the reasons. */
  advice?: string;
}

type Policy = StartCheck['policy'];

/** Who will have to decide, where the policy has said so. */
function gateLines(
  { gate }: Policy,
  stricter: boolean,
  { t, locale }: Words,
): string[] {
  if (!gate) return [];
  if (gate.mode === 'policy') return [t('launchCheck.gatePolicy')];
  const { approvals = 1, groups = [], fourEyes } = gate;
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  return [
    t('launchCheck.gateHuman', { count: approvals }),
    ...(fourEyes ? [t('launchCheck.gateFourEyes')] : []),
    ...(groups.length > 0
      ? [t('launchCheck.gateGroups', { groups: list.format(groups) })]
      : []),
    ...(stricter ? [t('launchCheck.because')] : []),
  ];
}

function unknownPolicy({ why }: Policy, { t }: Words): string {
  if (why === 'unavailable') return t('launchCheck.policyUnavailable');
  if (why === 'misnamed') return t('launchCheck.policyMisnamed');
  return t(
    why === 'away'
      ? 'launchCheck.policyAway'
      : 'launchCheck.policyNotConfigured',
  );
}

/** What could not be learnt is said, and takes nothing away from what was. */
function ofCluster(
  { cluster, policy }: StartCheck,
  words: Words,
): Pick<StartSentences, 'tone' | 'title' | 'lines'> {
  const { t } = words;
  const isPolicyKnown = policy.answer !== 'unknown';
  if (cluster.answer === 'unknown') {
    const { message = '', said } = cluster.error ?? {};
    return {
      tone: 'warning',
      title: t(
        isPolicyKnown ? 'launchCheck.policyStarts' : 'launchCheck.nothing',
      ),
      lines: [
        t('launchCheck.clusterUnknown', {
          message: saidText(message, said, words),
        }),
      ],
    };
  }
  return isPolicyKnown
    ? { tone: 'success', title: t('launchCheck.starts'), lines: [] }
    : { tone: 'info', title: t('launchCheck.clusterTakes'), lines: [] };
}

/** The answers of cluster and policy, what hinders first. */
export function startSentences(
  check: StartCheck,
  words: Words,
): StartSentences {
  const { cluster, policy } = check;
  const { t } = words;
  const reasons = reasonsOf(policy.reasons, policy.said).map(reason =>
    policySentence(reason, words),
  );
  if (policy.answer === 'denied') {
    return {
      tone: 'danger',
      title: t('launchCheck.denied'),
      lines: [],
      reasons,
      advice: t('launchCheck.deniedText'),
    };
  }
  if (cluster.answer === 'refused') {
    const { message = '', said } = cluster.error ?? {};
    return {
      tone: 'danger',
      title: t('launchCheck.refused'),
      lines: [saidText(message, said, words)],
      reasons: [],
    };
  }
  if (policy.answer === 'waits') {
    return {
      tone: 'warning',
      title: t('launchCheck.waits'),
      lines: [],
      reasons,
      advice: [
        t('launchCheck.waitsText'),
        ...gateLines(policy, false, words),
      ].join(' '),
    };
  }
  const known = ofCluster(check, words);
  const lines =
    policy.answer === 'unknown'
      ? [unknownPolicy(policy, words)]
      : gateLines(policy, reasons.length > 0, words);
  return { ...known, lines: [...known.lines, ...lines], reasons };
}
