import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import {
  condition,
  recorded,
  settled,
  waits,
} from '../../../test/builders/decisions';
import { observed } from '../../../test/builders/state';
import { at, aWorkload, iso } from '../../../test/builders/workload';
import {
  aWorkflow,
  type WorkflowBuilder,
} from '../../../test/builders/workflow';
import type { ObservedState } from '../observed';

interface ShippedTemplate {
  retryStrategy?: { backoff: { duration: string; factor: string } };
}

function shippedTemplates(): ShippedTemplate[] {
  const file = path.resolve('deploy/argo/workflow-template.yaml');
  const { spec } = parse(readFileSync(file, 'utf8')) as {
    spec: { templates: ShippedTemplate[] };
  };
  return spec.templates;
}

/** A run whose Workflow looks like this, with all of it recorded at NOW. */
function running(workflow: WorkflowBuilder, noProgress = '5m'): ObservedState {
  const workload = aWorkload()
    .withSpec({ timeouts: { noProgress } })
    .started(0)
    .build();
  const state = observed(workload, { workflow: workflow.facts() });
  const first = settled(state, at(0));
  return {
    ...first,
    workload: {
      ...first.workload,
      status: {
        ...first.workload.status,
        progressHash: workflow.facts().progressHash,
        lastProgressTime: iso(0),
      },
    },
  };
}

function moved(state: ObservedState, workflow: WorkflowBuilder): ObservedState {
  return { ...state, workflow: { kind: 'present', value: workflow.facts() } };
}

