import {
  SYSTEM_NAMESPACE,
  WRITERS_CONFIG_MAP,
  WRITER_LISTS,
} from '@agentworkloads/api';
import { z } from 'zod';
import { apiStatus, type Clock, type KubeClient } from '../ports';
import { KINDS } from '../reconcile/kinds';
import { forgottenFields, WORKLOADS_CRD } from './crd';
import type { AdmissionFacts } from '../reconcile/observed';
import {
  allowedWriters,
  differsAt,
  expectedObjects,
  withDefaults,
  type Accounts,
  type ExpectedObject,
} from './expected';
import { trials, tryApproval } from './trial';

/** How long a proof stands, and how soon a cluster that has none is asked again. */
const KEPT_MS = 60_000;
const RETRY_MS = 2_000;

const metadataSchema = z.looseObject({
  creationTimestamp: z.string().default(''),
  managedFields: z
    .array(
      z.looseObject({
        time: z.string().default(''),
        subresource: z.string().optional(),
      }),
    )
    .default([]),
});
const objectSchema = z.looseObject({ metadata: metadataSchema });
const writersSchema = objectSchema.extend({
  data: z.record(z.string(), z.string()).default({}),
});

interface Found {
  /** What is wrong with it, as a sentence; undefined when it is as shipped. */
  problem?: string;
  /** When it was last written, by its own account: what was weakened and mended since leaves its time here. */
  since: string;
}

function lastWritten(metadata: z.infer<typeof metadataSchema>): string {
  const times = metadata.managedFields
    // The API server writes what it thinks of a policy's types.
    .filter(({ subresource }) => subresource !== 'status')
    .map(({ time }) => time);
  return [metadata.creationTimestamp, ...times].sort().at(-1) ?? '';
}

async function readObject(
  client: KubeClient,
  expected: ExpectedObject,
): Promise<Found> {
  const label = `${KINDS[expected.kind].plural}/${expected.name}`;
  try {
    const raw = await client.get(KINDS[expected.kind], '', expected.name);
    const { metadata, spec } = objectSchema.parse(raw);
    const at = differsAt(expected.spec, withDefaults(spec));
    return {
      since: lastWritten(metadata),
      ...(at
        ? { problem: `${label} differs from what is shipped: ${at}` }
        : {}),
    };
  } catch (error) {
    if (apiStatus(error) !== 404) throw error;
    return { since: '', problem: `${label} is missing` };
  }
}

/**
 * Whether status keeps how many have to approve: what an older CRD does not know is dropped without a word, and one person would do.
 *
 * @returns what it does not keep, as a sentence
 */
async function readKept(client: KubeClient): Promise<string | undefined> {
  const raw = await client.get(KINDS.customResources, '', WORKLOADS_CRD);
  const forgotten = forgottenFields(raw);
  return forgotten.length > 0
    ? `customresourcedefinitions/${WORKLOADS_CRD} is older than this operator and does not keep ${forgotten.join(
        ', ',
      )}, so one approval would be taken for all that are asked for`
    : undefined;
}

async function readWriters(
  client: KubeClient,
  accounts: Accounts,
): Promise<Found> {
  const label = `configmaps/${SYSTEM_NAMESPACE}/${WRITERS_CONFIG_MAP}`;
  const allowed = allowedWriters(accounts);
  try {
    const raw = await client.get(
      KINDS.configMaps,
      SYSTEM_NAMESPACE,
      WRITERS_CONFIG_MAP,
    );
    const { metadata, data } = writersSchema.parse(raw);
    const strangers = WRITER_LISTS.flatMap(list =>
      (data[list] ?? '')
        .split('\n')
        .map(line => line.trim())
        .filter(name => name && !allowed[list]?.includes(name))
        .map(name => `${name} in ${list}`),
    );
    return {
      since: lastWritten(metadata),
      ...(strangers.length > 0
        ? {
            problem: `${label} names who is not configured: ${strangers.join(
              ', ',
            )}`,
          }
        : {}),
    };
  } catch (error) {
    if (apiStatus(error) !== 404) throw error;
    return { since: '', problem: `${label} is missing` };
  }
}

/** Policies, bindings, lists and what the CRD keeps, read live, against what is shipped. */
export async function readPolicies(
  client: KubeClient,
  accounts: Accounts,
): Promise<AdmissionFacts> {
  const reads = [
    ...expectedObjects(accounts).map(one => readObject(client, one)),
    readWriters(client, accounts),
  ];
  const [unkept, ...found] = await Promise.all([readKept(client), ...reads]);
  const problems = found.flatMap(({ problem }) => problem ?? []);
  if (problems.length > 0) return { kind: 'missing', problems };
  const since = found.map(one => one.since).sort();
  return {
    kind: 'present',
    since: since.at(-1) ?? '',
    ...(unkept === undefined ? {} : { unkept }),
  };
}

/** Whether the policies bite in a namespace: two approvals that they must refuse, kept nowhere. */
export async function tryPolicies(
  client: KubeClient,
  accounts: Accounts,
  namespace: string,
): Promise<AdmissionFacts | undefined> {
  const results = await Promise.all(
    trials(accounts.operator).map(trial =>
      tryApproval(client, namespace, trial),
    ),
  );
  const taken = results.flatMap(one => (one.kind === 'taken' ? one.what : []));
  if (taken.length > 0) {
    const problems = taken.map(what => `${what} would be taken`);
    return { kind: 'missing', problems };
  }
  const unproven = results.find(one => one.kind === 'unproven');
  return unproven && { kind: 'unreadable', cause: unproven.cause };
}

interface Kept {
  at: number;
  facts: Promise<AdmissionFacts>;
  /** Set once the answer is there. */
  isGood?: boolean;
}

export interface AdmissionProof {
  /**
   * Whether the policies vouch for an approval in that namespace. Never throws.
   * @param madeAt when the approval was made, ms: what was proven before says nothing about it
   */
  factsFor(namespace: string, madeAt: number): Promise<AdmissionFacts>;
}

/**
 * Proves, for each namespace, that the shipped policies stand as shipped *and* that they bite
 * there. Names alone prove nothing: a binding may be scoped to other namespaces.
 */
export function createAdmissionProof(parts: {
  client: KubeClient;
  clock: Pick<Clock, 'now'>;
  accounts: Accounts;
}): AdmissionProof {
  const { client, clock, accounts } = parts;
  const kept = new Map<string, Kept>();

  async function prove(namespace: string): Promise<AdmissionFacts> {
    try {
      const policies = await readPolicies(client, accounts);
      if (policies.kind !== 'present') return policies;
      return (await tryPolicies(client, accounts, namespace)) ?? policies;
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      return { kind: 'unreadable', cause };
    }
  }

  return {
    factsFor(namespace, madeAt) {
      const now = clock.now();
      const last = kept.get(namespace);
      const age = last ? now - last.at : Infinity;
      const stands = last?.isGood === false ? age < RETRY_MS : age < KEPT_MS;
      if (last && age >= 0 && stands && last.at >= madeAt) return last.facts;
      const fresh: Kept = { at: now, facts: prove(namespace) };
      kept.set(namespace, fresh);
      void fresh.facts.then(facts => {
        fresh.isGood = facts.kind === 'present' && !facts.unkept;
      });
      return fresh.facts;
    },
  };
}
