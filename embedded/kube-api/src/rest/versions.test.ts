import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '../model';
import { Registry } from '../registry/registry';
import { fromStorage, toStorage } from './versions';

const registry = new Registry();
const core = registry.find('', 'v1', 'events')!;
const events = registry.find('events.k8s.io', 'v1', 'events')!;

describe('events', () => {
  const recorded: KubeObject = {
    apiVersion: 'events.k8s.io/v1',
    kind: 'Event',
    metadata: { name: 'e', namespace: 'n' },
    regarding: { kind: 'Pod', name: 'p' },
    note: 'said',
    reason: 'Because',
    reportingController: 'c.io/x',
    eventTime: '2026-01-01T00:00:00.000000Z',
  };

  it('of both groups are the same objects', () => {
    const stored = toStorage(events, recorded);
    expect(fromStorage(core, stored)).toEqual({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: recorded.metadata,
      involvedObject: recorded.regarding,
      message: 'said',
      reason: 'Because',
      reportingComponent: 'c.io/x',
      eventTime: recorded.eventTime,
    });
    expect(fromStorage(events, stored)).toEqual(recorded);
  });
});