describe('no progress', () => {
  const pending = () =>
    aWorkflow().phase('Running').step('scrape', 'Pending', {
      message: 'ImagePullBackOff',
    });

  it('before any controller saw the Workflow: Argo is away', () => {
    const state = running(aWorkflow());
    expect(waits(state, at(299)).requeueAfterMs).toBe(1_000);
    const status = recorded(state, at(300));
    expect(status.phase).toBe('Failed');
    expect(condition(status, 'Ready')).toBe('False ArgoNotObserved');
  });

  it('with a pod that never starts: stuck', () => {
    const status = recorded(running(pending()), at(300));
    expect(status.phase).toBe('Failed');
    expect(condition(status, 'Ready')).toBe('False ArgoStalled');
    expect(status.steps).toContainEqual(
      expect.objectContaining({ name: 'scrape', phase: 'Omitted' }),
    );
  });

  it.each([
    ['as it is shipped', '30s', 60],
    ['with a back-off of ten minutes', '10m', 1200],
  ])(
    'of a template %s, waits out what a try may wait',
    (_what, duration, longest) => {
      const templates = shippedTemplates().map(template => ({
        ...template,
        ...(template.retryStrategy && {
          retryStrategy: {
            ...template.retryStrategy,
            backoff: { ...template.retryStrategy.backoff, duration },
          },
        }),
      }));
      const { longestBackoffMs } = aWorkflow()
        .phase('Running', { storedWorkflowTemplateSpec: { templates } })
        .facts();
      const backingOff = aWorkflow()
        .phase('Running')
        .step('scrape', 'Running', {
          type: 'Retry',
          message: `Backoff for ${duration}`,
        });
      const value = { ...backingOff.facts(), longestBackoffMs };
      const state: ObservedState = {
        ...running(backingOff),
        workflow: { kind: 'present', value },
      };
      expect(waits(state, at(longest + 299)).requeueAfterMs).toBe(1_000);
      const status = recorded(state, at(longest + 300));
      expect(condition(status, 'Ready')).toBe('False ArgoStalled');
    },
  );

  it.each([
    [
      'CreateContainerConfigError: secret "agents-secrets" not found',
      /step scrape waits: CreateContainerConfigError: secret "agents-secrets" not found; see/,
    ],
    // kubelet tells of a volume in an event alone, which the operator may not read.
    [
      'ContainerCreating',
      /is the Secret agents-secrets in namespace \S+, with/,
    ],
    ['', /is the Secret agents-secrets in namespace/],
  ])('says what the pod waits for: %j', (message, sentence) => {
    const workflow = aWorkflow()
      .phase('Running')
      .step('scrape', 'Pending', { message });
    expect(recorded(running(workflow), at(300)).message).toMatch(sentence);
  });

  it('is forgiven when something moves one second before', () => {
    const state = running(pending());
    const after = moved(state, pending().step('scrape', 'Running'));
    waits(after, at(301));
  });

  it('counts on from what is persisted, not from the restart', () => {
    const state = running(pending());
    waits(state, at(299));
    expect(recorded(state, at(301)).phase).toBe('Failed');
  });

  it('does not fire for what changed while the operator was away', () => {
    const state = running(aWorkflow());
    const later = moved(
      state,
      pending().step('scrape', 'Pending', { startedAt: iso(10) }),
    );
    const status = recorded(later, at(3600));
    expect(status.phase).toBe('Running');
    expect(status.lastProgressTime).toBe(iso(3600 - 150));
    const next = {
      ...later,
      workload: { ...later.workload, status },
    };
    expect(recorded(next, at(3600 + 150)).phase).toBe('Failed');
  });

  it.each<[string, WorkflowBuilder]>([
    ['a long scrape', aWorkflow().phase('Running').step('scrape', 'Running')],
    [
      'another suspend node',
      aWorkflow()
        .phase('Running')
        .step('pause', 'Running', { type: 'Suspend' }),
    ],
    [
      'a suspended Workflow',
      aWorkflow().phase('Running').withSpec({ suspend: true }),
    ],
  ])('is not what %s is', (_what, workflow) => {
    const state = settled(running(workflow), at(3000));
    waits(state, at(3000));
  });

  it('stands still while a gate waits', () => {
    const state = settled(running(aWorkflow().atGate()));
    expect(waits(state, at(29 * 60)).type).toBe('wait');
  });

  it('is no failure in the queue of Argo, and is noted once', () => {
    const queued = aWorkflow().phase('Pending', {
      message: 'postponed because too many workflows are already running',
    });
    const state = running(queued);
    const status = recorded(state, at(300));
    expect(status.phase).toBe('Running');
    expect(condition(status, 'Reconciling')).toBe('True ArgoQueued');
    const noted = { ...state, workload: { ...state.workload, status } };
    waits(noted, at(1200));
    const taken = moved(
      noted,
      aWorkflow().phase('Running').step('scrape', 'Succeeded'),
    );
    expect(condition(recorded(taken, at(1300)), 'Reconciling')).toBe(
      'True WorkflowRunning',
    );
  });

  it('is patient with the back-off of a retry', () => {
    const backoff = aWorkflow().phase('Running').step('scrape', 'Running', {
      type: 'Retry',
      message: 'Backoff for 30 seconds',
    });
    const state = running(backoff, '10s');
    waits(state, at(100));
    expect(recorded(state, at(130)).phase).toBe('Failed');
  });
});

