import { afterEach, describe, expect, it } from '@jest/globals';
import {
  createOperator,
  type Operator,
  type OperatorOptions,
} from '../src/operator';
import {
  FakeApiServer,
  type Fault,
  type SeenRequest,
} from '@agentworkloads/kube/testing';
import { FakePolicy } from './fake-policy';
import { LocalClient } from './plans/local-client';
import { PlanClock } from './plans/plan-world';
import { ACCOUNTS } from './admission';
import { silentLogger, type LogLine } from '@agentworkloads/kube/testing';

const NAMESPACE = 'agentworkloads';
const MINUTE = 60_000;
const running: Operator[] = [];
afterEach(() => {
  for (const operator of running.splice(0)) void operator.stop(0);
});

function started(
  fault: (request: SeenRequest) => Fault | undefined,
  more: Partial<OperatorOptions> = {},
) {
  const clock = new PlanClock(Date.parse('2026-03-02T10:00:00Z'));
  const api = new FakeApiServer(() => new Date(clock.now()));
  const client = new LocalClient(api, clock, 'op');
  client.fault = fault;
  const policy = new FakePolicy();
  const log: LogLine[] = [];
  const operator = createOperator({
    client,
    policy,
    events: { record: () => undefined },
    clock,
    logger: silentLogger(log),
    random: () => 0,
    randomName: () => 'abcdefghij',
    watchNamespaces: [],
    accounts: ACCOUNTS,
    artifactBucket: 'agentworkloads',
    argoInstanceId: '',
    argoWorkflowDefaults: {},
    workers: 4,
    passTimeoutMs: MINUTE,
    resyncMs: 600 * MINUTE,
    ...more,
  });
  running.push(operator);
  api.create('agentworkloads', NAMESPACE, {
    metadata: { name: 'weekly' },
    spec: { objective: 'x', targetUrls: ['https://acme.example/'] },
  });
  void operator.start();
  return { clock, api, client, policy, operator, log };
}

const forbidden: Fault = { answer: 403, reason: 'Forbidden' };
const isList = ({ method, name, watch }: SeenRequest) =>
  method === 'GET' && !name && !watch;

describe('an operator that waits to lead', () => {
  it('is ready and writes nothing, and works on all that there is once it leads', async () => {
    let leads = () => {};
    const found: { problem?: string } = {};
    const election = {
      lead: () => new Promise<void>(resolve => (leads = resolve)),
      problem: () => found.problem,
    };
    const { clock, api, operator } = started(() => undefined, { election });
    await clock.advance(40_000);
    expect(api.writes).toEqual([]);
    expect(await operator.notReadyBecause()).toBeUndefined();
    found.problem = 'leases is forbidden';
    expect(await operator.notReadyBecause()).toBe('leases is forbidden');

    leads();
    await clock.advance(1_000);
    expect(api.writes.map(({ request }) => request.kind)).toContain(
      'agentworkloads',
    );
  });
});

describe('a cluster without the CRD of schedules', () => {
  it('has its runs carried on, and an error says how to mend it', async () => {
    let isMissing = true;
    const { clock, api, operator, log } = started(({ kind }) =>
      isMissing && kind === 'agentworkloadschedules'
        ? { answer: 404 }
        : undefined,
    );
    await clock.advance(40_000);
    expect(api.writes.map(({ request }) => request.kind)).toContain(
      'agentworkloads',
    );
    expect(await operator.notReadyBecause()).toContain(
      'agentworkloadschedules',
    );
    await clock.advance(5 * MINUTE);
    const errors = log.filter(({ level }) => level === 'error');
    expect(errors.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('deploy/crds'),
    );
    expect(errors.length).toBeLessThan(10);
    isMissing = false;
    await clock.advance(2 * MINUTE);
    expect(await operator.notReadyBecause()).toBeUndefined();
  });
});

describe('whether the operator is ready', () => {
  it('is so once every kind was listed, and it works on nothing before', async () => {
    let refuse = true;
    const { clock, api, operator } = started(request =>
      refuse && isList(request) && request.kind === 'agentapprovals'
        ? forbidden
        : undefined,
    );
    await clock.advance(20_000);
    expect(await operator.notReadyBecause()).toContain('not whole');
    expect(api.writes).toEqual([]);
    refuse = false;
    await clock.advance(40_000);
    expect(await operator.notReadyBecause()).toBeUndefined();
    expect(api.writes.length).toBeGreaterThan(0);
  });

  it.each(['agentworkloads', 'workflows', 'agentapprovals'])(
    'says that %s can no longer be followed, and why',
    async kind => {
      let refuse = false;
      const { clock, api, operator } = started(request =>
        refuse && request.kind === kind && isList(request)
          ? forbidden
          : undefined,
      );
      await clock.advance(5_000);
      expect(await operator.notReadyBecause()).toBeUndefined();
      refuse = true;
      api.disconnect(true);
      await clock.advance(5 * MINUTE);
      const why = await operator.notReadyBecause();
      expect(why).toContain(kind);
      expect(why).toContain('403');
      // A restart would not help: the rest is alive.
      expect(operator.notAliveBecause()).toBeUndefined();
      refuse = false;
      await clock.advance(5 * MINUTE);
      expect(await operator.notReadyBecause()).toBeUndefined();
    },
  );

  it('asks the policy, too', async () => {
    const { clock, policy, operator } = started(() => undefined);
    policy.notReadyBecause = async () => 'OPA has no bundle';
    await clock.advance(5_000);
    expect(await operator.notReadyBecause()).toBe('OPA has no bundle');
  });

  it('stays so while nothing happens', async () => {
    const { clock, operator } = started(() => undefined);
    for (let minute = 0; minute < 20; minute += 1) {
      await clock.advance(MINUTE);
      expect(await operator.notReadyBecause()).toBeUndefined();
      expect(operator.notAliveBecause()).toBeUndefined();
    }
  });
});

describe('whether the operator is alive', () => {
  it('is not so when every kind was silent for a quarter of an hour', async () => {
    const { clock, client, operator } = started(() => undefined);
    await clock.advance(5_000);
    client.die();
    await clock.advance(14 * MINUTE);
    expect(operator.notAliveBecause()).toBeUndefined();
    await clock.advance(4 * MINUTE);
    expect(operator.notAliveBecause()).toContain('silent');
  });
});
