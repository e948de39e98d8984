import { describe, expect, it } from '@jest/globals';
import {
  after,
  dag,
  exited,
  gate,
  observed,
  running,
  START,
  step,
  workflow,
} from '../../test/workflows';
import type { NodeStatus, Pod, Workflow } from './model';
import { next, type Outcome } from './next';

/** Plays a run: keeps the Workflow and its Pods, as API server and runner would. */
class Play {
  pods: Pod[] = [];
  last: Outcome | undefined;

  constructor(public current: Workflow, private readonly extra: object = {}) {}

  pass(now: Date): this {
    this.last = next(this.current, observed(this.pods, this.extra), now);
    this.current = this.last.workflow ?? this.current;
    for (const pod of this.last.createPods) {
      this.pods.push({ ...pod, metadata: { ...pod.metadata, uid: 'p' } });
    }
    return this;
  }

  end(task: string, exitCode: number, now: Date, outputs?: object): this {
    const node = this.latest(task);
    this.pods = this.pods.map(pod =>
      pod.metadata.annotations?.['workflows.argoproj.io/node-id'] === node.id
        ? exited(pod, exitCode, now, outputs)
        : pod,
    );
    return this.pass(now);
  }

  run(task: string, now: Date): this {
    const node = this.latest(task);
    this.pods = this.pods.map(pod =>
      pod.metadata.annotations?.['workflows.argoproj.io/node-id'] === node.id
        ? running(pod)
        : pod,
    );
    return this.pass(now);
  }

  node(displayName: string): NodeStatus {
    const found = Object.values(this.current.status?.nodes ?? {}).find(
      node => node.displayName === displayName,
    );
    if (!found) throw new Error(`no node ${displayName}`);
    return found;
  }

  /** The last attempt of a task, or its only node. */
  latest(task: string): NodeStatus {
    const node = this.node(task);
    const last = node.type === 'Retry' ? node.children?.at(-1) : undefined;
    return last ? (this.current.status?.nodes?.[last] as NodeStatus) : node;
  }

  /** `task: Phase` of every node, by display name. */
  phases(): Record<string, string> {
    return Object.fromEntries(
      Object.values(this.current.status?.nodes ?? {}).map(
        ({ displayName, phase }) => [displayName, phase],
      ),
    );
  }

  edit(change: (workflow: Workflow) => void): this {
    this.current = structuredClone(this.current);
    change(this.current);
    return this;
  }
}

const gated = (extra: object = {}) =>
  workflow(
    dag(
      [
        { name: 'gate', template: 'gate' },
        {
          name: 'synthesis',
          template: 'synthesis',
          depends: 'gate.Succeeded',
          when: "'{{tasks.gate.outputs.parameters.decision}}' == 'approve'",
        },
      ],
      [gate, step('synthesis')],
      extra,
    ),
  );

/** What the operator's JSON Patch leaves on the node. */
function decide(
  play: Play,
  phase: 'Succeeded' | 'Failed',
  outputs?: object,
): void {
  play.edit(({ status }) => {
    const node = Object.values(status?.nodes ?? {}).find(
      ({ displayName }) => displayName === 'gate',
    ) as NodeStatus;
    node.phase = phase;
    node.finishedAt = '2026-01-05T10:00:30Z';
    node.message = 'by alice';
    if (outputs) node.outputs = outputs;
  });
}