describe('a run that goes on', () => {
  it('is written when a step ends, with the place of what it made', () => {
    const state = running(
      aWorkflow().phase('Running').step('scrape', 'Running'),
    );
    const status = recorded(
      moved(
        state,
        aWorkflow()
          .phase('Running')
          .step('scrape', 'Succeeded', {
            outputs: {
              artifacts: [{ name: 'manifest', s3: { key: 'runs/1/m' } }],
            },
          })
          .step('dom', 'Pending'),
      ),
      at(30),
    );
    expect(status.workflowArtifacts).toEqual({
      manifest: { bucket: 'agentworkloads', key: 'runs/1/m' },
    });
    expect(status.phase).toBe('Running');
  });

  const scraped = (endedAt: number) =>
    aWorkflow()
      .phase('Running')
      .step('scrape', 'Succeeded', { finishedAt: iso(endedAt) })
      .step('dom', 'Running');

  it('lets the end of a step before the gate wait a little for others', () => {
    const state = moved(running(aWorkflow().phase('Running')), scraped(20));
    expect(waits(state, at(21)).requeueAfterMs).toBe(9_000);
    expect(recorded(state, at(30)).steps).toContainEqual(
      expect.objectContaining({ name: 'scrape', phase: 'Succeeded' }),
    );
  });

  it('waits for no end that a clock ahead of its own put into the future', () => {
    const state = moved(running(aWorkflow().phase('Running')), scraped(3_600));
    expect(recorded(state, at(20)).steps).toContainEqual(
      expect.objectContaining({ name: 'scrape', phase: 'Succeeded' }),
    );
  });

  it('is not written when a step just begins', () => {
    const state = running(aWorkflow().phase('Running'));
    waits(
      moved(state, aWorkflow().phase('Running').step('scrape', 'Running')),
      at(5),
    );
  });

  it('is written when a silent change has stood for a while', () => {
    const state = running(aWorkflow());
    const change = moved(
      state,
      aWorkflow()
        .phase('Running', { startedAt: iso(100) })
        .step('scrape', 'Pending', { startedAt: iso(100) }),
    );
    expect(waits(change, at(110)).requeueAfterMs).toBe(50_000);
    expect(recorded(change, at(160)).lastProgressTime).toBe(iso(100));
  });

  it('keeps places that it knew when a later look has fewer', () => {
    const state = settled(running(aWorkflow().evidence()));
    const fewer = aWorkflow()
      .phase('Running')
      .step('scrape', 'Succeeded')
      .step('screenshot', 'Failed')
      .step('dom', 'Succeeded');
    const status = recorded(moved(state, fewer), at(10));
    expect(Object.keys(status.workflowArtifacts ?? {})).toContain('manifest');
  });

  it('keeps them also beside a new one', () => {
    const state = settled(
      running(
        aWorkflow()
          .phase('Running')
          .step('scrape', 'Succeeded', {
            outputs: { artifacts: [{ name: 'manifest', s3: { key: 'm' } }] },
          }),
      ),
    );
    const other = aWorkflow()
      .phase('Running')
      .step('scrape', 'Succeeded')
      .step('dom', 'Succeeded', {
        outputs: { artifacts: [{ name: 'facts', s3: { key: 'f' } }] },
      });
    const { workflowArtifacts = {} } = recorded(moved(state, other), at(10));
    expect(Object.keys(workflowArtifacts).sort()).toEqual([
      'facts',
      'manifest',
    ]);
  });

  it('never moves the time of a condition that stays', () => {
    const first = settled(running(aWorkflow().phase('Running')), at(0));
    const next = recorded(
      moved(first, aWorkflow().phase('Running').step('scrape', 'Succeeded')),
      at(60),
    );
    const ready = next.conditions?.find(({ type }) => type === 'Ready');
    expect(ready?.lastTransitionTime).toBe(iso(0));
  });
});

describe('nodes that are compressed or offloaded', () => {
  const packed = aWorkflow()
    .phase('Running')
    .withStatus({ compressedNodes: 'KLUv' });

  it('are said to be unreadable, and nothing is guessed', () => {
    const state = settled(running(aWorkflow().phase('Running')));
    const status = recorded(moved(state, packed), at(10));
    expect(status.phase).toBe('Running');
    expect(condition(status, 'Stalled')).toBe('True NodesUnreadable');
    const noted = {
      ...moved(state, packed),
      workload: { ...state.workload, status },
    };
    waits(noted, at(3000));
  });

  it('do not keep a run from ending in time', () => {
    const state = moved(settled(running(aWorkflow().phase('Running'))), packed);
    expect(recorded(state, at(7200)).phase).toBe('TimedOut');
  });

  it('are forgotten once they can be read again', () => {
    const state = running(aWorkflow().phase('Running'));
    const status = recorded(moved(state, packed), at(10));
    const readable = moved(
      { ...state, workload: { ...state.workload, status } },
      aWorkflow().phase('Running').step('scrape', 'Succeeded'),
    );
    const next = recorded(readable, at(20));
    expect(condition(next, 'Stalled')).toBe('False WorkflowRunning');
  });
});

describe('the time of the whole run', () => {
  it('ends it where no gate is open', () => {
    const state = settled(
      running(aWorkflow().phase('Running').step('scrape', 'Running')),
    );
    expect(waits(state, at(7199)).requeueAfterMs).toBe(1_000);
    const status = recorded(state, at(7200));
    expect(status.phase).toBe('TimedOut');
    expect(condition(status, 'Ready')).toBe('False ExecutionDeadlineExceeded');
  });
});
