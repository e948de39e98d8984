import { mockServices } from '@backstage/backend-test-utils';
import { takeTurn } from './startInTurn';

/** What of a PostgreSQL counts here: a lock that one connection has, by what each connection asks. */
function postgres() {
  let holder: object | undefined;
  let failures = 0;
  const released: object[] = [];
  const answers = {
    pg_try_advisory_lock(connection: object) {
      holder ??= connection;
      return holder === connection;
    },
    pg_advisory_unlock(connection: object) {
      if (holder === connection) holder = undefined;
      return true;
    },
  };
  const database = (client = 'pg') => ({
    async getClient() {
      if (failures > 0) {
        failures -= 1;
        throw new Error('duplicate key value violates pg_namespace_nspname');
      }
      return {
        client: {
          config: { client },
          acquireConnection: async () => ({}),
          releaseConnection: async (one: object) => released.push(one),
        },
        raw: (sql: string) => ({
          async connection(one: object) {
            const name = /select (\w+)/.exec(sql)![1] as keyof typeof answers;
            return { rows: [{ answer: answers[name](one) }] };
          },
        }),
      } as never;
    },
  });
  return {
    database,
    released,
    failOnce: () => {
      failures = 1;
    },
  };
}

const logger = mockServices.logger.mock();
const soon = () => new Promise<void>(resolve => setImmediate(resolve));

describe('replicas that start at the same time', () => {
  it('start one after the other', async () => {
    const { database, released } = postgres();
    const order: string[] = [];
    const endFirst = await takeTurn(database(), logger, soon);
    const second = takeTurn(database(), logger, soon).then(end => {
      order.push('second starts');
      return end;
    });
    await soon();
    await soon();
    order.push('first has started');
    await endFirst();
    const endSecond = await second;
    expect(order).toEqual(['first has started', 'second starts']);
    await endSecond();
    expect(released).toHaveLength(2);
  });

  it('are not stopped by a schema that another one makes at the same time', async () => {
    const { database, failOnce, released } = postgres();
    failOnce();
    const end = await takeTurn(database(), logger, soon);
    await end();
    expect(released).toHaveLength(1);
  });

  it('say what is wrong with a database that stays away', async () => {
    const away = {
      getClient: async () => {
        throw new Error('connect ECONNREFUSED');
      },
    };
    await expect(takeTurn(away, logger, soon)).rejects.toThrow('ECONNREFUSED');
  });

  it('wait for nobody where the database is a file of their own', async () => {
    const { database } = postgres();
    const ends = [
      await takeTurn(database('better-sqlite3'), logger, soon),
      await takeTurn(database('better-sqlite3'), logger, soon),
    ];
    expect(ends).toHaveLength(2);
  });
});