describe('a Workflow that nobody has seen yet', () => {
  it('labels the pods of a template with what its parameters say', () => {
    const labels = { team: '{{workflow.parameters.team}}' };
    const play = new Play(
      workflow(
        dag(
          [{ name: 'a', template: 'a' }],
          [{ ...step('a'), metadata: { labels } }],
          { arguments: { parameters: [{ name: 'team', value: 'x.y' }] } },
        ),
      ),
    ).pass(START);
    expect(play.pods[0].metadata.labels).toMatchObject({ team: 'x.y' });
  });

  it('starts Running with its entry node, its first steps and their pods', () => {
    const play = new Play(
      workflow(
        dag(
          [
            { name: 'a', template: 'a' },
            { name: 'b', template: 'b', depends: 'a.Succeeded' },
          ],
          [step('a'), step('b')],
        ),
      ),
    ).pass(START);
    expect(play.current.status).toMatchObject({
      phase: 'Running',
      startedAt: '2026-01-05T10:00:00Z',
      progress: '0/1',
      artifactRepositoryRef: { default: true },
    });
    expect(play.current.metadata.labels).toEqual({
      'workflows.argoproj.io/phase': 'Running',
      'workflows.argoproj.io/completed': 'false',
    });
    expect(play.node('run')).toMatchObject({
      id: 'run',
      type: 'DAG',
      children: ['run-2090167799'],
    });
    expect(play.node('a')).toMatchObject({
      id: 'run-2090167799',
      name: 'run.a',
      type: 'Pod',
      phase: 'Pending',
      boundaryID: 'run',
      templateName: 'a',
    });
    expect(play.last?.createPods.map(pod => pod.metadata.name)).toEqual([
      'run-a-2090167799',
    ]);
  });

  it('waits as Pending while as many run as may', () => {
    const play = new Play(gated(), { postponed: true }).pass(START);
    expect(play.current.status).toEqual({
      phase: 'Pending',
      message:
        'Workflow processing has been postponed because too many workflows are already running',
    });
    expect(play.pass(START).last?.workflow).toBeUndefined();
    const freed = new Play(play.current).pass(after(5));
    expect(freed.current.status).toMatchObject({ phase: 'Running' });
    expect(freed.current.status?.message).toBeUndefined();
  });

  it.each([
    [
      'an unknown field of the spec',
      dag([{ name: 'a', template: 'a' }], [step('a')], { hooks: {} }),
      'Error',
      'spec.hooks is not supported',
    ],
    [
      'an unknown field of a template',
      dag([{ name: 'a', template: 'a' }], [{ ...step('a'), daemon: true }]),
      'Error',
      'spec.templates[1].daemon is not supported',
    ],
    [
      'a loop',
      dag([{ name: 'a', template: 'a', withItems: [1] }], [step('a')]),
      'Error',
      'withItems is not supported',
    ],
    [
      'a task of a template that is not there',
      dag([{ name: 'a', template: 'b' }], [step('a')]),
      'Failed',
      "templates.main.tasks.a template name 'b' undefined",
    ],
    [
      'a cycle',
      dag(
        [
          { name: 'a', template: 'a', depends: 'b' },
          { name: 'b', template: 'a', depends: 'a' },
        ],
        [step('a')],
      ),
      'Failed',
      'dependency cycle detected: a->b->a',
    ],
    [
      'a tag that nothing can fill',
      dag(
        [{ name: 'a', template: 'a' }],
        [
          step('a', {
            metadata: { labels: { x: '{{workflow.parameters.x}}' } },
          }),
        ],
      ),
      'Failed',
      'failed to resolve {{workflow.parameters.x}}',
    ],
    [
      'a parameter without a value',
      dag([{ name: 'a', template: 'a' }], [step('a')], {
        arguments: { parameters: [{ name: 'job_id' }] },
      }),
      'Failed',
      'spec.arguments.job_id.value or spec.arguments.job_id.valueFrom is required',
    ],
    [
      'no entrypoint',
      { templates: [] },
      'Failed',
      'spec.entrypoint is required',
    ],
  ])('ends at once because of %s', (_what, spec, phase, message) => {
    const { status, metadata } = new Play(workflow(spec)).pass(START).current;
    expect(status?.phase).toBe(phase);
    expect(status?.message).toContain(message);
    expect(metadata.labels?.['workflows.argoproj.io/completed']).toBe('true');
  });
});

