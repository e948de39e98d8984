import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type {
  AgentWorkloadScheduleSpecInput,
  AgentWorkloadScheduleStatus,
} from '@agentworkloads/api';
import { Cluster, SERVICES, SYSTEM } from '../../harness/cluster';
import {
  ALICE,
  BOB,
  eventually,
  example,
  Run,
  sleep,
} from '../../harness/runs';

const NAME = `every-minute-${Date.now().toString(36)}`;
const OPERATOR = 'agentworkloads-operator';
const MINUTE = 60_000;
const LONG = 360_000;
/** How long S3 is away from the due time on: the first tries of the run's first step fail. */
const AWAY_MS = 30_000;

/**
 * A schedule of a minute over five due times, in real time on a real cluster: a gate is left open over the second, the operator is killed
 * at the third, S3 is away at the fourth. Alone, because both are everybody's.
 */
describe('five due times, a minute apart', () => {
  const cluster = new Cluster();
  const { kube } = cluster;
  /** The due times in ms, from the first one on. */
  let due: number[];

  const status = async () => {
    const found = await kube.get('agentworkloadschedules', NAME);
    return (found.status ?? {}) as AgentWorkloadScheduleStatus;
  };
  const change = (spec: Partial<AgentWorkloadScheduleSpecInput>) =>
    kube.mergePatch('agentworkloadschedules', NAME, { spec }, BOB);
  const nameAt = (time: number) => `${NAME}-${time / MINUTE}`;
  const reasonsAt = async (time: number) =>
    ((await status()).notStarted ?? [])
      .filter(
        ({ from, to }) => Date.parse(from) <= time && time <= Date.parse(to),
      )
      .map(({ reason }) => reason);
  const runsOf = () =>
    kube.list('agentworkloads', `agentworkloads.io/schedule=${NAME}`);
  const runAt = (time: number) =>
    eventually(
      `a run of ${new Date(time).toISOString()}`,
      async () => {
        const found = (await runsOf()).map(({ metadata }) => metadata.name);
        return found.includes(nameAt(time)) && Run.existing(kube, nameAt(time));
      },
      LONG,
    );
  const until = (time: number) => sleep(Math.max(0, time - Date.now()));
  const operatorPods = () =>
    kube.list('pods', `app.kubernetes.io/name=${OPERATOR}`, SYSTEM);
  const storage = (replicas: number) =>
    cluster.scale('statefulsets', 'minio', SERVICES, replicas);

  beforeAll(async () => {
    const { spec: given, ...object } = example('weekly-schedule', NAME);
    await kube.create(
      'agentworkloadschedules',
      {
        ...object,
        spec: {
          ...given,
          schedule: '* * * * *',
          concurrencyPolicy: 'Forbid',
          requestedBy: { username: BOB.user, groups: BOB.groups },
          workloadTemplate: {
            spec: {
              objective: 'What do they charge?',
              targetUrls: ['http://tidepool.localhost:4180/pricing'],
              gate: { mode: 'human' },
            },
          },
        },
      },
      BOB,
    );
    const first = await eventually(
      'the schedule to say when its first run is',
      async () => (await status()).nextScheduleTime,
    );
    due = [0, 1, 2, 3, 4].map(count => Date.parse(first) + count * MINUTE);
  }, LONG);

  afterAll(async () => {
    await storage(1);
    await kube.remove('agentworkloadschedules', NAME);
    cluster.close();
  }, LONG);

  it(
    'the first has its run, whose gate is left open',
    async () => {
      const run = await runAt(due[0]);
      await run.until('AwaitingApproval', LONG);
    },
    LONG,
  );

  it(
    'the second has the reason that the first one goes on',
    async () => {
      await until(due[1]);
      const reasons = await eventually('the reason', async () => {
        const found = await reasonsAt(due[1]);
        return found.length > 0 && found;
      });
      expect(reasons).toEqual(['StillRunning']);
      // From here on a run that takes longer than a minute keeps none from starting.
      await change({ concurrencyPolicy: 'Allow' });
      await Run.existing(kube, nameAt(due[0])).decide('approve', ALICE);
    },
    LONG,
  );

  it(
    'the third has its run although the operator is killed',
    async () => {
      await until(due[2] - 1500);
      const killed = await operatorPods();
      for (const { metadata } of killed)
        await kube.request(
          'DELETE',
          `/api/v1/namespaces/${SYSTEM}/pods/${metadata.name}`,
          { body: { gracePeriodSeconds: 0 } },
        );
      await until(due[2]);
      const run = await runAt(due[2]);
      const { metadata } = await run.workload();
      const made = Date.parse(String(metadata.creationTimestamp));
      expect(made).toBeGreaterThanOrEqual(due[2]);
      const before = killed.map(({ metadata: { uid } }) => uid);
      const now = (await operatorPods()).map(({ metadata: { uid } }) => uid);
      expect(now.filter(uid => before.includes(uid))).toEqual([]);
    },
    LONG,
  );

  it(
    'the fourth has its run although S3 is away',
    async () => {
      // The third may be under way still: what it saves then is tried again.
      await until(due[3] - 8000);
      await storage(0);
      await until(due[3]);
      await runAt(due[3]);
      await until(due[3] + AWAY_MS);
      await storage(1);
    },
    LONG,
  );

  it(
    'the fifth has its run as if nothing had been',
    async () => {
      await runAt(due[4]);
      await change({ suspend: true });
    },
    LONG,
  );

  it(
    'each run can be approved and completes, and none was made twice',
    async () => {
      for (const time of [due[0], due[2], due[3], due[4]]) {
        const run = Run.existing(kube, nameAt(time));
        if (time !== due[0]) {
          await run.until('AwaitingApproval', LONG);
          await run.decide('approve', ALICE);
        }
        await run.until('Completed', LONG);
        // Throws where there are two.
        expect(await run.workflow()).toBeDefined();
        const report = await run.report(await cluster.objects());
        expect(report.facts.length).toBeGreaterThan(0);
      }
    },
    LONG,
  );

  it('each due time has exactly one run or one recorded reason', async () => {
    const made = (await runsOf()).map(({ metadata }) => metadata.name);
    const told = await Promise.all(
      due.map(async time => [
        ...made.filter(name => name === nameAt(time)).map(() => 'run'),
        ...(await reasonsAt(time)),
      ]),
    );
    expect(told).toEqual([
      ['run'],
      ['StillRunning'],
      ['run'],
      ['run'],
      ['run'],
    ]);
    const { lastScheduleTime = '', owned } = await eventually(
      'the schedule to know that all are completed',
      async () => {
        const found = await status();
        return found.owned?.completed === 4 && found;
      },
    );
    expect(Date.parse(lastScheduleTime)).toBe(due[4]);
    expect(owned).toEqual({ runs: 4, completed: 4 });
  });
});
