/**
 * What must hold of the spec of a run beyond its schema, once: the CEL of the CRD, the sentences of the operator and of the portal,
 * and the form's own checks come from here. Which fields never change: `crd/freezing.ts`. Identity belongs to admission.
 */
import {
  PARAMETER_NAME_PATTERN,
  type AgentWorkloadSpec,
} from './agent-workload';
import { parseDuration } from './duration';
import { LIMITS } from './limits';
import { utf8Bytes } from './text';
import { WORKFLOW_PARAMETERS } from './workflow';

/** As the API server is told: one x-kubernetes-validations entry. */
interface Cel {
  rule: string;
  message: string;
  fieldPath?: string;
}

export interface SpecRule {
  /** What the CEL is written for; absent where CEL can't say it. */
  cel?: Cel;
  /**
   * `timeouts`, `gate`: the CEL stands there; `person`: at the spec, and only where a requester stands beside it; `schedule`: in the template of
   * a schedule alone; else at the spec, of runs and of templates.
   */
  at?: 'timeouts' | 'gate' | 'person' | 'schedule';
  /** Sentences on what breaks it, without a full stop; absent where the schema finds it already. */
  problems?: (spec: AgentWorkloadSpec) => string[];
}

/** The shortest that each limit may be. */
export const LEAST_TIMEOUTS = {
  execution: '1s',
  suspendGate: '10s',
  noProgress: '1s',
} as const satisfies Record<keyof AgentWorkloadSpec['timeouts'], string>;

/** Parameters that a spec can't set, since the operator does. */
export const RESERVED_PARAMETERS: readonly string[] =
  Object.values(WORKFLOW_PARAMETERS);

const quoted = (values: readonly string[]) =>
  `[${values.map(value => `'${value}'`).join(', ')}]`;

/** All targets together, in bytes of UTF-8: as an environment variable holds them, and as CEL's `size(bytes(…))` counts them. */
export function targetListBytes(urls: readonly string[]): number {
  return urls.reduce((sum, url) => sum + utf8Bytes(url), 0);
}

/** What is wrong with a list of targets as a whole; each target by itself has the pattern of the schema. */
export function targetListProblems(urls: readonly string[]): string[] {
  const total = targetListBytes(urls);
  return total > LIMITS.targetUrlsTotal
    ? [
        `targetUrls have ${total} bytes together; at most ${LIMITS.targetUrlsTotal} fit into one run, so split them over several runs`,
      ]
    : [];
}

const timeoutRule = (name: keyof typeof LEAST_TIMEOUTS): SpecRule => ({
  at: 'timeouts',
  cel: {
    rule: `duration(self.${name}) >= duration('${LEAST_TIMEOUTS[name]}')`,
    message: `${name} must be at least ${LEAST_TIMEOUTS[name]}`,
    fieldPath: `.${name}`,
  },
  problems: ({ timeouts }) =>
    parseDuration(timeouts[name]) < parseDuration(LEAST_TIMEOUTS[name])
      ? [`timeouts.${name} must be at least ${LEAST_TIMEOUTS[name]}`]
      : [],
});

/**
 * A group that a gate can ask for: any name that a token may bring, also of several words and in any script, and none that Kubernetes
 * gives by itself. Everybody is in `system:authenticated`, and no portal may act as a member of a `system:` group. The CRD and policy's
 * own lists use the same pattern; U+00A0 is the blank that does not break a line.
 */
export const GATE_GROUP_PATTERN =
  '^[^\\x00-\\x20\\x7f-\\xa0]([^\\x00-\\x1f\\x7f-\\x9f]*[^\\x00-\\x20\\x7f-\\xa0])?$';
const KUBERNETES_OWN = 'system:';
const GROUP_WORDS = `must be names without control characters and without a blank at either end, none of which begins with "${KUBERNETES_OWN}"`;

/** @returns those of the names that no gate can ask for */
export function groupsNobodyCanBring(groups: readonly string[]): string[] {
  const pattern = new RegExp(GATE_GROUP_PATTERN);
  return groups.filter(
    name => !pattern.test(name) || name.startsWith(KUBERNETES_OWN),
  );
}