describe('a DAG', () => {
  const two = () =>
    new Play(
      workflow(
        dag(
          [
            { name: 'a', template: 'step' },
            { name: 'b', template: 'step' },
            {
              name: 'c',
              template: 'step',
              depends: 'a.Succeeded && b.Succeeded',
            },
            { name: 'd', template: 'step', depends: 'c.Failed || c.Omitted' },
          ],
          [step('step')],
        ),
      ),
    ).pass(START);

  it('goes on when what a task depends on has succeeded', () => {
    const play = two().run('a', after(1)).end('a', 0, after(2));
    expect(play.phases()).toEqual({
      run: 'Running',
      a: 'Succeeded',
      b: 'Pending',
    });
    play.end('b', 0, after(3));
    expect(play.phases()).toMatchObject({ b: 'Succeeded', c: 'Pending' });
    expect(play.node('a').children).toEqual([play.node('c').id]);
    expect(play.node('b').children).toEqual([play.node('c').id]);
  });

  it('leaves out what can no longer run and lets the branch decide', () => {
    const play = two().end('a', 3, after(2)).end('b', 0, after(3));
    expect(play.phases()).toMatchObject({
      a: 'Failed',
      b: 'Succeeded',
      c: 'Omitted',
      d: 'Pending',
    });
    expect(play.node('c')).toMatchObject({
      type: 'Skipped',
      message: 'omitted: depends condition not met',
    });
    play.end('d', 0, after(4));
    expect(play.current.status).toMatchObject({
      phase: 'Succeeded',
      finishedAt: '2026-01-05T10:00:04Z',
      progress: '2/3',
    });
  });

  it('fails when a branch ends with a failure', () => {
    const play = two()
      .end('a', 3, after(2))
      .end('b', 0, after(3))
      .end('d', 1, after(4));
    expect(play.current.status?.phase).toBe('Failed');
    expect(play.node('a').message).toBe('main: Error (exit code 3)');
    expect(play.current.metadata.labels).toMatchObject({
      'workflows.argoproj.io/phase': 'Failed',
      'workflows.argoproj.io/completed': 'true',
    });
  });

  it('hands outputs on and takes arguments with it', () => {
    const reader = step('reader', {
      inputs: {
        parameters: [{ name: 'count' }],
        artifacts: [{ name: 'in', path: '/work/in.json' }],
      },
    });
    const spec = dag(
      [
        { name: 'a', template: 'writer' },
        {
          name: 'b',
          template: 'reader',
          depends: 'a',
          arguments: {
            parameters: [
              {
                name: 'count',
                value: 'n={{tasks.a.outputs.parameters.count}}',
              },
            ],
            artifacts: [
              { name: 'in', from: '{{tasks.a.outputs.artifacts.out}}' },
            ],
          },
        },
      ],
      [
        step('writer', {
          outputs: {
            parameters: [{ name: 'count', valueFrom: { path: '/work/n' } }],
            artifacts: [
              {
                name: 'out',
                path: '/work/out.json',
                archive: { none: {} },
                s3: { key: 'runs/{{workflow.uid}}/out.json' },
              },
            ],
          },
        }),
        reader,
      ],
    );
    const out = {
      name: 'out',
      path: '/work/out.json',
      archive: { none: {} },
      s3: { key: 'runs/u/out.json' },
    };
    const play = new Play(workflow(spec)).pass(START).end('a', 0, after(1), {
      parameters: [{ name: 'count', value: '7' }],
      artifacts: [out],
    });
    expect(play.node('b').inputs).toEqual({
      parameters: [{ name: 'count', value: 'n=7' }],
      artifacts: [{ ...out, name: 'in', path: '/work/in.json' }],
    });
    expect(play.node('a').outputs).toMatchObject({ exitCode: '0' });
  });
});

