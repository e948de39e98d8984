import type { Words } from '../translation/words';
import { formatElapsed } from './time';

/** What a reason is in words: its parts, by the place where they stand in it. */
type Say = (parts: string[], words: Words) => string;

const LIMITS: Record<string, 'gateWaits' | 'runWorks' | 'noProgress'> = {
  execution: 'runWorks',
  suspendGate: 'gateWaits',
  noProgress: 'noProgress',
};

const elapsed = (seconds: string, words: Words) =>
  formatElapsed(Number(seconds) * 1_000, words);

/** What policy `start` says (policies/start.rego); a policy of somebody's own says other things. */
const SENTENCES: readonly [RegExp, Say][] = [
  [
    /^host (\S+) is denied$/,
    ([host], { t }) => t('policySays.hostDenied', { host }),
  ],
  [
    /^host (\S+) is not among the allowed hosts$/,
    ([host], { t }) => t('policySays.hostNotAllowed', { host }),
  ],
  [
    /^(\d+) target URLs, at most (\d+) are allowed$/,
    ([many, most], { t }) => t('policySays.pages', { many, most }),
  ],
  [
    /^(\d+) target URLs with pages that may be followed, at most (\d+) are allowed$/,
    ([many, most], { t }) => t('policySays.followed', { many, most }),
  ],
  [
    /^(\d+) hosts, at most (\d+) are allowed$/,
    ([many, most], { t }) => t('policySays.hosts', { many, most }),
  ],
  [
    /^(\d+) seconds of timeouts\.(execution|suspendGate|noProgress), at most (\d+) are allowed$/,
    ([asked, which, most], words) =>
      words.t('policySays.time', {
        what: words.t(`form.${LIMITS[which]}`),
        asked: elapsed(asked, words),
        most: elapsed(most, words),
      }),
  ],
  [
    /^a person decides about host (\S+)$/,
    ([host], { t }) => t('policySays.personHost', { host }),
  ],
  [
    /^a person decides in namespace (\S+)$/,
    ([namespace], { t }) => t('policySays.personNamespace', { namespace }),
  ],
  [
    /^a person decides about more than (\d+) target URLs(?: with pages that may be followed)?$/,
    ([many], { t }) => t('policySays.personPages', { many }),
  ],
  [
    /^(\d+) people must approve here$/,
    ([many], { t }) => t('policySays.approvals', { many }),
  ],
  [
    /^somebody of group (\S+) must approve here$/,
    ([group], { t }) => t('policySays.group', { group }),
  ],
  [
    /^four eyes about host (\S+)$/,
    ([host], { t }) => t('policySays.eyesHost', { host }),
  ],
  [
    /^four eyes in namespace (\S+)$/,
    ([namespace], { t }) => t('policySays.eyesNamespace', { namespace }),
  ],
  [
    /^(\d+) runs of requester \S+ go on, at most (\d+) may$/,
    ([many, most], { t }) => t('policySays.yours', { many, most }),
  ],
  [
    /^(\d+) runs go on in namespace (\S+), at most (\d+) may$/,
    ([many, namespace, most], { t }) =>
      t('policySays.runs', { many, namespace, most }),
  ],
];

/** A reason of the policy before a run, in words for people where it is one of the shipped policy; else as it is. */
export function policySentence(reason: string, words: Words): string {
  for (const [pattern, say] of SENTENCES) {
    const found = pattern.exec(reason);
    if (found) return say(found.slice(1), words);
  }
  return reason;
}