export const SPEC_RULES: readonly SpecRule[] = [
  {
    // At the gate, which never changes: the API server judges what is unchanged no more, so a run of before can still be cancelled.
    at: 'gate',
    cel: {
      rule: `!has(self.groups) || self.groups.all(name, name.matches('${GATE_GROUP_PATTERN.replaceAll(
        '\\',
        '\\\\',
      )}') && !name.startsWith('${KUBERNETES_OWN}'))`,
      message: `gate.groups ${GROUP_WORDS}: write each as kubectl auth whoami shows it`,
      fieldPath: '.groups',
    },
    problems: ({ gate }) => {
      const odd = groupsNobodyCanBring(gate.groups ?? []);
      return odd.length > 0
        ? [
            `gate.groups ${GROUP_WORDS}, and these are others: ${odd
              .map(name => JSON.stringify(name))
              .join(', ')}`,
          ]
        : [];
    },
  },
  {
    at: 'person',
    cel: {
      rule: '!self.gate.fourEyes || has(self.requestedBy)',
      message:
        'gate.fourEyes needs requestedBy: without it nobody knows who must not decide',
    },
    problems: ({ gate, requestedBy }) =>
      gate.fourEyes && !requestedBy ? ['gate.fourEyes needs requestedBy'] : [],
  },
  {
    cel: {
      rule: `self.targetUrls.map(url, size(bytes(url))).sum() <= ${LIMITS.targetUrlsTotal}`,
      message: `targetUrls may have ${LIMITS.targetUrlsTotal} bytes in all; split the run`,
      fieldPath: '.targetUrls',
    },
    problems: ({ targetUrls }) => targetListProblems(targetUrls),
  },
  {
    problems: ({ targetUrls }) => {
      const broken = targetUrls.filter(url => !URL.canParse(url));
      return broken.length > 0
        ? [`targetUrls has ${broken.length} entries that are no URL`]
        : [];
    },
  },
  {
    cel: {
      rule: `!self.parameters.exists(name, name in ${quoted(
        RESERVED_PARAMETERS,
      )})`,
      message: `parameters can't set ${RESERVED_PARAMETERS.join(
        ', ',
      )}: they are made from the spec`,
      fieldPath: '.parameters',
    },
    problems: ({ parameters }) =>
      Object.keys(parameters)
        .filter(name => RESERVED_PARAMETERS.includes(name))
        .map(name => `parameters.${name} is set by the operator; leave it out`),
  },
  {
    // The schema has the same pattern, but of names of a map the API server knows nothing.
    cel: {
      rule: `self.parameters.all(name, size(name) <= ${LIMITS.parameterName} && name.matches('${PARAMETER_NAME_PATTERN}'))`,
      message: `names of parameters have letters, digits, _ and -, begin with a letter or digit and have at most ${LIMITS.parameterName} characters`,
      fieldPath: '.parameters',
    },
  },
  {
    // The operator, who makes the runs, may get every run: nobody would be asked whether the requester may.
    at: 'schedule',
    cel: {
      rule: '!has(self.baselineRef)',
      message:
        'a schedule compares each run with its last completed one; leave baselineRef out, and ask for one run by an AgentWorkload to compare with another',
    },
  },
  {
    // A due time asks for what the pages say then.
    at: 'schedule',
    cel: {
      rule: '!has(self.evidenceFrom)',
      message:
        'each run of a schedule visits its pages; leave evidenceFrom out, and open a run again by an AgentWorkload',
    },
  },
  {
    cel: {
      rule: '!has(self.evidenceFrom) || !has(self.baselineRef)',
      message:
        'what is opened again is compared with what it was compared with before; leave baselineRef out',
    },
    problems: ({ evidenceFrom, baselineRef }) =>
      evidenceFrom && baselineRef
        ? [
            'baselineRef: what is opened again is compared with what it was compared with before, leave it out',
          ]
        : [],
  },
  timeoutRule('execution'),
  timeoutRule('suspendGate'),
  timeoutRule('noProgress'),
];

/** The CEL of the rules that stand at one place. */
export function celAt(place: SpecRule['at']): Cel[] {
  return SPEC_RULES.flatMap(({ at, cel }) =>
    cel && at === place ? [cel] : [],
  );
}

/** @returns a sentence for each thing that is wrong, empty when the spec can be run */
export function specProblems(spec: AgentWorkloadSpec): string[] {
  return SPEC_RULES.flatMap(({ problems }) => problems?.(spec) ?? []);
}
