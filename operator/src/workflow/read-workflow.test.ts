import { describe, expect, it } from '@jest/globals';
import {
  GATE_NODE,
  iso,
  WORKFLOW_NAME,
  WORKFLOW_UID,
  WORKLOAD_UID,
} from '../../test/builders/workload';
import { aWorkflow, SUMMARY } from '../../test/builders/workflow';
import { readWorkflow } from './read-workflow';

describe('what is read of a Workflow', () => {
  it('that no controller has seen: an empty phase and nothing else', () => {
    expect(aWorkflow().facts()).toMatchObject({
      uid: WORKFLOW_UID,
      ownerUid: WORKLOAD_UID,
      workloadUid: WORKLOAD_UID,
      phase: '',
      finished: false,
      steps: [],
      gates: [],
      busy: false,
      artifacts: {},
      summary: null,
      lastChangeAt: '',
    });
  });

  it.each([
    ['Running', false],
    ['Pending', false],
    ['Succeeded', true],
    ['Failed', true],
    ['Error', true],
  ])('phase %s is finished: %s', (phase, finished) => {
    expect(aWorkflow().phase(phase).facts().finished).toBe(finished);
  });

  it('takes null for nodes as none', () => {
    const facts = aWorkflow()
      .phase('Running')
      .withStatus({ nodes: null })
      .facts();
    expect(facts.steps).toEqual([]);
  });

  it.each([
    ['compressed', { compressedNodes: 'KLUv/SQA' }],
    ['offloaded', { offloadNodeStatusVersion: 'fnv:1' }],
  ])('guesses nothing when nodes are %s', (word, status) => {
    const facts = aWorkflow().phase('Running').withStatus(status).facts();
    expect(facts.unreadable).toContain(word);
    expect(facts.steps).toEqual([]);
  });

  it('knows the gate by its node, with its value once it has one', () => {
    expect(aWorkflow().atGate().facts().gates).toMatchObject([
      { nodeId: GATE_NODE, phase: 'Running' },
    ]);
    expect(aWorkflow().passedGate().facts().gates).toMatchObject([
      { nodeId: GATE_NODE, phase: 'Succeeded', value: 'approve' },
    ]);
  });

  it('sees two gates of the same display name as two', () => {
    const facts = aWorkflow()
      .atGate()
      .node('other', { displayName: 'gate', type: 'Suspend', phase: 'Running' })
      .facts();
    expect(facts.gates.map(({ nodeId }) => nodeId)).toEqual([
      'other',
      GATE_NODE,
    ]);
  });

  it('finds a gate in a nested template', () => {
    const facts = aWorkflow()
      .phase('Running')
      .node('n1', {
        name: `${WORKFLOW_NAME}.review.gate`,
        displayName: 'gate',
        type: 'Suspend',
        phase: 'Running',
      })
      .facts();
    expect(facts.gates).toHaveLength(1);
    expect(facts.steps).toEqual([]);
  });

  it('takes a skipped gate for one that never came up', () => {
    const facts = aWorkflow().evidence().gate('Skipped', { type: 'Skipped' });
    expect(facts.facts().gates[0]?.phase).toBe('Skipped');
  });

  it('is not misled by a pod that is called gate', () => {
    expect(aWorkflow().step('gate', 'Running').facts().gates).toEqual([]);
  });

  it.each([
    ['Pending', false],
    ['Omitted', false],
    ['Running', true],
    ['Failed', true],
  ])('synthesis %s means that the gate was passed: %s', (phase, passed) => {
    expect(aWorkflow().step('synthesis', phase).facts().passedGate).toBe(
      passed,
    );
  });

  it('gives one row a step, an attempt that failed is a retry', () => {
    const [row] = aWorkflow()
      .phase('Running')
      .node('scrape', {
        type: 'Retry',
        phase: 'Running',
        startedAt: iso(-50),
        children: ['scrape-1', 'scrape-0', 'elsewhere'],
      })
      .node('scrape-0', {
        name: `${WORKFLOW_NAME}.scrape(0)`,
        type: 'Pod',
        phase: 'Failed',
        message: 'exit code 10',
      })
      .node('scrape-1', {
        name: `${WORKFLOW_NAME}.scrape(1)`,
        type: 'Pod',
        phase: 'Running',
        message: 'ContainerCreating',
      })
      .facts().steps;
    expect(row).toEqual({
      name: 'scrape',
      nodeId: 'scrape-1',
      phase: 'Running',
      startedAt: '2026-03-02T09:59:10.000Z',
      message: 'ContainerCreating',
      retries: 1,
    });
  });

  it('is Pending while the pod of its attempt waits, though Argo calls its Retry node Running', () => {
    const [row] = aWorkflow()
      .phase('Running')
      .node('scrape', {
        type: 'Retry',
        phase: 'Running',
        startedAt: iso(-50),
        children: ['scrape-0'],
      })
      .node('scrape-0', {
        name: `${WORKFLOW_NAME}.scrape(0)`,
        type: 'Pod',
        phase: 'Pending',
        message: 'CreateContainerConfigError: secret "gone" not found',
      })
      .facts().steps;
    expect(row).toMatchObject({
      phase: 'Pending',
      message: 'CreateContainerConfigError: secret "gone" not found',
    });
  });

  it.each<[string, string, string, Record<string, unknown>]>([
    [
      'was stopped, though Argo leaves its Retry node Running',
      'Failed',
      'Failed',
      {
        phase: 'Failed',
        finishedAt: '2026-03-02T09:59:55.000Z',
        message: "workflow shutdown with strategy: 'Stop'",
      },
    ],
    [
      'ended before anybody wrote the end of its pod',
      'Failed',
      'Running',
      { phase: 'Failed', message: 'Stopped: the Workflow has ended' },
    ],
    [
      'ended before its pod began',
      'Error',
      'Pending',
      { phase: 'Omitted', message: 'Stopped: the Workflow has ended' },
    ],
    ['goes on', 'Running', 'Failed', { phase: 'Running' }],
  ])('of a step whose Workflow %s', (_what, phase, attempt, expected) => {
    const [row] = aWorkflow()
      .phase(phase)
      .node('scrape', {
        type: 'Retry',
        phase: 'Running',
        startedAt: iso(-50),
        children: ['scrape-0'],
      })
      .node('scrape-0', {
        name: `${WORKFLOW_NAME}.scrape(0)`,
        type: 'Pod',
        phase: attempt,
        ...(attempt === 'Failed'
          ? {
              finishedAt: iso(-5),
              message: "workflow shutdown with strategy: 'Stop'",
            }
          : {}),
      })
      .facts().steps;
    expect(row).toMatchObject(expected);
  });

  it('gives the words of the last attempt, not those of the Retry node', () => {
    const [row] = aWorkflow()
      .phase('Failed')
      .node('scrape', {
        type: 'Retry',
        phase: 'Failed',
        finishedAt: iso(0),
        message: 'No more retries left',
        children: ['t0'],
      })
      .node('t0', {
        name: `${WORKFLOW_NAME}.scrape(0)`,
        type: 'Pod',
        phase: 'Failed',
        message: 'every page was refused',
      })
      .facts().steps;
    expect(row?.message).toBe('every page was refused');
  });

  it('leaves out the entry node, items and exit handlers', () => {
    const facts = aWorkflow()
      .node('root', { name: WORKFLOW_NAME, type: 'DAG', phase: 'Running' })
      .node('item', {
        name: `${WORKFLOW_NAME}.scrape(0:https://a)`,
        type: 'Pod',
        phase: 'Running',
      })
      .node('exit', {
        name: `${WORKFLOW_NAME}.onExit`,
        type: 'Pod',
        phase: 'Failed',
      })
      .facts();
    expect(facts.steps).toEqual([]);
  });

  it('takes a phase that it does not know for Pending', () => {
    expect(aWorkflow().step('dom', 'Dreaming').facts().steps[0]?.phase).toBe(
      'Pending',
    );
  });

  it('finds artifacts of what succeeded, in the bucket of the repository', () => {
    const facts = aWorkflow()
      .evidence()
      .withStatus({
        artifactRepositoryRef: {
          default: true,
          artifactRepository: { s3: { bucket: 'theirs' } },
        },
      })
      .facts('ours');
    expect(facts.artifacts).toMatchObject({
      manifest: { bucket: 'theirs', key: `runs/${WORKFLOW_UID}/manifest` },
      shots: { bucket: 'theirs', key: `runs/${WORKFLOW_UID}/shots` },
      facts: { bucket: 'theirs', key: `runs/${WORKFLOW_UID}/facts` },
    });
  });

  it.each([
    ['its own bucket goes first', { s3: { bucket: 'own', key: 'k' } }, 'own'],
    ['else the one that is configured', { s3: { key: 'k' } }, 'ours'],
  ])('of an artifact: %s', (_what, place, bucket) => {
    const facts = aWorkflow()
      .step('dom', 'Succeeded', {
        outputs: { artifacts: [{ name: 'facts', ...place }] },
      })
      .facts('ours');
    expect(facts.artifacts.facts).toEqual({ bucket, key: 'k' });
  });

  it('takes no artifact of a failed step, none without a key, no more than 64', () => {
    const many = Array.from({ length: 80 }, (_, index) => ({
      name: `a${index}`,
      s3: { key: 'k' },
    }));
    const facts = aWorkflow()
      .step('dom', 'Failed', {
        outputs: { artifacts: [{ name: 'facts', s3: { key: 'k' } }] },
      })
      .step('scrape', 'Succeeded', {
        outputs: { artifacts: [{ name: 'nowhere' }, ...many] },
      })
      .facts();
    expect(facts.artifacts).not.toHaveProperty('facts');
    expect(facts.artifacts).not.toHaveProperty('nowhere');
    expect(Object.keys(facts.artifacts)).toHaveLength(64);
  });

  it('reads the summary', () => {
    expect(aWorkflow().evidence().facts().summary).toMatchObject(SUMMARY);
  });

  it.each([
    ['no JSON', 'pages: 3'],
    ['another shape', '{"pages":"three"}'],
    ['more than 4 KiB', JSON.stringify({ ...SUMMARY, x: 'x'.repeat(5000) })],
  ])('has no summary from %s', (_what, value) => {
    const facts = aWorkflow()
      .step('dom', 'Succeeded', {
        outputs: { parameters: [{ name: 'summary', value }] },
      })
      .facts();
    expect(facts.summary).toBeNull();
  });

  it.each<[string, ReturnType<typeof aWorkflow>, boolean]>([
    ['a pod runs', aWorkflow().step('scrape', 'Running'), true],
    ['a pod waits for a node', aWorkflow().step('scrape', 'Pending'), false],
    ['the gate waits', aWorkflow().atGate(), false],
    [
      'another suspend node waits',
      aWorkflow().step('pause', 'Running', { type: 'Suspend' }),
      true,
    ],
    ['it is suspended', aWorkflow().withSpec({ suspend: true }), true],
  ])('when %s, busy is %s', (_what, workflow, busy) => {
    expect(workflow.facts().busy).toBe(busy);
  });

  it.each<[string, ReturnType<typeof aWorkflow>, boolean]>([
    [
      'parallelism',
      aWorkflow().phase('Pending', {
        message:
          'Workflow processing has been postponed because too many workflows are already running',
      }),
      true,
    ],
    [
      'a lock of a step',
      aWorkflow().phase('Running').step('scrape', 'Pending', {
        message: 'Waiting for ns/ConfigMap/limits/s3 lock. Lock status: 0/2',
      }),
      true,
    ],
    [
      'an image',
      aWorkflow()
        .phase('Running')
        .step('scrape', 'Pending', { message: 'ImagePullBackOff' }),
      false,
    ],
    ['nothing', aWorkflow().phase('Running'), false],
  ])('when it waits for %s, queued is %s', (_what, workflow, queued) => {
    expect(workflow.facts().queued).toBe(queued);
  });

  it('knows a retry that waits for its time', () => {
    const facts = aWorkflow()
      .node('scrape', {
        type: 'Retry',
        phase: 'Running',
        message: 'Backoff for 30 seconds',
      })
      .facts();
    expect(facts.backingOff).toBe(true);
  });

  describe('the progress hash', () => {
    const base = () => aWorkflow().phase('Running').step('scrape', 'Running');
    const hash = base().facts().progressHash;

    it.each<[string, ReturnType<typeof aWorkflow>]>([
      ['a phase', base().step('scrape', 'Succeeded')],
      ['a message', base().step('scrape', 'Running', { message: 'x' })],
      ['a node', base().step('dom', 'Pending')],
      ['the progress', base().withStatus({ progress: '1/4' })],
    ])('changes with %s', (_what, workflow) => {
      expect(workflow.facts().progressHash).not.toBe(hash);
    });

    it('stays with the resourceVersion, the order of nodes and times', () => {
      const same = base()
        .withMetadata({ resourceVersion: '99' })
        .step('scrape', 'Running', { startedAt: iso(-1) });
      expect(same.facts().progressHash).toBe(hash);
    });
  });

  it('knows the newest time that Argo wrote', () => {
    expect(aWorkflow().atGate().facts().lastChangeAt).toBe(
      '2026-03-02T09:59:30.000Z',
    );
  });

  it('refuses what is no Workflow', () => {
    expect(() => readWorkflow({ kind: 'Pod' }, 'b')).toThrow();
  });
});
