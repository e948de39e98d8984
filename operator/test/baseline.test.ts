import {
  afterEach,
  beforeEach,
  describe,
  expect,
  it,
  jest,
} from '@jest/globals';
import type { Baseline } from '@agentworkloads/api';
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

const ask = (name: string) => world.ask(name, { gate: { mode: 'policy' } });
const recorded = (name: string) =>
  world.workload(name).status.baseline as Baseline | undefined;

/** What the Workflow of a run was given; undefined where it was given nothing. */
function given(run: string): unknown {
  const workflow = world.api
    .list('workflows')
    .find(({ metadata }) => metadata.name.startsWith(`${run}-`));
  if (!workflow) throw new Error(`no Workflow of ${run}`);
  const { parameters } = workflow.spec?.arguments as {
    parameters: { name: string; value: string }[];
  };
  const found = parameters.find(({ name }) => name === 'baseline');
  return found && (JSON.parse(found.value) as unknown);
}

describe('a run of the same pages', () => {
  it('is compared with the one before, and says so from its first name to its end', async () => {
    world.startOperator();
    world.runArgo();
    ask('first');
    const { status } = await world.reaches('Completed', 'first');
    expect(recorded('first')).toBeUndefined();
    expect(given('first')).toBeUndefined();

    ask('second');
    await world.reaches('Completed', 'second');
    const { uid } = status?.argoWorkflow as { uid: string };
    const { manifest, facts } = status?.workflowArtifacts as Record<
      string,
      object
    >;
    expect(recorded('second')).toEqual({
      name: 'first',
      workflowUid: uid,
      completedAt: status?.finishedAt,
      seenAt: (status?.steps as { name: string; startedAt?: string }[]).find(
        ({ name }) => name === 'scrape',
      )?.startedAt,
      artifacts: { manifest, facts },
    });
    expect(given('second')).toEqual(recorded('second'));
  });

  it('keeps it when the operator dies before it makes the Workflow and another one ends meanwhile', async () => {
    const first = world.startOperator('op-1');
    world.runArgo();
    ask('first');
    const { spec, status } = await world.reaches('Completed', 'first');

    let dead = false;
    world.api.fault = ({ client, kind, method }) => {
      dead ||= kind === 'workflows' && method === 'POST';
      return dead && client === 'op-1' ? 'cut-before' : undefined;
    };
    ask('second');
    await world.until(() => dead);
    await first.stop(0);
    expect(recorded('second')?.name).toBe('first');

    world.api.create('agentworkloads', NAMESPACE, {
      metadata: { name: 'later' },
      spec,
    });
    world.api.change('agentworkloads', NAMESPACE, 'later', later => {
      const at = '2099-01-01T00:00:00Z';
      // It visited the pages after the second one, too.
      const scrape = { name: 'scrape', phase: 'Succeeded', retries: 0 };
      const steps = [{ ...scrape, startedAt: at }];
      later.status = { ...status, steps, finishedAt: at };
    });
    world.startOperator('op-2');
    await world.reaches('Completed', 'second');
    expect(recorded('second')?.name).toBe('first');
    expect(given('second')).toEqual(recorded('second'));
    // The later one would have been chosen: the next run shows it.
    ask('third');
    await world.reaches('Completed', 'third');
    expect(recorded('third')?.name).toBe('later');
  });
});

describe('a run that names what to compare with', () => {
  const compare = (name: string, baseline: string) =>
    world.ask(name, {
      gate: { mode: 'policy' },
      baselineRef: { name: baseline },
    });

  it('is compared with that one, not with the last', async () => {
    world.startOperator();
    world.runArgo();
    for (const name of ['first', 'second']) {
      ask(name);
      await world.reaches('Completed', name);
    }
    compare('third', 'first');
    await world.reaches('Completed', 'third');
    expect(recorded('third')?.name).toBe('first');
    expect(given('third')).toEqual(recorded('third'));
  });

  it('runs all the same where there is no such run, and is told why', async () => {
    world.startOperator();
    world.runArgo();
    ask('first');
    await world.reaches('Completed', 'first');
    compare('second', 'nowhere');
    const { status } = await world.reaches('Completed', 'second');
    expect(recorded('second')).toBeUndefined();
    expect(given('second')).toEqual({
      name: 'nowhere',
      unfit: 'spec.baselineRef names nowhere, and there is no such run here.',
    });
    expect(status?.unfitBaseline).toEqual(given('second'));
  });
});
