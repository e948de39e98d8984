import {
  afterEach,
  beforeEach,
  describe,
  expect,
  it,
  jest,
} from '@jest/globals';
import type {
  AgentWorkloadScheduleSpecInput,
  AgentWorkloadScheduleStatus,
} from '@agentworkloads/api';
import { FakePolicy } from './fake-policy';
import { NAMESPACE, World } from './world';

/** Two busy cores can make a run of these slow. */
jest.setTimeout(30_000);

let world: World;
beforeEach(async () => {
  world = await World.open();
  world.policy.gate = FakePolicy.gateAnswer('allow');
});
afterEach(() => world.close());

const PLURAL = 'agentworkloadschedules';

function make(spec: Partial<AgentWorkloadScheduleSpecInput> = {}): void {
  world.api.create(PLURAL, NAMESPACE, {
    metadata: { name: 'monthly' },
    spec: {
      schedule: '0 0 1 * *',
      requestedBy: { username: 'bob' },
      workloadTemplate: {
        metadata: { labels: { team: 'pricing' } },
        spec: {
          objective: 'What do they charge?',
          targetUrls: ['https://acme.example/pricing'],
          gate: { mode: 'policy' },
        },
      },
      ...spec,
    },
  });
}

const set = (spec: Partial<AgentWorkloadScheduleSpecInput>) =>
  world.api.change(PLURAL, NAMESPACE, 'monthly', object => {
    object.spec = { ...object.spec, ...spec };
  });
const status = () =>
  (world.api.find(PLURAL, NAMESPACE, 'monthly')?.status ??
    {}) as AgentWorkloadScheduleStatus;

async function runOf(token: string): Promise<string> {
  await world.until(
    () => status().lastRunNow?.token === token,
    () => JSON.stringify(status()),
  );
  return status().lastRunNow?.run ?? '';
}

describe('the whole operator', () => {
  it('makes a run by hand that the schedule owns, and carries it to its end', async () => {
    world.startOperator();
    world.runArgo();
    make({ runNow: 'one' });
    const name = await runOf('one');
    const run = await world.reaches('Completed', name);
    const { uid } =
      world.api.find(PLURAL, NAMESPACE, 'monthly')?.metadata ?? {};
    expect(run.metadata).toMatchObject({
      labels: { team: 'pricing', 'agentworkloads.io/schedule': 'monthly' },
      ownerReferences: [
        {
          kind: 'AgentWorkloadSchedule',
          name: 'monthly',
          uid,
          controller: true,
        },
      ],
    });
    expect(run.spec).toMatchObject({ requestedBy: { username: 'bob' } });
    await world.until(() => status().baseline?.name === name);
    expect(status()).toMatchObject({
      active: [],
      owned: { runs: 1, completed: 1 },
      lastSuccessfulTime: run.status?.finishedAt,
    });
  });

  it('compares a run with the one that the schedule made before, through a restart', async () => {
    const process = world.startOperator();
    world.runArgo();
    make({ runNow: 'one' });
    const first = await runOf('one');
    await world.reaches('Completed', first);
    world.ask('by-hand', { gate: { mode: 'policy' } });
    await world.reaches('Completed', 'by-hand');
    await process.stop(0);
    world.startOperator('op-2');
    set({ runNow: 'two' });
    const second = await runOf('two');
    const run = await world.reaches('Completed', second);
    expect(run.status?.baseline).toMatchObject({ name: first });
  });

  it('tells at once what policy would say of its runs, and makes none', async () => {
    world.policy.start = FakePolicy.startAnswer({
      allow: false,
      reasons: ['host acme.example is denied'],
    });
    world.startOperator();
    make({ runNow: 'one' });
    expect(await runOf('one')).toBe('');
    expect(status().lastRunNow?.reason).toBe('PolicyDenies');
    expect(status().conditions).toContainEqual(
      expect.objectContaining({
        type: 'Ready',
        status: 'False',
        message: expect.stringContaining('acme.example is denied'),
      }),
    );
    expect(world.api.list('agentworkloads')).toEqual([]);
    expect(world.policy.asked[0]?.input).toMatchObject({
      workload: { requestedBy: 'bob', hosts: ['acme.example'] },
      schedule: { everySeconds: 28 * 86_400 },
    });
  });

  it('makes no run for who may not ask for one', async () => {
    world.api.mayI = (_attributes, as) => as !== 'bob';
    world.startOperator();
    make({ runNow: 'one' });
    expect(await runOf('one')).toBe('');
    expect(status().lastRunNow?.reason).toBe('RequesterMayNot');
    expect(world.api.list('agentworkloads')).toEqual([]);
  });

  it('lets a new run take the place of one that waits at its gate', async () => {
    world.policy.gate = FakePolicy.gateAnswer('hold');
    world.startOperator();
    world.runArgo();
    make({ runNow: 'one', concurrencyPolicy: 'Replace' });
    const first = await runOf('one');
    await world.reaches('AwaitingApproval', first);
    await world.until(() =>
      Boolean(
        status().conditions?.some(
          one => one.type === 'GateOpen' && one.status === 'True',
        ),
      ),
    );
    set({ runNow: 'two' });
    const second = await runOf('two');
    const replaced = await world.reaches('Cancelled', first);
    expect(replaced.metadata.annotations).toMatchObject({
      'agentworkloads.io/replaced-by': second,
    });
    expect(replaced.status?.message).toContain(`replaced by ${second}`);
    await world.reaches('AwaitingApproval', second);
  });

  it('goes on where the earlier run may not be cancelled, and tells of it', async () => {
    world.policy.gate = FakePolicy.gateAnswer('hold');
    world.startOperator();
    world.runArgo();
    make({ runNow: 'one', concurrencyPolicy: 'Replace' });
    const first = await runOf('one');
    await world.reaches('AwaitingApproval', first);
    let refused = 0;
    world.api.fault = ({ method, kind, name, subresource }) => {
      const isCancel =
        method === 'PATCH' && kind === 'agentworkloads' && !subresource;
      if (!isCancel || name !== first) return undefined;
      refused += 1;
      return { answer: 403, reason: 'Forbidden' };
    };
    set({ runNow: 'two' });
    const second = await runOf('two');
    await world.reaches('AwaitingApproval', second);
    expect(refused).toBe(1);
    await world.until(() =>
      world.api
        .list('events')
        .some(event => JSON.stringify(event).includes(`${first} goes on`)),
    );
    expect(world.api.find('agentworkloads', NAMESPACE, first)).toMatchObject({
      status: { phase: 'AwaitingApproval' },
    });
  });

  it('makes one run for a token, though the answer to it was lost', async () => {
    let lost = 0;
    world.api.fault = ({ method, kind }) => {
      if (method !== 'POST' || kind !== 'agentworkloads' || lost > 0)
        return undefined;
      lost += 1;
      return 'cut-after';
    };
    world.startOperator();
    make({ runNow: 'one' });
    const name = await runOf('one');
    expect(lost).toBe(1);
    expect(
      world.api.list('agentworkloads').map(run => run.metadata.name),
    ).toEqual([name]);
  });
});
