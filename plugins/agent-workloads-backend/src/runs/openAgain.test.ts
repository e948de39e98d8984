import { agentApprovalSchema, agentWorkloadSchema } from '@agentworkloads/api';
import { workload } from '../__testUtils__/workloads';
import type { WorkloadResource } from '../permissions';
import { mayOpenAgain, type KnownRuns } from './openAgain';

const DEADLINE = '2026-01-05T12:00:00Z';
const PAGES = 'workflow-of-monday';

const run = (name: string, status: Record<string, unknown>) =>
  agentWorkloadSchema.parse(workload(name, { status }));

const late = (status: Record<string, unknown> = {}) =>
  run('monday', {
    phase: 'TimedOut',
    argoWorkflow: { name: 'monday-1', namespace: 'n', uid: PAGES },
    gate: {
      mode: 'human',
      fourEyes: false,
      via: 'timeout',
      nodeId: 'gate',
      deadline: DEADLINE,
      evidence: 'e'.repeat(64),
    },
    ...status,
  });

const openedFrom = (pages: string, phase: string) =>
  run('tuesday', {
    phase,
    evidenceFrom: {
      name: 'monday',
      workflowUid: pages,
      seenAt: DEADLINE,
      seenIn: 'monday',
      seenInWorkflow: pages,
      artifacts: {
        manifest: { bucket: 'b', key: 'k', sha256: 'a'.repeat(64) },
      },
    },
  });

const denial = (of: ReturnType<typeof run>, at: string) =>
  agentApprovalSchema.parse({
    apiVersion: 'agentworkloads.io/v1alpha1',
    kind: 'AgentApproval',
    metadata: {
      name: 'carol-says-no',
      namespace: of.metadata.namespace,
      uid: 'u',
      resourceVersion: '1',
      creationTimestamp: at,
    },
    spec: {
      workloadRef: { name: of.metadata.name, uid: of.metadata.uid },
      gate: { workflowUid: PAGES, nodeId: 'gate' },
      decision: 'deny',
      comment: 'wrong pages',
      approver: { username: 'carol' },
    },
  });

function may(
  others: ReturnType<typeof run>[],
  denials: ReturnType<typeof denial>[] = [],
  one = late(),
  more: Partial<KnownRuns> = {},
) {
  const known: KnownRuns = {
    approvalsOf: uid =>
      denials.filter(({ spec }) => spec.workloadRef.uid === uid),
    runs: () =>
      others.map(other => ({
        workload: other,
        resource: {} as WorkloadResource,
        item: { phase: other.status?.phase ?? 'Pending' },
      })),
    ...more,
  };
  const found = mayOpenAgain(one, known);
  return found?.said?.code ?? found?.allowed;
}

describe('a run whose gate ran out of time', () => {
  it('can be opened again where nobody has said anything of its pages', () => {
    expect(may([])).toBe(true);
    expect(may([openedFrom('other-pages', 'Completed')])).toBe(true);
    expect(may([], [denial(late(), '2026-01-05T12:00:01Z')])).toBe(true);
  });

  it('can not where somebody denied before its end, judged or not', () => {
    expect(may([], [denial(late(), DEADLINE)])).toBe('runDeniedInTime');
  });

  it.each([
    ['AwaitingApproval', 'runOpenedAlready'],
    ['Completed', 'runOpenedReported'],
    ['Denied', 'runOpenedEnded'],
    ['TimedOut', true],
    ['Cancelled', true],
    ['Failed', true],
  ])('where it was opened again, and that run is %s: %s', (phase, expected) => {
    expect(may([openedFrom(PAGES, phase)])).toBe(expected);
  });

  it('can not where somebody denied in the run that came of it', () => {
    const next = openedFrom(PAGES, 'TimedOut');
    expect(may([next], [denial(next, '2027-01-01T00:00:00Z')])).toBe(
      'runOpenedDenied',
    );
  });

  it('can not while another that asks for it waits for its place', () => {
    const { spec, ...next } = run('next', { phase: 'Pending' });
    const evidenceFrom = { name: 'monday', workflowUid: PAGES };
    const waiting = { ...next, spec: { ...spec, evidenceFrom } };
    expect(may([waiting])).toBe('runOpenedAlready');
    expect(may([waiting], [], late(), { except: 'next' })).toBe(true);
  });

  it('can not where that is a run of which the caller may know nothing, which is not told', () => {
    const next = openedFrom(PAGES, 'Completed');
    expect(may([next], [], late(), { mayRead: () => false })).toBe(
      'runOpenedHidden',
    );
  });

  it('is the only one of which that is said', () => {
    expect(may([], [], late({ phase: 'Denied' }))).toBeUndefined();
  });
});