describe('the gate', () => {
  it('waits with an output that nobody has supplied yet', () => {
    const play = new Play(gated()).pass(START);
    expect(play.node('gate')).toMatchObject({
      type: 'Suspend',
      phase: 'Running',
      inputs: { parameters: [{ name: 'decision', value: 'timed-out' }] },
      outputs: {
        parameters: [
          {
            name: 'decision',
            valueFrom: { supplied: {}, default: 'timed-out' },
          },
        ],
      },
    });
    expect(play.pass(after(3600)).last?.workflow).toBeUndefined();
  });

  it.each([
    ['approve', 'Succeeded', 'Pending', 'Running'],
    ['deny', 'Succeeded', 'Skipped', 'Succeeded'],
    ['timed-out', 'Succeeded', 'Skipped', 'Succeeded'],
  ] as const)(
    'that is set to %s ends %s, and synthesis is %s',
    (value, gatePhase, synthesis, phase) => {
      const play = new Play(gated()).pass(START);
      decide(play, 'Succeeded', { parameters: [{ name: 'decision', value }] });
      play.pass(after(31));
      expect(play.phases()).toEqual({
        run: phase,
        gate: gatePhase,
        synthesis,
      });
      expect(play.current.status?.phase).toBe(phase);
    },
  );

  it('that is failed leaves synthesis out and fails the Workflow', () => {
    const play = new Play(gated()).pass(START);
    decide(play, 'Failed');
    play.pass(after(31));
    expect(play.phases()).toEqual({
      run: 'Failed',
      gate: 'Failed',
      synthesis: 'Omitted',
    });
    expect(play.node('gate').message).toBe('by alice');
  });

  it('that is passed without a value lets nothing run', () => {
    const play = new Play(gated()).pass(START);
    decide(play, 'Succeeded');
    play.pass(after(31)).pass(after(7200));
    expect(play.phases()).toEqual({ run: 'Running', gate: 'Succeeded' });
    expect(play.last?.createPods).toEqual([]);
  });

  it('fails with the deadline, which counts the time at the gate', () => {
    const play = new Play(gated({ activeDeadlineSeconds: 60 })).pass(START);
    expect(play.last?.requeueAt).toEqual(new Date('2026-01-05T10:01:00.001Z'));
    play.pass(after(59));
    expect(play.phases()).toEqual({ run: 'Running', gate: 'Running' });
    play.pass(after(61));
    expect(play.phases()).toEqual({
      run: 'Failed',
      gate: 'Failed',
      synthesis: 'Omitted',
    });
    expect(play.node('gate').message).toBe('Step exceeded its deadline');
  });

  it('with a duration takes its defaults when that is over', () => {
    const spec = gated().spec as { templates: object[] };
    spec.templates[1] = { ...gate, suspend: { duration: '12' } };
    const play = new Play(workflow(spec)).pass(START);
    expect(play.last?.requeueAt).toEqual(after(12));
    play.pass(after(12));
    expect(play.phases()).toEqual({
      run: 'Succeeded',
      gate: 'Succeeded',
      synthesis: 'Skipped',
    });
    expect(play.node('gate').outputs).toEqual({
      parameters: [{ name: 'decision', value: 'timed-out' }],
    });
  });

  it('ends in Error where when is not quoted and reads as a subtraction', () => {
    const spec = gated().spec as {
      templates: { dag: { tasks: { when?: string }[] } }[];
    };
    spec.templates[0].dag.tasks[1].when =
      '{{tasks.gate.outputs.parameters.decision}} == approve';
    const play = new Play(workflow(spec)).pass(START);
    decide(play, 'Succeeded', {
      parameters: [{ name: 'decision', value: 'timed-out' }],
    });
    play.pass(after(31));
    expect(play.phases()).toMatchObject({ run: 'Error', synthesis: 'Error' });
  });
});

describe('what is stored of a Workflow and its template', () => {
  const ofTemplate = (extra: object = {}, spec: object = {}) =>
    new Play(
      { ...gated(), spec: { workflowTemplateRef: { name: 't' }, ...spec } },
      {
        template: {
          kind: 'found',
          spec: { ...(gated().spec as object), ...extra },
        },
      },
    );
  const stored = (play: Play) =>
    play.current.status?.storedWorkflowTemplateSpec as {
      shutdown?: string;
      templates: { name: string }[];
    };

  it('stays as it is while the template changes', () => {
    const play = ofTemplate().pass(START);
    const before = stored(play);
    const changed = ofTemplate({ entrypoint: 'other' });
    changed.current = play.current;
    expect(stored(changed.pass(after(1)))).toEqual(before);
  });

  // As in Argo: this is how a patched spec would take effect, and why admission guards it.
  it('is made anew when it is stopped', () => {
    const play = ofTemplate()
      .pass(START)
      .edit(target => {
        target.spec = {
          ...(target.spec as object),
          templates: [{ name: 'more', suspend: {} }],
        };
      });
    expect(stored(play.pass(after(1))).templates).toHaveLength(
      (gated().spec as { templates: object[] }).templates.length,
    );
    play.edit(target => {
      target.spec = { ...(target.spec as object), shutdown: 'Stop' };
    });
    expect(stored(play.pass(after(2)))).toMatchObject({
      shutdown: 'Stop',
      templates: expect.arrayContaining([{ name: 'more', suspend: {} }]),
    });
  });

  it('gives the Workflow its labels and annotations', () => {
    const play = ofTemplate({
      workflowMetadata: { labels: { team: 'a' }, annotations: { note: 'b' } },
    }).pass(START);
    expect(play.current.metadata).toMatchObject({
      labels: { team: 'a' },
      annotations: { note: 'b' },
    });
  });
});

