import { metrics, type Meter, type MeterProvider } from '@opentelemetry/api';
import { startPortal, type Portal } from '../__testUtils__/startPortal';
import { waiting, WORKFLOW_UID } from '../__testUtils__/workloads';

type Attributes = Record<string, unknown>;
type Callback = (result: {
  observe(value: number, attributes: Attributes): void;
}) => void;

/** Keeps what is measured, by the instrument's name. */
class FakeMeter {
  readonly measured = new Map<string, [number, Attributes][]>();
  private readonly observed = new Map<string, Callback>();

  private instrument(name: string) {
    const take = (value: number, attributes: Attributes = {}) => {
      this.measured.set(name, [
        ...(this.measured.get(name) ?? []),
        [value, attributes],
      ]);
    };
    return { add: take, record: take };
  }

  createCounter = (name: string) => this.instrument(name);
  createHistogram = (name: string) => this.instrument(name);
  createObservableGauge = (name: string) => ({
    addCallback: (callback: Callback) => this.observed.set(name, callback),
  });

  collected(name: string): [number, Attributes][] {
    const found: [number, Attributes][] = [];
    this.observed.get(name)?.({
      observe: (value, attributes) => found.push([value, attributes]),
    });
    return found;
  }
}

describe('what the portal measures of itself', () => {
  const meter = new FakeMeter();
  let portal: Portal;

  beforeAll(async () => {
    const provider = { getMeter: () => meter as unknown as Meter };
    metrics.setGlobalMeterProvider(provider as MeterProvider);
    portal = await startPortal({
      prepare(api, s3) {
        const run = waiting();
        Object.assign(run.status as object, {
          phase: 'Completed',
          workflowArtifacts: {
            'report-html': {
              bucket: 'artifacts',
              key: `runs/${WORKFLOW_UID}/r.html`,
            },
          },
        });
        api.put('agentworkloads', run);
        s3.objects.set(
          `artifacts/runs/${WORKFLOW_UID}/r.html`,
          Buffer.from('report'),
        );
      },
    });
  });
  afterAll(async () => {
    await portal.stop();
    metrics.disable();
  });

  it('how well each kind is followed', () => {
    const kinds = [
      'agentworkloads',
      'workflows',
      'agentapprovals',
      'agentworkloadschedules',
    ];
    const of = (name: string) =>
      meter.collected(name).map(([, { kind }]) => kind);
    for (const name of ['silent', 'failing', 'synced']) {
      expect(of(`agent_workloads.watch.${name}`)).toEqual(kinds);
    }
    const [[silent, attributes]] = meter.collected(
      'agent_workloads.watch.silent',
    );
    expect(silent).toBeGreaterThanOrEqual(0);
    expect(silent).toBeLessThan(60);
    expect(attributes).toEqual({
      cluster: 'local',
      kind: 'agentworkloads',
      namespace: '',
    });
    expect(
      meter.collected('agent_workloads.watch.synced').map(([value]) => value),
    ).toEqual([1, 1, 1, 1]);
    expect(
      meter.measured
        .get('agent_workloads.watch.lists')
        ?.map(([, { kind }]) => kind)
        .sort(),
    ).toEqual([...kinds].sort());
    expect(
      meter.measured.get('agent_workloads.watch.failures'),
    ).toBeUndefined();
  });

  it('how long it takes to learn what a caller may do', async () => {
    const before =
      meter.measured.get('agent_workloads.authorize.duration')?.length ?? 0;
    await portal.get('alice', '/runs');
    const durations = meter.measured.get('agent_workloads.authorize.duration')!;
    expect(durations).toHaveLength(before + 1);
    expect(durations[before][0]).toBeGreaterThan(0);
    expect(durations[before][0]).toBeLessThan(60);
  });

  it('what the object storage does not give, and not what is not there', async () => {
    const path = '/runs/local/agentworkloads/tidepool-1/artifacts/report-html';
    expect((await portal.get('alice', path)).status).toBe(200);
    portal.s3.isBroken = true;
    expect((await portal.get('alice', path)).status).toBe(503);
    portal.s3.isBroken = false;
    portal.s3.objects.clear();
    expect((await portal.get('alice', path)).status).toBe(404);
    expect(meter.measured.get('agent_workloads.artifact.errors')).toEqual([
      [1, { operation: 'read' }],
    ]);
  });
});
