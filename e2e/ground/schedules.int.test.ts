import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type {
  AgentWorkloadScheduleSpecInput,
  AgentWorkloadScheduleStatus,
} from '@agentworkloads/api';
import { Ground } from '../harness/ground';
import { ALICE, BOB, eventually, example, Run } from '../harness/runs';

type Spec = Partial<AgentWorkloadScheduleSpecInput>;

const PAGE = 'http://metricly.localhost:4180/pricing';
const template = (mode: 'human' | 'policy') => ({
  spec: {
    objective: 'What do they charge?',
    targetUrls: [PAGE],
    gate: { mode },
  },
});

/** Once an hour, from the next minute that is five seconds away on. */
function soon(): string {
  const minute = new Date(Date.now() + 65_000).getUTCMinutes();
  return `${minute} * * * *`;
}

describe('a schedule on one machine', () => {
  let ground: Ground;

  const make = (name: string, spec: Spec) => {
    const { spec: given, ...object } = example('weekly-schedule', name);
    return ground.kube.create(
      'agentworkloadschedules',
      {
        ...object,
        metadata: { ...object.metadata, namespace: ground.kube.namespace },
        spec: {
          ...given,
          requestedBy: { username: BOB.user, groups: BOB.groups },
          ...spec,
        },
      },
      BOB,
    );
  };
  const change = (name: string, spec: Spec) =>
    ground.kube.mergePatch('agentworkloadschedules', name, { spec }, BOB);
  const status = async (name: string) => {
    const found = await ground.kube.get('agentworkloadschedules', name);
    return (found.status ?? {}) as AgentWorkloadScheduleStatus;
  };
  const untilStatus = <T>(
    name: string,
    what: string,
    pick: (status: AgentWorkloadScheduleStatus) => T | undefined | false,
    timeoutMs?: number,
  ) =>
    eventually(
      `${name} to say ${what}`,
      async () => pick(await status(name)),
      timeoutMs,
    );
  const ready = ({ conditions = [] }: AgentWorkloadScheduleStatus) =>
    conditions.find(({ type }) => type === 'Ready');

  beforeAll(async () => {
    ground = await Ground.start('schedules');
  }, 240_000);
  afterAll(async () => {
    await ground?.stop();
  }, 60_000);

  it('says at once when it can start nothing', async () => {
    await make('often', { schedule: '* * * * *' });
    await make('never', { schedule: '0 0 30 2 *' });
    const refused = await untilStatus('often', 'why', ready);
    expect(refused).toMatchObject({ status: 'False', reason: 'PolicyDenies' });
    expect(refused.message).toContain(
      '60 seconds apart, at least 120 are asked for',
    );
    expect(await untilStatus('never', 'why', ready)).toMatchObject({
      status: 'False',
      reason: 'InvalidSchedule',
    });
  });

  it('has its run at the due time, and the gate that is left open leaves out the next', async () => {
    await make('hourly', {
      schedule: soon(),
      workloadTemplate: template('human'),
    });
    const { name } = await untilStatus(
      'hourly',
      'which run goes on',
      ({ active }) => active?.[0],
      150_000,
    );
    expect(name).toMatch(/^hourly-\d+$/);
    const run = Run.existing(ground.kube, name);
    const waiting = await run.until('AwaitingApproval');
    expect(waiting.spec.requestedBy).toEqual({ username: BOB.user });
    expect(waiting.metadata.labels).toMatchObject({
      'agentworkloads.io/schedule': 'hourly',
    });
    await untilStatus('hourly', 'GateOpen', ({ conditions = [] }) =>
      conditions.some(one => one.type === 'GateOpen' && one.status === 'True'),
    );
    await change('hourly', { runNow: 'too-soon' });
    const told = await untilStatus(
      'hourly',
      'that none is started',
      ({ lastRunNow }) => lastRunNow,
    );
    expect(told).toMatchObject({ token: 'too-soon', reason: 'StillRunning' });
    await run.decide('approve', ALICE, 'fine');
    await run.until('Completed');
  });

  it('runs by hand while it is suspended, once a token, compared with the run before', async () => {
    await change('hourly', { suspend: true });
    await untilStatus(
      'hourly',
      'that it is suspended',
      found => ready(found)?.reason === 'Suspended',
    );
    await change('hourly', {
      runNow: 'now',
      workloadTemplate: template('policy'),
    });
    const { run: name = '' } = await untilStatus(
      'hourly',
      'which run it is',
      ({ lastRunNow }) => lastRunNow?.token === 'now' && lastRunNow,
    );
    expect(name).toMatch(/^hourly-now-[0-9a-f]{7}$/);
    const done = await Run.existing(ground.kube, name).until('Completed');
    expect(done.status?.baseline?.name).toMatch(/^hourly-\d+$/);
    const after = await untilStatus(
      'hourly',
      'that it was completed',
      found => found.baseline?.name === name && found,
    );
    expect(after).toMatchObject({ owned: { runs: 2, completed: 2 } });
    expect(after.nextScheduleTime).toBeUndefined();
  });

  it('takes its runs along when it is deleted', async () => {
    await ground.kube.remove('agentworkloadschedules', 'hourly');
    await eventually('its runs to be gone', async () => {
      const left = await ground.kube.list(
        'agentworkloads',
        'agentworkloads.io/schedule=hourly',
      );
      return left.length === 0;
    });
  });
});
