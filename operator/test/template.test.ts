import {
  afterEach,
  beforeEach,
  describe,
  expect,
  it,
  jest,
} from '@jest/globals';
import type { FakeObject } from '@agentworkloads/kube/testing';
import { NAMESPACE, World } from './world';

/** Two busy cores can make a run of these slow. */
jest.setTimeout(30_000);

type Spec = Record<string, unknown>;

let world: World;

beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

function editTemplate(changes: Spec): void {
  world.api.change(
    'workflowtemplates',
    NAMESPACE,
    'competitor-scrape',
    template => {
      template.spec = { ...template.spec, ...changes };
    },
  );
}

/** As who may write the status of Workflows, or has toggled `suspend` on a patched one. */
function editStored(changes: Spec): void {
  const [workflow] = world.api.list('workflows');
  world.api.change(
    'workflows',
    NAMESPACE,
    workflow?.metadata.name ?? '',
    ({ status = {} }) => {
      status.storedWorkflowTemplateSpec = {
        ...(status.storedWorkflowTemplateSpec as Spec),
        ...changes,
      };
    },
  );
}

const reason = (workload: FakeObject) =>
  (
    workload.status as { conditions: { type: string; reason: string }[] }
  ).conditions.find(({ type }) => type === 'Ready')?.reason;

/** Nothing of the Workflow goes on, and nothing was published. */
async function isStopped(): Promise<void> {
  world.runArgo();
  await world.until(() =>
    world.api
      .list('workflows')
      .every(({ status }) => status?.phase === 'Failed'),
  );
  const [workflow] = world.api.list('workflows');
  expect(JSON.stringify(workflow?.status)).not.toContain('report-html');
}

describe('a template that is edited', () => {
  it('between the create and the first look of Argo stops the run', async () => {
    world.startOperator();
    world.ask();
    await world.until(() => world.api.list('workflows').length === 1);
    await world.reaches('Running');
    editTemplate({ serviceAccountName: 'admin' });
    world.runArgo();
    const failed = await world.reaches('Failed');
    expect(reason(failed)).toBe('TemplateChanged');
    expect(failed.status?.message).toContain('edited after');
    await isStopped();
  });

  it('in mid-run changes nothing', async () => {
    world.startOperator();
    world.ask();
    world.runArgo();
    await world.reaches('AwaitingApproval');
    editTemplate({ entrypoint: 'other', templates: [] });
    world.approve();
    const { status } = await world.reaches('Completed');
    expect(status?.template).toMatchObject({ generation: 1 });
  });

  it('before anything was made is taken as it is now', async () => {
    const denied = { kind: 'unavailable' as const, cause: 'away' };
    const allowed = world.policy.start;
    world.policy.start = denied;
    world.startOperator();
    world.ask();
    await world.reaches('Pending');
    editTemplate({ serviceAccountName: 'another' });
    world.policy.start = allowed;
    world.runArgo();
    await world.reaches('AwaitingApproval');
  });
});

describe('what Argo has stored, changed at the open gate', () => {
  it.each([
    ['a task more', { templates: [{ name: 'main', dag: {} }] }],
    ['another deadline', { activeDeadlineSeconds: 1e9 }],
  ])('%s stops the run before an approval is used', async (_what, changes) => {
    world.startOperator();
    world.ask();
    world.runArgo();
    await world.reaches('AwaitingApproval');
    world.stopArgo();
    editStored(changes);
    world.approve();
    const failed = await world.reaches('Failed');
    expect(reason(failed)).toBe('TemplateChanged');
    await isStopped();
  });
});

describe('what workflowDefaults of Argo add', () => {
  const defaults = { securityContext: { runAsUser: 0 } };

  it('stops the run where the operator does not know of it', async () => {
    world.argo.workflowDefaults = defaults;
    world.startOperator();
    world.ask();
    world.runArgo();
    const failed = await world.reaches('Failed');
    expect(failed.status?.message).toMatch(
      /securityContext\..*ARGO_WORKFLOW_DEFAULTS/,
    );
    await isStopped();
  });

  it('runs where the setting names it', async () => {
    world.argo.workflowDefaults = defaults;
    world.startOperator('op', [], defaults);
    world.ask();
    world.runArgo();
    await world.reaches('AwaitingApproval');
    world.approve();
    await world.reaches('Completed');
  });

  it('runs where it does not say what runs', async () => {
    world.argo.workflowDefaults = { podGC: { strategy: 'OnPodSuccess' } };
    world.startOperator();
    world.ask();
    world.runArgo();
    await world.reaches('AwaitingApproval');
  });
});

describe('a stop', () => {
  it('of ours is no other template', async () => {
    world.startOperator();
    world.ask();
    world.runArgo();
    await world.reaches('AwaitingApproval');
    world.api.change('agentworkloads', NAMESPACE, 'weekly', ({ spec = {} }) => {
      spec.cancel = true;
    });
    await world.reaches('Cancelled');
    await isStopped();
  });

  it('by somebody else is none either', async () => {
    world.startOperator();
    world.ask();
    world.runArgo();
    await world.reaches('AwaitingApproval');
    const [workflow] = world.api.list('workflows');
    world.api.change(
      'workflows',
      NAMESPACE,
      workflow?.metadata.name ?? '',
      ({ spec = {} }) => {
        spec.shutdown = 'Stop';
      },
    );
    expect(reason(await world.reaches('Failed'))).not.toBe('TemplateChanged');
  });
});
