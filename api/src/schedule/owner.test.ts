import { scheduleOwnerOf } from './owner';

const SCHEDULE = {
  apiVersion: 'agentworkloads.io/v1alpha1',
  kind: 'AgentWorkloadSchedule',
  name: 'weekly',
  uid: 'u-1',
  controller: true,
};

describe('the schedule that made a run', () => {
  it('is its controller', () => {
    const ownerReferences = [{ ...SCHEDULE, uid: 'u-0', controller: false }];
    expect(scheduleOwnerOf({ ownerReferences })).toBeUndefined();
    expect(
      scheduleOwnerOf({ ownerReferences: [...ownerReferences, SCHEDULE] }),
    ).toEqual({ name: 'weekly', uid: 'u-1' });
  });

  it.each([
    ['without owners', {}],
    ['with owners that are no list', { ownerReferences: SCHEDULE }],
    [
      'of another kind',
      { ownerReferences: [{ ...SCHEDULE, kind: 'CronJob' }] },
    ],
    [
      'of another group with a kind of that name',
      { ownerReferences: [{ ...SCHEDULE, apiVersion: 'example.com/v1' }] },
    ],
    ['without a uid', { ownerReferences: [{ ...SCHEDULE, uid: '' }] }],
    [
      'by its label alone',
      { labels: { 'agentworkloads.io/schedule': 'weekly' } },
    ],
  ])('is nobody for a run %s', (_what, metadata) => {
    expect(scheduleOwnerOf(metadata)).toBeUndefined();
  });
});
