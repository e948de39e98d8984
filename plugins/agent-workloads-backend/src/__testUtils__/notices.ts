import { mockServices } from '@backstage/backend-test-utils';
import { agentWorkloadSchema, type AgentWorkload } from '@agentworkloads/api';
import { IdentityMapper } from '@agentworkloads/backstage-plugin-agent-workloads-node';
import createKnex from 'knex';
import { NOTICE_LANGUAGES } from '../notices/language';
import { noticesOf } from '../notices/noticesOf';
import { clockOf } from '../notices/words';
import { toListItem } from '../runs/toListItem';
import { waiting } from './workloads';

export const HOUR_MS = 60 * 60_000;
/** When the gate of {@link gateOf} opens. */
export const OPENED = Date.now() + HOUR_MS;
export const words = NOTICE_LANGUAGES.en;
export const identity = new IdentityMapper({
  users: [],
  groups: [
    { ref: 'group:default/approvers', name: 'agentworkloads:approvers' },
  ],
});

/** A run whose gate opens in an hour, for three days. */
export function gateOf(status: Record<string, unknown> = {}): AgentWorkload {
  const run = waiting();
  const { gate } = run.status as { gate: Record<string, unknown> };
  Object.assign(gate, {
    openedAt: new Date(OPENED).toISOString(),
    deadline: new Date(OPENED + 72 * HOUR_MS).toISOString(),
    ...status,
  });
  return agentWorkloadSchema.parse(run);
}

export const emptyDb = () =>
  createKnex({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
  });

/** What `Notices` asks about runs, of one alone. */
export const ofOneRun = (run: () => AgentWorkload, now: () => number) => ({
  find: () =>
    noticesOf(run(), toListItem('local', run(), identity), {
      identity,
      words,
      clock: clockOf('UTC', words),
      now: now(),
    }),
  runs: () => [toListItem('local', run(), identity)],
  logger: mockServices.logger.mock(),
  now,
});
