import {
  afterEach,
  beforeEach,
  describe,
  expect,
  it,
  jest,
} from '@jest/globals';
import { World } from './world';

/** Two busy cores can make a run of these slow. */
jest.setTimeout(30_000);

/** Of one run: what design and operations promise to who pays for the API server. */
const MOST_REQUESTS = 8;
const MOST_STATUS_WRITES = 8;

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

/** Requests by verb and resource; lists and watches are once for all runs. */
function byVerb(from: number): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const request of world.api.requests.slice(from)) {
    const { client, method, kind, name, subresource, watch } = request;
    const forAll = watch || (method === 'GET' && name === '');
    if (client !== 'op' || forAll) continue;
    const what = `${method} ${kind}${subresource && `/${subresource}`}`;
    counts[what] = (counts[what] ?? 0) + 1;
  }
  return counts;
}

const sum = (counts: Record<string, number>) =>
  Object.values(counts).reduce((total, count) => total + count, 0);

describe('what a run costs the API server', () => {
  it(`is at most ${MOST_REQUESTS} requests up to the gate, events included`, async () => {
    world.startOperator();
    await world.until(() =>
      world.log.some(({ message }) => /whole/.test(message)),
    );
    const from = world.api.requests.length;
    world.runArgo();
    world.ask();
    await world.reaches('AwaitingApproval');
    await world.until(() =>
      world.api.requests.some(
        ({ kind, body }) =>
          kind === 'events' && JSON.stringify(body).includes('GateOpened'),
      ),
    );
    const counts = byVerb(from);
    process.stdout.write(
      `${sum(counts)} requests up to the gate: ${JSON.stringify(counts)}\n`,
    );
    expect(counts['POST workflows']).toBe(1);
    expect(sum(counts)).toBeLessThanOrEqual(MOST_REQUESTS);
  });

  it(`is at most ${MOST_STATUS_WRITES} status writes, from its first to its last`, async () => {
    world.startOperator();
    world.runArgo();
    world.ask();
    await world.reaches('AwaitingApproval');
    world.approve();
    await world.reaches('Completed');
    const writes = byVerb(0)['PATCH agentworkloads/status'] ?? 0;
    process.stdout.write(`${writes} status writes\n`);
    expect(writes).toBeGreaterThan(3);
    expect(writes).toBeLessThanOrEqual(MOST_STATUS_WRITES);
  });
});
