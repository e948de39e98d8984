import { agentWorkloadSchema } from '@agentworkloads/api';
import { IdentityMapper } from '@agentworkloads/backstage-plugin-agent-workloads-node';
import { waiting } from '../__testUtils__/workloads';
import { decidersOf, isUnchanged, peopleOf } from './people';

const identity = new IdentityMapper({
  users: [{ ref: 'user:default/carol', name: 'c.diaz' }],
  groups: [
    { ref: 'group:default/approvers', name: 'agentworkloads:approvers' },
  ],
});

function withStatus(part: object, options: Parameters<typeof waiting>[1] = {}) {
  const run = waiting('tidepool-1', options);
  Object.assign(run.status as object, part);
  return agentWorkloadSchema.parse(run);
}

describe('who is who at a gate', () => {
  it('is said by the configuration, and by nothing for who has no name in the catalog', () => {
    expect(
      peopleOf(identity, ['c.diaz', 'bob', 'carol', 'CI@x', undefined]),
    ).toEqual({
      'c.diaz': 'user:default/carol',
      bob: 'user:default/bob',
    });
    expect(peopleOf(identity, ['CI@x'])).toBeUndefined();
  });

  it('may decide: the groups that are approvers, not who asked under four eyes', () => {
    expect(decidersOf(withStatus({}), identity)).toEqual({
      groups: ['group:default/approvers'],
    });
    expect(decidersOf(withStatus({}, { fourEyes: true }), identity)).toEqual({
      groups: ['group:default/approvers'],
      except: 'bob',
    });
    expect(
      decidersOf(withStatus({ phase: 'Completed' }), identity),
    ).toBeUndefined();
  });
});

describe('a run is unchanged', () => {
  const counts = {
    price: 0,
    plan: 0,
    terms: 0,
    other: 0,
    notCompared: 0,
    unstable: 0,
  };
  const summary = {
    pages: 2,
    notObserved: 0,
    facts: 7,
    changes: 0,
    compared: counts,
  };

  it('where every page was seen and compared, and nothing moved', () => {
    expect(isUnchanged(withStatus({ summary }))).toBe(true);
  });

  it.each([
    ['nothing was compared', { ...summary, compared: undefined }],
    ['a page was not seen', { ...summary, notObserved: 1 }],
    [
      'it is not known whether all were seen',
      { ...summary, notObserved: undefined },
    ],
    [
      'something moved',
      { ...summary, changes: 1, compared: { ...counts, price: 1 } },
    ],
    [
      'a part was not compared',
      { ...summary, compared: { ...counts, notCompared: 1 } },
    ],
    [
      'two looks disagree',
      { ...summary, compared: { ...counts, unstable: 1 } },
    ],
    ['it is the first run', { ...summary, notComparedReason: 'FIRST_RUN' }],
    ['there is no summary', undefined],
  ])('not where %s', (_what, given) => {
    expect(isUnchanged(withStatus({ summary: given }))).toBe(false);
  });
});
