import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ground } from '../harness/ground';
import { sleep } from '../harness/runs';
import { ACCOUNT, MADE_AS } from './cases/account';
import { ENDS, OWNERS_AND_LABELS, STATUSES } from './cases/guards';
import { LISTS, PAGES, WATCHES } from './cases/lists';
import { CREATION, DELETION, GARBAGE, UPDATES } from './cases/objects';
import { POLICIES, RIGHTS, TOKENS } from './cases/rights';
import {
  SCHEDULE_NAMES,
  SCHEDULE_RUNS,
  SCHEDULE_SHAPES,
} from './cases/schedules';
import { CHANGES, SCHEMA } from './cases/validation';
import { Client } from './client';
import {
  type Answer,
  type Answered,
  type Case,
  type Expected,
  type From,
  get,
  merge,
  TEMPLATES,
} from './model';

/** The real thing, where there is one; otherwise a ground of our own. */
const real = process.env.CONFORMANCE_KUBECONFIG;
const NAMESPACES = '/api/v1/namespaces';
const PATIENCE_MS = 20_000;

let ground: Ground | undefined;
let client: Client;

beforeAll(async () => {
  if (!real) ground = await Ground.start('conformance');
  const namespace = `conformance-${randomBytes(3).toString('hex')}`;
  client = new Client(
    real ?? path.join(ground!.dataDir, 'kubeconfig'),
    namespace,
  );
  await client.ask({
    method: 'POST',
    path: NAMESPACES,
    body: {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: namespace,
        labels: { 'agentworkloads.io/workloads': 'true' },
      },
    },
  });
}, 180_000);
afterAll(async () => {
  await releaseAll();
  await client?.ask({ method: 'DELETE', path: `${NAMESPACES}/{ns}` });
  client?.close();
  await ground?.stop();
});

/** A finalizer that nobody takes off would keep the namespace for ever, and a cluster outlives the test. */
async function releaseAll(): Promise<void> {
  const answer = await client?.ask(get(TEMPLATES));
  const items = (answer?.object.items ?? []) as Answered[];
  for (const { metadata } of items.filter(one => one.metadata.finalizers))
    await client.ask(
      merge(`${TEMPLATES}/${metadata.name}`, {
        metadata: { finalizers: null },
      }),
    );
}

function from<T>(value: From<T>, given: Answer[]): T {
  return typeof value === 'function'
    ? (value as (given: Answer[]) => T)(given)
    : value;
}

function compare(answer: Answer, expected: Expected): void {
  const { says, warns, ...rest } = expected;
  expect(answer).toMatchObject({
    ...rest,
    ...(says && { message: expect.stringContaining(says) }),
    ...(warns && { warnings: expect.stringContaining(warns) }),
    ...(warns === '' && { warnings: '' }),
  });
}

/** Repeats until it holds, where that may take a while. */
async function holds(
  patient: boolean,
  check: () => Promise<void>,
): Promise<void> {
  const end = Date.now() + (patient ? PATIENCE_MS : 0);
  for (;;) {
    try {
      await check();
      return;
    } catch (error) {
      if (Date.now() >= end) throw error;
    }
    await sleep(200);
  }
}

async function run(one: Case, patientThen: boolean): Promise<void> {
  const given: Answer[] = [];
  for (const request of one.given ?? []) {
    const answer = await client.ask(from(request, given));
    expect(answer.code).toBeLessThan(300);
    given.push(answer);
  }
  const expected = (!real && one.standalone) || one.expected;
  const { meanwhile } = one;
  if (meanwhile) void sleep(1000).then(() => client.ask(meanwhile));
  await holds(one.patient ?? false, async () =>
    compare(await client.ask(from(one.request, given)), from(expected, given)),
  );
  const { then } = one;
  if (!then) return;
  await holds(patientThen, async () =>
    compare(
      await client.ask(from(then.request, given)),
      from(then.expected, given),
    ),
  );
}

const TABLE: readonly [string, readonly Case[]][] = [
  ['creating', CREATION],
  ['reading and changing', UPDATES],
  ['deleting', DELETION],
  ['owners and what they own', GARBAGE],
  ['lists by label', LISTS],
  ['lists by field and page', PAGES],
  ['watches', WATCHES],
  ['a workload that the schema refuses or completes', SCHEMA],
  ['a workload that changes', CHANGES],
  ['rights', RIGHTS],
  ['tokens', TOKENS],
  ['admission policies', POLICIES],
  ['the account of the steps', ACCOUNT],
  ['what our kinds are made with', MADE_AS],
  ['the status of our kinds', STATUSES],
  ['owners, finalizers and labels of our kinds', OWNERS_AND_LABELS],
  ['in whose name a schedule is', SCHEDULE_NAMES],
  ['the shape of a schedule', SCHEDULE_SHAPES],
  ['runs of a schedule', SCHEDULE_RUNS],
  ['ends of our kinds', ENDS],
];

describe.each(TABLE)('%s', (_area, cases) => {
  it.each(cases.map(one => [one.what, one] as const))('%s', (_what, one) =>
    run(one, cases === GARBAGE || cases === ENDS),
  );
});
