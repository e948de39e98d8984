import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mockServices } from '@backstage/backend-test-utils';
import {
  IdentityMapper,
  type ImpersonatedPerson,
} from '@agentworkloads/backstage-plugin-agent-workloads-node';
import { recipientsOf, type Deciders } from './recipients';

const APPROVERS = 'agentworkloads:approvers';
const identity = new IdentityMapper({
  users: [{ ref: 'user:default/carol', name: 'c.diaz' }],
  groups: [
    { ref: 'group:default/approvers', name: APPROVERS },
    { ref: 'group:default/law', name: 'legal' },
  ],
});

const MEMBERS: Record<string, string[]> = {
  'group:default/approvers': ['user:default/alice', 'user:default/carol'],
  'group:default/law': ['user:default/carol', 'user:default/lena'],
};

const gate: Deciders = {
  run: { cluster: 'local', namespace: 'team-a', name: 'tidepool' },
  groups: [APPROVERS, 'legal'],
  concerns: () => true,
};

describe('whom a notice goes to', () => {
  let catalog: Server;
  let asked: number;
  let status: number;
  /** `username verb name` of what the cluster refuses. */
  let refused: string[];

  beforeEach(async () => {
    [asked, status, refused] = [0, 200, []];
    catalog = createServer(async (req, res) => {
      asked += 1;
      const body = JSON.parse(
        Buffer.concat(await req.toArray()).toString('utf8'),
      );
      res.statusCode = status;
      const items = body.entityRefs.map((ref: string) => ({
        relations: [
          { type: 'childOf', targetRef: 'group:default/company' },
          ...(MEMBERS[ref] ?? []).map(targetRef => ({
            type: 'hasMember',
            targetRef,
          })),
        ],
      }));
      res.end(JSON.stringify({ items }));
    });
    await new Promise<void>(listening => {
      catalog.listen(0, '127.0.0.1', listening);
    });
  });
  afterEach(() => {
    catalog.close();
  });

  const finder = () =>
    recipientsOf({
      auth: mockServices.auth(),
      discovery: {
        getBaseUrl: async () =>
          `http://127.0.0.1:${(catalog.address() as AddressInfo).port}`,
        getExternalBaseUrl: async () => '',
      },
      identity,
      rights: {
        async may({ username }, _cluster, { verb, name = '*' }) {
          return !refused.includes(`${username} ${verb} ${name}`);
        },
      },
    });
  const found = (deciders: Partial<Deciders> = {}) =>
    finder()({ deciders: { ...gate, ...deciders } });

  it('is the person who asked', async () => {
    expect(await finder()({ person: 'user:default/bob' })).toEqual([
      'user:default/bob',
    ]);
    expect(asked).toBe(0);
  });

  it('are the members of the groups that it is a matter of, each once', async () => {
    expect(await found()).toEqual([
      'user:default/alice',
      'user:default/carol',
      'user:default/lena',
    ]);
    expect(await found({ groups: [APPROVERS] })).not.toContain(
      'user:default/lena',
    );
  });

  it('is nobody who may not see the run, and who may decide this one alone is', async () => {
    refused = ['alice get *', 'c.diaz approve *', 'lena approve *'];
    refused.push('lena approve tidepool');
    expect(await found()).toEqual(['user:default/carol']);
  });

  it('are those whom it concerns, by their names and groups in the cluster', async () => {
    const concerns = ({ username, groups }: ImpersonatedPerson) =>
      username === 'c.diaz' && groups.includes('legal');
    expect(await found({ concerns })).toEqual(['user:default/carol']);
  });

  it('can be nobody at all only where the catalog said so', async () => {
    status = 503;
    await expect(found()).rejects.toThrow(
      'the catalog was asked who is in group:default/approvers, group:default/law and answered 503',
    );
  });

  it('is asked of the catalog once in five minutes', async () => {
    const find = finder();
    await find({ deciders: gate });
    await find({ deciders: gate });
    expect(asked).toBe(1);
  });
});