describe('the switches of a running Workflow', () => {
  const stop = (strategy: string) => (target: Workflow) => {
    target.spec = { ...(target.spec as object), shutdown: strategy };
  };

  it.each(['Stop', 'Terminate'])(
    '%s fails a gate and the Workflow',
    strategy => {
      const play = new Play(gated())
        .pass(START)
        .edit(stop(strategy))
        .pass(after(1));
      expect(play.phases()).toMatchObject({ run: 'Failed', gate: 'Failed' });
      expect(play.node('gate').message).toBe(
        `Stopped with strategy '${strategy}'`,
      );
      expect(play.current.status?.message).toBe(
        `Stopped with strategy '${strategy}'`,
      );
    },
  );

  // Measured on Argo 3.7.18: the Workflow ends before the Pod's own end is known, and the Retry node stays as it is.
  it('Stop ends a running step, which is not tried again', () => {
    const play = new Play(
      workflow(
        dag(
          [{ name: 'a', template: 'a' }],
          [step('a', { retryStrategy: { limit: 2, retryPolicy: 'Always' } })],
        ),
      ),
    )
      .pass(START)
      .run('a', after(1))
      .edit(stop('Stop'))
      .pass(after(2));
    expect(play.phases()).toEqual({
      run: 'Failed',
      a: 'Running',
      'a(0)': 'Failed',
    });
    expect(play.node('a(0)').message).toBe(
      'workflow shutdown with strategy:  Stop',
    );
    expect(play.current.status?.message).toBe("Stopped with strategy 'Stop'");
    expect(play.last?.stopPods).toEqual([play.pods[0].metadata.name]);
  });

  it('suspend holds back what has not begun', () => {
    const play = new Play(gated()).pass(START).edit(target => {
      target.spec = { ...(target.spec as object), suspend: true };
    });
    decide(play, 'Succeeded', {
      parameters: [{ name: 'decision', value: 'approve' }],
    });
    expect(play.pass(after(31)).phases()).toEqual({
      run: 'Running',
      gate: 'Succeeded',
    });
    play.edit(target => {
      target.spec = { ...(target.spec as object), suspend: null };
    });
    expect(play.pass(after(32)).phases()).toMatchObject({
      synthesis: 'Pending',
    });
  });
});

