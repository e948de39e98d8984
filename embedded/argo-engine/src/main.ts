import { pino } from 'pino';
import { HttpsKubeClient, readKubeconfig } from '@agentworkloads/kube-client';
import { readConfig } from './config';
import { runController } from './controller';
import { maskUrls } from './mask-urls';
import { createRunner } from './runner/runner';

const config = readConfig(process.env);
const logger = pino(
  { name: 'workflow-engine', level: config.logLevel },
  { write: line => process.stdout.write(maskUrls(line)) },
);
const port = new HttpsKubeClient(await readKubeconfig(config.kubeconfig));
const ending = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  process.on(signal, () => ending.abort());
}
// Steps must not outlive whoever would look after them.
process.on('disconnect', () => ending.abort());

const now = () => new Date();
const runner = createRunner({
  port,
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
  port,
  runner,
  images: config.images,
  logger,
  parallelism: config.parallelism,
  now,
  signal: ending.signal,
});
port.close();
process.exit(0);
