import { describe, expect, it } from '@jest/globals';
import {
  argoWorkflowSchema,
  belongsToStep,
  isFinishedPhase,
  nodesOf,
  outputParameter,
  readSteps,
  readSummary,
  unreadableBecause,
  type ArgoNode,
} from './index';
import { LIMITS } from '../limits';

const node = (name: string, rest: object = {}) => ({
  id: name,
  name,
  type: 'Pod',
  phase: 'Running',
  ...rest,
});
const aWorkflow = (nodes: object[], status: object = {}) =>
  argoWorkflowSchema.parse({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Workflow',
    metadata: { name: 'run' },
    spec: {},
    status: {
      phase: 'Running',
      nodes: Object.fromEntries(nodes.map((one, index) => [index, one])),
      ...status,
    },
  });
const statuses = (nodes: object[], status?: object) =>
  readSteps(aWorkflow(nodes, status)).map(step => step.status);

describe('the steps that are read', () => {
  it('stand in the order in which they began, then by name; those that wait come last', () => {
    const began = (name: string, startedAt?: string) =>
      node(name, { startedAt });
    expect(
      statuses([
        began('run.waits'),
        began('run.c', '2026-01-01T00:00:02Z'),
        began('run.b', '2026-01-01T00:00:02Z'),
        began('run.a', '2026-01-01T00:00:03Z'),
      ]).map(({ name }) => name),
    ).toEqual(['b', 'c', 'a', 'waits']);
  });

  it('have their times, without those that Argo writes as null or zero', () => {
    const [step] = statuses([
      node('run.a', {
        startedAt: '2026-01-01T00:00:02Z',
        finishedAt: '2026-01-01T00:00:05+01:00',
      }),
    ]);
    expect(step).toMatchObject({
      startedAt: '2026-01-01T00:00:02.000Z',
      finishedAt: '2025-12-31T23:00:05.000Z',
    });
    for (const unset of [
      null,
      '0001-01-01T00:00:00Z',
      '1970-01-01T00:00:00Z',
    ]) {
      const [begun] = statuses([
        node('run.a', { startedAt: unset, finishedAt: unset }),
      ]);
      expect(begun).not.toHaveProperty('startedAt');
      expect(begun).not.toHaveProperty('finishedAt');
    }
  });

  it('are told by the last try, in whatever order the tries are listed', () => {
    const tries = [2, 0, 1].map(number =>
      node(`run.a(${number})`, { phase: 'Failed', message: `try ${number}` }),
    );
    const [step] = readSteps(
      aWorkflow([...tries, node('run.a', { type: 'Retry' })]),
    );
    expect(step?.node.id).toBe('run.a(2)');
    expect(step?.status).toMatchObject({ retries: 2, message: 'try 2' });
  });

  it('say what the last try said once they have ended, and before that what they wait for', () => {
    const said = (retry: object, attempt: object) =>
      statuses([
        node('run.a', { type: 'Retry', ...retry }),
        node('run.a(0)', { phase: 'Failed', ...attempt }),
      ])[0]?.message;
    const finishedAt = '2026-01-01T00:00:05Z';
    expect(
      said({ finishedAt, message: 'no more tries' }, { message: 'exit 20' }),
    ).toBe('exit 20');
    expect(said({ finishedAt, message: 'no more tries' }, {})).toBe(
      'no more tries',
    );
    expect(said({ message: 'backs off' }, { message: 'exit 10' })).toBe(
      'backs off',
    );
  });

  it('have messages of at most 1024 characters', () => {
    const [step] = statuses([node('run.a', { message: 'x'.repeat(2000) })]);
    expect(step?.message).toBe('x'.repeat(1024));
  });

  it('are Pending in a phase that nobody knows', () => {
    expect(statuses([node('run.a', { phase: 'Odd' })])[0]?.phase).toBe(
      'Pending',
    );
  });

  it('say that the Workflow has ended where it does not say why', () => {
    expect(statuses([node('run.a')], { phase: 'Error' })[0]?.message).toBe(
      'Stopped: the Workflow has ended',
    );
  });
});

describe('nodes', () => {
  it.each([
    ['offloaded', { offloadNodeStatusVersion: 'fnv:1' }],
    ['compressed', { compressedNodes: 'H4sI' }],
  ])('that are %s are none, and it is said so', (what, status) => {
    const workflow = aWorkflow([node('run.a')], status);
    expect(unreadableBecause(workflow)).toContain(what);
    expect(nodesOf(workflow).size).toBe(0);
    expect(readSteps(workflow)).toEqual([]);
  });

  it('of a Workflow that no controller has seen are none', () => {
    const { status: _status, ...untouched } = aWorkflow([]);
    expect(unreadableBecause(untouched)).toBeUndefined();
    expect(nodesOf(untouched).size).toBe(0);
    expect(isFinishedPhase(undefined)).toBe(false);
  });

  it('belong to a step by their names', () => {
    const belongs = (name: string) =>
      belongsToStep({ name } as ArgoNode, 'run', 'dom');
    expect(['run.dom', 'run.dom(0)', 'run.dom(0:a)'].every(belongs)).toBe(true);
    expect(
      ['run.dom-2', 'run.other', 'run', 'x.run.dom(0)'].some(belongs),
    ).toBe(false);
  });

  it('give out parameters by name', () => {
    const [one] = nodesOf(
      aWorkflow([
        node('run.a', {
          outputs: {
            parameters: [
              { name: 'first', value: '1' },
              { name: 'second', value: '2' },
            ],
          },
        }),
      ]),
    ).values();
    expect(outputParameter(one!, 'second')).toBe('2');
    expect(outputParameter(one!, 'third')).toBeUndefined();
    for (const outputs of [undefined, {}]) {
      expect(outputParameter({ ...one!, outputs }, 'first')).toBeUndefined();
    }
  });
});

describe('a summary', () => {
  const good = {
    pages: 1,
    observed: 1,
    notObservedTotal: 0,
    facts: 7,
    hosts: ['tidepool.example.com'],
  };
  const put = (name: string, value: string) =>
    node(name, {
      phase: 'Succeeded',
      outputs: { parameters: [{ name: 'summary', value }] },
    });

  it.each([
    ['no JSON', '{'],
    ['not what it should be', '{"pages":"many"}'],
    ['too long', JSON.stringify(good) + ' '.repeat(LIMITS.summaryBytes)],
  ])('that is %s is passed over for a good one', (_what, value) => {
    const bad = put('run.x', value);
    expect(readSummary(aWorkflow([bad]))).toBeUndefined();
    expect(
      readSummary(aWorkflow([bad, put('run.dom', JSON.stringify(good))])),
    ).toMatchObject({ facts: 7 });
  });

  it('is read up to its longest', () => {
    const value = JSON.stringify(good).padEnd(LIMITS.summaryBytes);
    expect(readSummary(aWorkflow([put('run.dom', value)]))).toMatchObject({
      facts: 7,
    });
  });
});
