import { describe, expect, it } from '@jest/globals';
import {
  argoWorkflowSchema,
  podName,
  readSteps,
  readSummary,
  readTasks,
  type ArgoNode,
  type ArgoWorkflow,
} from './index';

type Fields = Partial<ArgoNode> & { name: string };

/** A Workflow called `run`; ids of nodes are their names where none is given. */
function aWorkflow(
  phase: string,
  nodes: Fields[],
  rest: { metadata?: object; spec?: object; status?: object } = {},
): ArgoWorkflow {
  return argoWorkflowSchema.parse({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Workflow',
    metadata: { name: 'run', ...rest.metadata },
    spec: rest.spec ?? {},
    status: {
      phase,
      nodes: Object.fromEntries(
        nodes.map(node => [node.name, { id: node.name, type: 'Pod', ...node }]),
      ),
      ...rest.status,
    },
  });
}

const statuses = (workflow: ArgoWorkflow) =>
  readSteps(workflow).map(({ status }) => status);
const phases = (workflow: ArgoWorkflow) =>
  statuses(workflow).map(({ name, phase }) => `${name} ${phase}`);

const retried = (phase: string, ...attempts: string[]): Fields[] => [
  { name: 'run.dom', type: 'Retry', phase },
  ...attempts.map((attempt, index) => ({
    name: `run.dom(${index})`,
    phase: attempt,
    message: `said by try ${index}`,
  })),
];

describe('the steps of a Workflow', () => {
  it.each(['Failed', 'Error', 'Succeeded'])(
    'have all ended in one that is %s, as its tries did',
    phase => {
      const [step] = statuses(
        aWorkflow(phase, retried('Running', 'Failed', 'Error')),
      );
      expect(step).toMatchObject({
        phase: 'Error',
        message: 'said by try 1',
        retries: 1,
      });
    },
  );

  it.each([
    ['Running', 'Running', 'dom Failed'],
    ['Running', 'Pending', 'dom Omitted'],
    ['Pending', 'Pending', 'dom Omitted'],
    ['Succeeded', 'Succeeded', 'dom Succeeded'],
    ['Failed', 'Running', 'dom Failed'],
  ])(
    'do not go on in one that has ended: %s, its try %s, is %s',
    (node, attempt, shown) => {
      expect(phases(aWorkflow('Failed', retried(node, attempt)))).toEqual([
        shown,
      ]);
    },
  );

  it('that Argo left without an end say why the Workflow ended', () => {
    const [step] = statuses(
      aWorkflow('Failed', [{ name: 'run.dom', phase: 'Running' }], {
        status: { message: "Stopped with strategy 'Terminate'" },
      }),
    );
    expect(step).toMatchObject({
      phase: 'Failed',
      message: "Stopped: Stopped with strategy 'Terminate'",
    });
    expect(step).not.toHaveProperty('finishedAt');
  });

  it.each([
    ['Running', 'Failed', 'dom Running'],
    ['Running', 'Pending', 'dom Pending'],
    ['Running', 'Running', 'dom Running'],
  ])('go on while it does: %s, its try %s, is %s', (node, attempt, shown) => {
    expect(phases(aWorkflow('Running', retried(node, attempt)))).toEqual([
      shown,
    ]);
  });

  it.each([
    ['an exit handler', 'run.onExit'],
    ['a try of it', 'run.onExit(0)'],
    ['the exit handler of a step', 'run.dom.onExit'],
    ['a hook', 'run.hooks.running'],
    ['the entry node', 'run'],
    ['a task of a nested template', 'run.review.dom'],
    ['an item', 'run.dom(0:https://a.example)'],
    ['a step of another Workflow', 'run-2.dom'],
  ])('are not %s', (_what, name) => {
    expect(phases(aWorkflow('Running', [{ name, phase: 'Running' }]))).toEqual(
      [],
    );
  });

  it('counts no item as a try', () => {
    const [step] = statuses(
      aWorkflow('Running', [
        { name: 'run.dom', type: 'TaskGroup', phase: 'Running' },
        { name: 'run.dom(0:a)', phase: 'Succeeded' },
        { name: 'run.dom(1:b)', phase: 'Running' },
      ]),
    );
    expect(step).toMatchObject({ nodeId: 'run.dom', retries: 0 });
  });

  it('counts the eleventh try after the tenth', () => {
    const tries = Array.from({ length: 11 }, () => 'Failed');
    const [step] = readSteps(
      aWorkflow('Running', retried('Running', ...tries)),
    );
    expect(step?.node.name).toBe('run.dom(10)');
    expect(step?.status.retries).toBe(10);
  });
});

describe('the summary', () => {
  const value = JSON.stringify({
    pages: 2,
    observed: 2,
    notObservedTotal: 0,
    facts: 7,
    hosts: ['tidepool.example.com'],
  });
  const of = (name: string, phase: string) =>
    readSummary(
      aWorkflow('Running', [
        {
          name,
          phase,
          outputs: { parameters: [{ name: 'summary', value }] },
        },
      ]),
    );

  it('is what a step put out that succeeded', () => {
    expect(of('run.dom', 'Succeeded')).toMatchObject({ facts: 7 });
    expect(of('run.dom(1)', 'Succeeded')).toMatchObject({ facts: 7 });
  });

  it.each(['Running', 'Failed', 'Error'])('is none of a step %s', phase => {
    expect(of('run.dom', phase)).toBeUndefined();
  });
});

describe('the name of a pod', () => {
  const workflow = (annotations = {}) =>
    aWorkflow('Running', [], { metadata: { annotations } });
  const node = {
    id: 'run-2090167799',
    name: 'run.a',
    displayName: 'a',
    type: 'Pod',
    templateName: 'step',
  };

  it('is made of Workflow, template and the hash in the id', () => {
    // FNV-1a of "run.a", from Go's hash/fnv.
    expect(podName(workflow(), node)).toBe('run-step-2090167799');
  });

  it('is the id in the old format, and of the entry node', () => {
    const old = { 'workflows.argoproj.io/pod-name-format': 'v1' };
    expect(podName(workflow(old), node)).toBe('run-2090167799');
    expect(podName(workflow(), { ...node, id: 'run', name: 'run' })).toBe(
      'run',
    );
  });

  it('keeps within the length of an object name', () => {
    const long = { ...node, templateName: 't'.repeat(300) };
    expect(podName(workflow(), long)).toHaveLength(253);
    expect(podName(workflow(), long)).toMatch(/-2090167799$/);
  });
});

describe('the tasks', () => {
  const main = {
    name: 'main',
    dag: {
      tasks: [
        { name: 'a' },
        { name: 'b', depends: 'a.Succeeded && !c' },
        { name: 'c', dependencies: ['a'] },
      ],
    },
  };

  it('are those of the entrypoint, with what comes before each', () => {
    const spec = {
      entrypoint: 'main',
      templates: [{ name: 'other', dag: { tasks: [{ name: 'x' }] } }, main],
    };
    expect([...readTasks(aWorkflow('', [], { spec }))]).toEqual([
      ['a', []],
      ['b', ['a', 'c']],
      ['c', ['a']],
    ]);
  });

  it('are none where the Workflow does not say them', () => {
    expect(readTasks(aWorkflow('Running', [])).size).toBe(0);
  });
});
