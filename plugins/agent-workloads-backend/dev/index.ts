/**
 * `yarn start` in this folder: the plugin in a backend of its own, before a cluster in memory with a run and an open gate. Who asks is a
 * mock: with no token a person who may do everything.
 *
 *     curl http://localhost:7007/api/agent-workloads/runs
 */
import { mockServices } from '@backstage/backend-test-utils';
import { createBackend } from '@backstage/backend-defaults';
import { FakeApiServer } from '@agentworkloads/kube/testing';
import { agentWorkloadsPlugin } from '../src/plugin';
import { waiting, workload } from '../src/__testUtils__/workloads';

const cluster = new FakeApiServer();
cluster.put('agentworkloads', waiting('pricing-week-47'));
cluster.put(
  'agentworkloads',
  workload('pricing-week-46', { status: { phase: 'Completed' } }),
);

async function start() {
  const url = await cluster.start();
  const backend = createBackend();
  backend.add(
    mockServices.rootConfig.factory({
      data: {
        app: { baseUrl: 'http://localhost:3000' },
        backend: {
          baseUrl: 'http://localhost:7007',
          listen: { host: '127.0.0.1', port: 7007 },
          database: { client: 'better-sqlite3', connection: ':memory:' },
        },
        agentWorkloads: {
          clusters: [{ name: 'local', url, token: 'of-a-mock' }],
        },
      },
    }),
  );
  backend.add(mockServices.auth.factory());
  backend.add(mockServices.httpAuth.factory());
  backend.add(mockServices.userInfo.factory());
  backend.add(mockServices.permissions.factory());
  backend.add(agentWorkloadsPlugin);
  await backend.start();
}

start().catch(error => {
  process.stderr.write(`${error}\n`);
  process.exitCode = 1;
});
