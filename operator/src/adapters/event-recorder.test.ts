import { describe, expect, it } from '@jest/globals';
import { FakeClock } from '@agentworkloads/kube/testing';
import { silentLogger, type LogLine } from '@agentworkloads/kube/testing';
import {
  ApiError,
  type EventNote,
  type EventTarget,
  type KubeClient,
} from '../ports';
import { KubernetesEventRecorder } from './event-recorder';

const target: EventTarget = {
  apiVersion: 'agentworkloads.io/v1alpha1',
  kind: 'AgentWorkload',
  name: 'weekly',
  namespace: 'ns',
  uid: 'u1',
};
const opened: EventNote = {
  type: 'Normal',
  reason: 'GateOpened',
  note: 'The gate waits.',
};

function recorder(fail = false, held?: Promise<void>) {
  const clock = new FakeClock(Date.parse('2026-03-02T10:00:00Z'));
  const created: Record<string, unknown>[] = [];
  const counted: unknown[] = [];
  const expired = { now: false };
  const log: LogLine[] = [];
  const client = {
    async create(_kind, _namespace, body) {
      await held;
      if (fail) throw new Error('forbidden');
      created.push(body as Record<string, unknown>);
      return body;
    },
    async patch(_kind, _namespace, _name, { body }) {
      if (expired.now) throw new ApiError('expired', 404, 'NotFound');
      counted.push(body);
      return body;
    },
  } as Pick<KubeClient, 'create' | 'patch'> as KubeClient;
  const events = new KubernetesEventRecorder(client, {
    clock,
    logger: silentLogger(log),
    instance: 'host-1',
  });
  return { clock, created, counted, log, events, expired };
}

async function say(
  events: KubernetesEventRecorder,
  about: EventTarget,
  event: EventNote,
) {
  events.record(about, event);
  await events.idle();
}

describe('events', () => {
  it('say what happened to which object', async () => {
    const { events, created } = recorder();
    await say(events, target, opened);
    expect(created[0]).toMatchObject({
      apiVersion: 'events.k8s.io/v1',
      metadata: { namespace: 'ns', name: expect.stringMatching(/^weekly\./) },
      type: 'Normal',
      reason: 'GateOpened',
      note: 'The gate waits.',
      eventTime: '2026-03-02T10:00:00.000000Z',
      regarding: target,
      reportingInstance: 'host-1',
    });
  });

  it('that say the same are one, with a count that is written now and then', async () => {
    const { clock, events, created, counted } = recorder();
    await say(events, target, opened);
    await say(events, target, opened);
    expect(counted).toEqual([]);
    await clock.advance(60_000);
    await say(events, target, opened);
    expect(created).toHaveLength(1);
    expect(counted).toEqual([
      { series: { count: 3, lastObservedTime: '2026-03-02T10:01:00.000000Z' } },
    ]);
    await clock.advance(600_000);
    await say(events, target, opened);
    expect(created).toHaveLength(2);
  });

  it('of two objects, or with two notes, are two', async () => {
    const { events, created } = recorder();
    await say(events, target, opened);
    await say(events, { ...target, uid: 'u2' }, opened);
    await say(events, target, { ...opened, note: 'other' });
    const names = created.map(({ metadata }) => JSON.stringify(metadata));
    expect(new Set(names).size).toBe(3);
  });

  it('are cut to what the API server takes, never inside a character', async () => {
    const { events, created } = recorder();
    await say(events, target, { ...opened, note: '猫'.repeat(1000) });
    const note = String(created[0]?.note);
    expect(Buffer.byteLength(note)).toBeLessThanOrEqual(1000);
    expect(note).toMatch(/^猫+$/);
  });

  it('that are lost are logged and hurt nobody', async () => {
    const { events, log } = recorder(true);
    await say(events, target, opened);
    expect(log).toContainEqual(expect.objectContaining({ level: 'warn' }));
  });

  it('do not fill the memory', async () => {
    const { events, created } = recorder();
    for (let index = 0; index < 2_100; index += 1) {
      await say(events, { ...target, uid: `u${index}` }, opened);
    }
    await say(events, { ...target, uid: 'u0' }, opened);
    await say(events, { ...target, uid: 'u2099' }, opened);
    expect(created).toHaveLength(2_101);
  });

  it('are waited for by nobody, and what is too many is dropped and counted', async () => {
    let answer: () => void = () => undefined;
    const held = new Promise<void>(resolve => (answer = resolve));
    const { events, created, log } = recorder(false, held);
    for (let index = 0; index < 1_200; index += 1) {
      events.record({ ...target, uid: `u${index}` }, opened);
    }
    // One is on its way, a thousand wait.
    expect(events.droppedCount).toBe(199);
    expect(log.filter(({ level }) => level === 'warn')).toHaveLength(1);
    answer();
    await events.idle();
    expect(created).toHaveLength(1_001);
    await say(events, { ...target, uid: 'after' }, opened);
    expect(created).toHaveLength(1_002);
  });

  it('that could not be made are made the next time, not counted', async () => {
    const state = recorder(true);
    await say(state.events, target, opened);
    await state.clock.advance(60_000);
    await say(state.events, target, opened);
    expect(state.counted).toEqual([]);
    expect(state.log).toHaveLength(2);
  });

  it('whose first one expired on the server begin anew', async () => {
    const { clock, events, created, expired } = recorder();
    await say(events, target, opened);
    expired.now = true;
    await clock.advance(60_000);
    await say(events, target, opened);
    await say(events, target, opened);
    expect(created).toHaveLength(2);
  });
});
