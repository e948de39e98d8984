import { mockServices } from '@backstage/backend-test-utils';
import type { HandlerContext } from './context';
import { getChangesCsv, listChanges, visitChanges } from './changes';

const HERE = { cluster: 'local', namespace: 'team-a' };

/** Somebody who may read everything, and a database of which one thing fails. */
function contextWhere(
  failing: 'places' | 'page' | 'runs' | 'unreadSince' | 'visit',
) {
  const fail = async () => {
    throw new Error('select "secret" from "changes" - no connection');
  };
  const logger = mockServices.logger.mock();
  const context = {
    httpAuth: {
      credentials: async () => ({
        principal: { type: 'user', userEntityRef: 'user:default/bob' },
      }),
    },
    authorizer: {
      rights: async () => ({
        may: () => true,
        groups: [],
        reads: () => true,
        problems: new Map(),
      }),
    },
    changes: {
      places: async () => [HERE],
      page: async () => [],
      runs: async () => [],
      unreadSince: async () => undefined,
      visit: async () => undefined,
      [failing]: fail,
    },
    clusters: { identity: {} },
    store: { places: () => [], entries: () => [], states: () => [] },
    now: () => 0,
    logger,
  } as unknown as HandlerContext;
  return { context, logger };
}

describe('while the database is away', () => {
  it.each([
    ['the list', listChanges, 'places'],
    ['the list', listChanges, 'page'],
    ['the list', listChanges, 'runs'],
    ['the list of what is unread', listChanges, 'unreadSince'],
    ['the file', getChangesCsv, 'page'],
    ['the visit', visitChanges, 'visit'],
  ] as const)(
    '%s says so without a query in it (%#)',
    async (_, handler, failing) => {
      const { context, logger } = contextWhere(failing);
      const answer = handler(context)(
        { query: { show: 'unread' } } as never,
        {} as never,
        () => {},
      );
      await expect(answer).rejects.toMatchObject({
        name: 'ServiceUnavailableError',
        message: expect.not.stringContaining('select'),
      });
      expect(logger.error).toHaveBeenCalledWith(
        expect.any(String),
        expect.objectContaining({
          message: expect.stringContaining('no connection'),
        }),
      );
    },
  );
});
