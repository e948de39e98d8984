import {
  connect,
  HttpKubeClient,
  resolveAccess,
  systemClock,
} from '@agentworkloads/kube';
import { pino } from 'pino';
import { readConfig } from './config';
import { runController } from './controller';
import { maskUrls } from './mask-urls';
import { createRunner } from './runner/runner';

const config = readConfig(process.env);
const logger = pino(
  {
    name: 'workflow-engine',
    level: config.logLevel,
    // What an error says, not where in the bundle it arose.
    serializers: { err: (error: Error) => ({ message: error.message }) },
  },
  { write: line => process.stdout.write(maskUrls(line)) },
);
const connection = connect(
  resolveAccess(
    { kind: 'kubeconfig', path: config.kubeconfig },
    { programs: 'refuse' },
  ),
);
const cluster = new HttpKubeClient(connection, {
  name: 'workflow-engine',
  requestMs: 15_000,
});
const ending = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  process.on(signal, () => ending.abort());
}
// Steps must not outlive whoever would look after them.
process.on('disconnect', () => ending.abort());

const now = () => new Date();
const runner = createRunner({
  cluster,
  logger,
  images: config.images,
  dataDir: config.dataDir,
  podLogsDir: config.podLogsDir,
  slots: config.slots,
  graceMs: config.graceMs,
  configRetryMs: 3_000,
  now,
});
await runController({
  cluster,
  runner,
  images: config.images,
  logger,
  parallelism: config.parallelism,
  clock: systemClock,
  random: Math.random,
  signal: ending.signal,
});
await connection.close();
process.exit(0);
