import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { maskUrls } from '@agentworkloads/api';
import {
  connect,
  HttpKubeClient,
  rateLimit,
  resolveAccess,
  systemClock,
} from '@agentworkloads/kube';
import { pino, type LoggerOptions } from 'pino';
import { electionOf } from './adapters/election';
import { KubernetesEventRecorder } from './adapters/event-recorder';
import { startHealthServer } from './adapters/health-server';
import { OpaPolicyEngine } from './adapters/opa-policy';
import { WasmPolicyEngine } from './adapters/wasm-policy';
import { loadConfig, type Config } from './config/env';
import { createMetrics } from './metrics/metrics';
import { createOperator } from './operator';
import type { Logger, PolicyEngine } from './ports';

async function loadPolicy({ policy, limits }: Config): Promise<PolicyEngine> {
  if (policy.kind === 'opa') {
    return new OpaPolicyEngine(policy.url, limits.policyMs);
  }
  try {
    return await WasmPolicyEngine.fromFolder(policy.dir);
  } catch (cause) {
    throw new Error(
      `POLICY_WASM_DIR: no policy can be loaded from ${policy.dir}; it must hold policies.wasm and data.json`,
      { cause },
    );
  }
}

/** One line of JSON each; of an error what it says, not where in the bundle it arose. */
function createLogger(level: Config['logLevel']): Logger {
  const options: LoggerOptions = {
    level,
    base: { name: 'operator' },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: {
      err: (error: Error & { status?: number }) => ({
        type: error.name,
        message: error.message,
        ...(error.status === undefined ? {} : { status: error.status }),
        ...(level === 'debug' || level === 'trace'
          ? { stack: error.stack }
          : {}),
      }),
    },
  };
  // A refused spec is quoted in messages, and an address may carry a token.
  return pino(options, { write: line => process.stdout.write(maskUrls(line)) });
}

async function main(): Promise<void> {
  const config = loadConfig();
  const logger = createLogger(config.logLevel);
  const policy = await loadPolicy(config);
  const { kubeconfig } = config;
  const connection = connect(
    resolveAccess(
      kubeconfig
        ? { kind: 'kubeconfig', path: kubeconfig }
        : { kind: 'inCluster' },
      { programs: 'run' },
    ),
  );
  const metrics = createMetrics(systemClock);
  const election = electionOf(config, connection, logger, metrics);
  const turn = rateLimit(config.rate, systemClock);
  const client = new HttpKubeClient(connection, {
    name: 'agentworkloads-operator',
    requestMs: config.limits.requestMs,
    listMs: config.limits.listMs,
    async turn(signal) {
      await turn(signal);
      election.assertNotLost();
    },
    answered: metrics.requests.answered(connection.server),
  });
  const operator = createOperator({
    client,
    policy: metrics.policy.measured(policy),
    events: new KubernetesEventRecorder(client, {
      clock: systemClock,
      logger,
      instance: hostname(),
    }),
    clock: systemClock,
    logger,
    random: Math.random,
    randomName: () => randomBytes(8).toString('hex'),
    watchNamespaces: config.watchNamespaces,
    artifactBucket: config.artifactBucket,
    argoInstanceId: config.argoInstanceId,
    argoWorkflowDefaults: config.argoWorkflowDefaults,
    accounts: config.accounts,
    workers: config.workers,
    passTimeoutMs: config.limits.passMs,
    resyncMs: config.resyncMs,
    metrics,
    election: election.option,
  });
  const health = await startHealthServer(config.health, {
    ...operator,
    metrics: async () => ({
      type: metrics.registry.contentType,
      text: await metrics.registry.metrics(),
    }),
  });
  logger.info(
    {
      server: connection.server,
      health: `${config.health.host}:${health.port}`,
      namespace: config.systemNamespace,
      watches: config.watchNamespaces,
      policy: config.policy.kind,
    },
    'operator starts',
  );

  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'operator stops');
    await operator.stop();
    // Only now: passes that were under way may have written until here.
    await election.end();
    await health.close();
    await connection.close();
    process.exit(0);
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
  await operator.start();
}

main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exit(1);
});
