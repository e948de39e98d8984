import {
  afterEach,
  beforeEach,
  describe,
  expect,
  it,
  jest,
} from '@jest/globals';
import { Registry } from 'prom-client';
import { createMetrics } from '../src/metrics/metrics';
import { newlyLeftOut, runMetrics } from '../src/metrics/runs';
import { toCachedWorkload } from '../src/reconcile/cached';
import { aWorkload } from './builders/workload';
import { FakePolicy } from './fake-policy';
import { NAMESPACE, World } from './world';

/** Two busy cores can make a run of these slow. */
jest.setTimeout(30_000);

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

/** Values by `name{label="value",…}`, as Prometheus reads them. */
async function read(registry: Registry): Promise<Map<string, number>> {
  const text = await registry.metrics();
  return new Map(
    text
      .split('\n')
      .filter(line => line && !line.startsWith('#'))
      .map(line => {
        const at = line.lastIndexOf(' ');
        return [line.slice(0, at), Number(line.slice(at + 1))];
      }),
  );
}

/** Once they are as they should be; never, else, and the test's time is over. */
async function readOnce(
  areThere: (numbers: Map<string, number>) => boolean,
): Promise<Map<string, number>> {
  for (;;) {
    const numbers = await read(world.metrics.registry);
    if (areThere(numbers)) return numbers;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

const inNamespace = `workload_namespace="${NAMESPACE}"`;

describe('the numbers of an operator', () => {
  it('follow a run to its gate, and from its decision to its end', async () => {
    world.startOperator();
    world.runArgo();
    world.ask();
    await world.reaches('AwaitingApproval');
    const opened = `agentworkloads_gate_opened_timestamp_seconds{${inNamespace},workload="weekly"}`;
    const { gate } = world.workload().status as { gate: { openedAt: string } };
    const waiting = await readOnce(seen => seen.has(opened));
    expect(waiting.get(opened)).toBe(Date.parse(gate.openedAt) / 1000);
    expect(
      waiting.get(
        `agentworkloads_runs{${inNamespace},phase="AwaitingApproval"}`,
      ),
    ).toBe(1);

    world.approve();
    await world.reaches('Completed');
    const ended = `agentworkloads_runs{${inNamespace},phase="Completed"}`;
    const after = await readOnce(numbers => numbers.get(ended) === 1);
    expect(after.has(opened)).toBe(false);
    expect(
      after.get(
        `agentworkloads_runs_ended_total{${inNamespace},phase="Completed"}`,
      ),
    ).toBe(1);
    expect(
      after.get(
        `agentworkloads_runs_ended_total{${inNamespace},phase="Failed"}`,
      ),
    ).toBe(0);
    expect(
      after.get(
        'agentworkloads_gate_wait_seconds_count{decision="approve",via="person"}',
      ),
    ).toBe(1);
  });

  it('say what it cost: passes, keys, answers of the policy and of the API server', async () => {
    world.startOperator();
    world.ask('one');
    world.ask('two');
    await world.reaches('Running', 'one');
    await world.reaches('Running', 'two');
    const numbers = await read(world.metrics.registry);
    const kind = '"agentworkloads"';
    expect(numbers.get(`workqueue_adds_total{name=${kind}}`)).toBeGreaterThan(
      1,
    );
    expect(
      numbers.get(
        `controller_runtime_reconcile_total{controller=${kind},result="requeue_after"}`,
      ),
    ).toBeGreaterThan(0);
    expect(
      numbers.get(
        `controller_runtime_max_concurrent_reconciles{controller=${kind}}`,
      ),
    ).toBe(4);
    expect(
      numbers.get(
        'agentworkloads_policy_decision_seconds_count{entrypoint="agentworkloads/start/decision"}',
      ),
    ).toBeGreaterThan(1);
    expect(numbers.get('agentworkloads_policy_ready')).toBe(1);
    const posts = [...numbers].find(([name]) =>
      name.startsWith('rest_client_requests_total{code="201",method="POST"'),
    );
    expect(posts?.[1]).toBeGreaterThan(1);
    expect(
      numbers.get(
        `agentworkloads_watch_synced{kind=${kind},workload_namespace=""}`,
      ),
    ).toBe(1);
  });

  it('count a policy that gives no answer', async () => {
    world.policy.start = { kind: 'unavailable', cause: 'OPA is not reachable' };
    world.startOperator();
    world.ask();
    const failures =
      'agentworkloads_policy_failures_total{entrypoint="agentworkloads/start/decision"}';
    const numbers = await readOnce(seen => Boolean(seen.get(failures)));
    expect(numbers.get(failures)).toBeGreaterThan(0);
    world.policy.start = FakePolicy.startAnswer({});
  });

  it('show a kind that can not be followed', async () => {
    const { watches, registry } = createMetrics({ monotonic: () => 0 });
    watches.follow('workflows', '', {
      synced: true,
      silentForMs: 200_000,
      failing: 'forbidden',
    });
    const of = 'kind="workflows",workload_namespace=""';
    const numbers = await read(registry);
    expect(numbers.get(`agentworkloads_watch_failing{${of}}`)).toBe(1);
    expect(numbers.get(`agentworkloads_watch_silent_seconds{${of}}`)).toBe(200);
  });

  it('forget a run that is gone', async () => {
    const registry = new Registry();
    const runs = runMetrics(registry);
    const held = [toCachedWorkload(aWorkload().build())];
    runs.follow({ workloads: { values: () => held.values() } });
    const one = `agentworkloads_runs{${inNamespace},phase="Pending"}`;
    expect((await read(registry)).get(one)).toBe(1);
    held.pop();
    expect((await read(registry)).has(one)).toBe(false);
  });
});

describe('due times that became no run', () => {
  const row = (from: string, reason: string, times: number) => ({
    from,
    to: from,
    reason,
    times,
    message: '',
  });

  it('are counted once, also where a row grows', () => {
    const before = [row('2026-03-02T10:00:00Z', 'GateOpen', 2)];
    const after = [
      row('2026-03-02T10:00:00Z', 'GateOpen', 3),
      row('2026-03-02T13:00:00Z', 'TooLate', 1),
    ];
    expect([...newlyLeftOut(before, after)]).toEqual([
      ['GateOpen', 1],
      ['TooLate', 1],
    ]);
    expect(newlyLeftOut(after, after).size).toBe(0);
  });
});