describe('retryStrategy', () => {
  const retried = () =>
    new Play(
      workflow(
        dag(
          [
            { name: 'a', template: 'a' },
            { name: 'b', template: 'b', depends: 'a.Succeeded' },
          ],
          [
            step('a', {
              retryStrategy: {
                limit: '2',
                retryPolicy: 'Always',
                expression:
                  "asInt(lastRetry.exitCode) == 10 || lastRetry.status == 'Error'",
                backoff: { duration: '30s', factor: '2' },
              },
            }),
            step('b'),
          ],
        ),
      ),
    ).pass(START);

  it('waits 30 s, then 60 s, then gives up with exit code 10', () => {
    const play = retried().end('a', 10, after(1));
    expect(play.node('a')).toMatchObject({
      type: 'Retry',
      phase: 'Running',
      message: 'Backoff for 30 seconds',
    });
    expect(play.last?.requeueAt).toEqual(after(31));
    play.pass(after(31));
    expect(play.phases()).toMatchObject({ 'a(1)': 'Pending' });
    expect(play.node('a').message).toBeUndefined();
    play.end('a', 10, after(40));
    expect(play.node('a').message).toBe('Backoff for 1 minute 0 seconds');
    play.pass(after(100)).end('a', 10, after(110));
    expect(play.phases()).toEqual({
      run: 'Failed',
      a: 'Failed',
      'a(0)': 'Failed',
      'a(1)': 'Failed',
      'a(2)': 'Failed',
      b: 'Omitted',
    });
    expect(play.node('a').message).toBe('No more retries left');
    expect(play.node('a(2)').nodeFlag).toEqual({ retried: true });
  });

  it('never tries exit code 20 again', () => {
    const play = retried().end('a', 20, after(1)).pass(after(31));
    expect(play.phases()).toMatchObject({ a: 'Failed', run: 'Failed' });
    expect(play.node('a').message).toBe(
      'retryStrategy.expression evaluated to false',
    );
  });

  it('tries a step again whose pod was deleted', () => {
    const play = retried().run('a', after(1));
    play.pods = [];
    play.pass(after(5));
    expect(play.node('a(0)')).toMatchObject({
      phase: 'Error',
      message: 'pod deleted',
    });
    play.pass(after(36));
    expect(play.phases()).toMatchObject({ 'a(1)': 'Pending' });
  });

  it('goes on with the outputs of the attempt that succeeded', () => {
    const play = retried()
      .end('a', 10, after(1))
      .pass(after(31))
      .end('a', 0, after(40));
    expect(play.phases()).toMatchObject({
      a: 'Succeeded',
      'a(0)': 'Failed',
      'a(1)': 'Succeeded',
      b: 'Pending',
    });
    expect(play.node('a').outputs).toEqual({ exitCode: '0' });
    expect(play.node('a(1)').children).toEqual([play.node('b').id]);
    play.end('b', 0, after(50));
    expect(play.current.status).toMatchObject({
      phase: 'Succeeded',
      progress: '2/3',
    });
  });
});

describe('workflowTemplateRef', () => {
  const template = gated().spec as object;

  it('runs the template under what the Workflow says, and keeps it', () => {
    const play = new Play(
      workflow({
        workflowTemplateRef: { name: 'competitor-scrape' },
        activeDeadlineSeconds: 90,
      }),
      { template: { kind: 'found', spec: template } },
    ).pass(START);
    expect(play.phases()).toEqual({ run: 'Running', gate: 'Running' });
    const alone = new Play(play.current, {
      template: { kind: 'missing' },
    }).pass(after(91));
    expect(alone.node('gate').message).toBe('Step exceeded its deadline');
  });

  it('that names nothing ends in Error', () => {
    const play = new Play(workflow({ workflowTemplateRef: { name: 'nope' } }), {
      template: { kind: 'missing' },
    }).pass(START);
    expect(play.current.status).toMatchObject({
      phase: 'Error',
      message: 'workflowtemplates.argoproj.io "nope" not found',
    });
  });
});

describe('a pass', () => {
  it('that changes nothing writes nothing', () => {
    const play = new Play(gated()).pass(START).pass(after(1));
    expect(play.last).toMatchObject({ createPods: [], stopPods: [] });
    expect(play.last?.workflow).toBeUndefined();
  });

  it('leaves its input alone', () => {
    const play = new Play(gated()).pass(START);
    const before = JSON.stringify(play.current);
    decide(play, 'Failed');
    const input = play.current;
    const text = JSON.stringify(input);
    next(input, observed(), after(2));
    expect(JSON.stringify(input)).toBe(text);
    expect(before).not.toBe(text);
  });

  it('removes a finished Workflow when ttlStrategy says so', () => {
    const play = new Play(
      gated({ ttlStrategy: { secondsAfterCompletion: 100 } }),
    ).pass(START);
    decide(play, 'Failed');
    play.pass(after(31)).pass(after(32));
    expect(play.last).toMatchObject({
      deleteWorkflow: false,
      requeueAt: after(131),
    });
    expect(play.pass(after(131)).last?.deleteWorkflow).toBe(true);
  });
});
