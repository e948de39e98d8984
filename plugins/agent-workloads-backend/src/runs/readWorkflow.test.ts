import { workflow } from '../__testUtils__/workloads';
import { readWorkflow, stepsFromStatus } from './readWorkflow';

const changed = (change: (raw: any) => void) => {
  const raw = JSON.parse(JSON.stringify(workflow()));
  change(raw);
  return raw;
};

const steps = (raw: unknown) => readWorkflow(raw)!.steps;

describe('readWorkflow', () => {
  it.each([[undefined], ['text'], [{}], [{ kind: 'Workflow' }]])(
    'does not guess at %j',
    raw => {
      expect(readWorkflow(raw)).toBeUndefined();
    },
  );

  it('takes the dependencies of our own template when the Workflow does not say them', () => {
    const raw = changed(wf => delete wf.status.storedWorkflowTemplateSpec);
    expect(steps(raw).map(one => [one.name, one.dependsOn])).toEqual([
      ['scrape', []],
      ['dom', ['scrape']],
      ['gate', ['screenshot', 'dom']],
    ]);
  });

  it('reads a Workflow that nobody has looked at yet', () => {
    const raw = changed(wf => delete wf.status);
    expect(readWorkflow(raw)).toMatchObject({ phase: undefined, steps: [] });
  });

  it('shows steps of another template, after those that it knows', () => {
    const raw = changed(wf => {
      wf.status.storedWorkflowTemplateSpec.templates[0].dag.tasks.unshift({
        name: 'compare',
        depends: 'synthesis',
      });
    });
    expect(steps(raw).map(one => one.name)).toEqual([
      'scrape',
      'screenshot',
      'dom',
      'gate',
      'synthesis',
      'compare',
    ]);
    expect(steps(raw).at(-1)?.dependsOn).toEqual(['synthesis']);
  });

  it('names pods as Argo does, in the new and the old format', () => {
    const name = (raw: unknown) =>
      steps(raw).find(one => one.name === 'dom')?.podName;
    expect(name(workflow())).toBe('tidepool-1-aw-dom-4');
    const old = changed(wf => {
      wf.metadata.annotations = {
        'workflows.argoproj.io/pod-name-format': 'v1',
      };
    });
    expect(name(old)).toBe('tidepool-1-aw-4');
  });

  it.each([['not JSON'], ['{"pages":-1}'], ['[]']])(
    'leaves out the summary %j',
    value => {
      const raw = changed(wf => {
        wf.status.nodes['tidepool-1-aw-4'].outputs.parameters[0].value = value;
      });
      expect(readWorkflow(raw)?.summary).toBeUndefined();
    },
  );

  it('says what happened in the last attempt, not that there is no further one', () => {
    const raw = changed(wf => {
      Object.assign(wf.status.nodes['tidepool-1-aw-1'], {
        phase: 'Failed',
        message: 'No more retries left',
      });
      wf.status.nodes['tidepool-1-aw-3'].message = 'main: Error (exit code 20)';
    });
    expect(steps(raw)[0]).toMatchObject({
      phase: 'Failed',
      message: 'main: Error (exit code 20)',
    });
  });

  it('shows no step as running of a Workflow that was stopped, though Argo leaves its Retry node so', () => {
    const raw = changed(wf => {
      const { name } = wf.metadata;
      wf.status.phase = 'Failed';
      wf.status.nodes = {
        step: {
          id: 'step',
          name: `${name}.scrape`,
          type: 'Retry',
          phase: 'Running',
        },
        attempt: {
          id: 'attempt',
          name: `${name}.scrape(0)`,
          type: 'Pod',
          phase: 'Failed',
          finishedAt: '2026-01-01T00:00:00Z',
        },
      };
    });
    const scrape = () => steps(raw).find(one => one.name === 'scrape');
    expect(scrape()).toMatchObject({
      phase: 'Failed',
      finishedAt: '2026-01-01T00:00:00.000Z',
    });
    raw.status.phase = 'Running';
    expect(scrape()?.phase).toBe('Running');
    // Its next pod waits for an image, a Secret or a place.
    raw.status.nodes.attempt.phase = 'Pending';
    expect(scrape()?.phase).toBe('Pending');
  });

  it('shows no exit handler, neither itself nor its tries', () => {
    const raw = changed(wf => {
      const { name } = wf.metadata;
      for (const end of ['onExit', 'onExit(0)']) {
        wf.status.nodes[end] = {
          id: end,
          name: `${name}.${end}`,
          type: 'Pod',
          phase: 'Succeeded',
        };
      }
    });
    expect(steps(raw).map(one => one.name)).toEqual([
      'scrape',
      'screenshot',
      'dom',
      'gate',
      'synthesis',
    ]);
  });

  it('counts the items of a step as no tries of it', () => {
    const raw = changed(wf => {
      const { name } = wf.metadata;
      wf.status.nodes['tidepool-1-aw-4'].type = 'TaskGroup';
      for (const item of ['dom(0:a)', 'dom(1:b)']) {
        wf.status.nodes[item] = {
          id: item,
          name: `${name}.${item}`,
          type: 'Pod',
          phase: 'Running',
        };
      }
    });
    expect(steps(raw).find(one => one.name === 'dom')?.retries).toBe(0);
  });

  it('shows the summary once its step has succeeded, as policy judges it', () => {
    expect(readWorkflow(workflow())?.summary).toMatchObject({ facts: 7 });
    const raw = changed(wf => {
      wf.status.nodes['tidepool-1-aw-4'].phase = 'Failed';
    });
    expect(readWorkflow(raw)?.summary).toBeUndefined();
  });

  it('shows an unknown phase as Pending', () => {
    const raw = changed(wf => {
      wf.status.nodes['tidepool-1-aw-4'].phase = 'Daemoned';
    });
    expect(steps(raw).find(one => one.name === 'dom')?.phase).toBe('Pending');
  });
});

describe('stepsFromStatus', () => {
  it('shows what the operator mirrored when the Workflow is gone', () => {
    expect(
      stepsFromStatus([{ name: 'dom', phase: 'Succeeded', retries: 2 }]),
    ).toEqual([
      {
        name: 'dom',
        phase: 'Succeeded',
        retries: 2,
        dependsOn: ['scrape'],
        hasLog: false,
      },
    ]);
  });
});
