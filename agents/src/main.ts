import { STEPS, EXIT_CODES, type StepName } from '@agentworkloads/api';
import { parseEnv, secretsOf, stepEnvSchema } from './config/env';
import { createStepDeps } from './wiring';
import { openCheckpoints } from './runtime/checkpoints';
import {
  describeError,
  PermanentError,
  RetryableError,
} from './runtime/errors';
import { createLogger, scrubber, type Logger } from './runtime/logger';
import { classifyFailure, runStep, threadId } from './runtime/run-step';
import { writeTerminationLog } from './runtime/termination-log';
import { STEP_REGISTRY } from './steps/registry';

/** After SIGTERM a step has this long to come to the end of what it does; kubelet kills after 30 s. */
const DRAIN_MS = 20_000;

function stepLoader(name: string | undefined) {
  const loader = STEP_REGISTRY[name as StepName];
  if (loader) return loader;
  throw new PermanentError(
    `Usage: main STEP, where STEP is one of ${Object.keys(STEP_REGISTRY).join(
      ', ',
    )}; got ${name ? `"${name.slice(0, 40)}"` : 'none'}${
      name === STEPS.gate ? ' (the gate is a suspend node, no container)' : ''
    }.`,
  );
}

async function run(argv: readonly string[], report: Report): Promise<void> {
  const load = stepLoader(argv[0]);
  const env = parseEnv(stepEnvSchema, process.env);
  const secrets = secretsOf(env);
  const logger = createLogger({
    name: argv[0],
    level: env.LOG_LEVEL,
    secrets,
  });
  report.logger = logger;
  report.terminationLog = env.TERMINATION_LOG;
  report.scrub = scrubber(secrets);

  const stop = new AbortController();
  for (const name of ['SIGTERM', 'SIGINT'] as const) {
    process.once(name, () => {
      logger.warn({ signal: name }, 'asked to stop, coming to an end');
      stop.abort(new RetryableError(`Stopped by ${name}.`));
      setTimeout(() => {
        report.finish(new RetryableError(`Stopped by ${name}.`));
      }, DRAIN_MS).unref();
    });
  }

  const started = performance.now();
  const [step, checkpoints] = await Promise.all([
    load(),
    openCheckpoints({
      url: env.CHECKPOINT_DATABASE_URL,
      threadId: threadId(env.WORKFLOW_UID, argv[0]),
      tries: 3,
      baseDelayMs: env.RETRY_BASE_MS,
      connectTimeoutMs: env.RETRY_TIMEOUT_MS,
      lockWaitMs: 45_000,
      logger,
    }),
  ]);
  const { deps, close } = createStepDeps(env, logger, stop.signal);
  logger.info(
    {
      workflowUid: env.WORKFLOW_UID,
      job: env.JOB_ID,
      startMs: Math.round(performance.now()),
    },
    'step started',
  );
  try {
    await runStep(step, deps, checkpoints);
    logger.info({ ms: Math.round(performance.now() - started) }, 'step done');
  } finally {
    await close();
    await checkpoints.close().catch(() => undefined);
  }
}

interface Report {
  logger: Logger;
  terminationLog: string;
  scrub(text: string): string;
  finish(error?: unknown): never;
}

const report: Report = {
  logger: createLogger({ name: 'agents', level: 'info' }),
  terminationLog: '/dev/termination-log',
  scrub: text => text,
  finish(error) {
    if (error === undefined) process.exit(EXIT_CODES.ok);
    const failure = classifyFailure(error);
    const reason = this.scrub(failure.reason);
    writeTerminationLog(this.terminationLog, reason);
    if (error instanceof Error && reason.startsWith('Unexpected')) {
      this.logger.error({ stack: error.stack }, 'unexpected error');
    }
    this.logger.error(
      {
        exitCode: failure.retryable
          ? EXIT_CODES.retryable
          : EXIT_CODES.permanent,
      },
      reason,
    );
    process.exit(
      failure.retryable ? EXIT_CODES.retryable : EXIT_CODES.permanent,
    );
  },
};

process.on('unhandledRejection', error =>
  report.logger.warn(
    { cause: describeError(error) },
    'a promise was rejected and nobody waited for it',
  ),
);
process.on('uncaughtException', error => report.finish(error));

run(process.argv.slice(2), report).then(
  () => report.finish(),
  error => report.finish(error),
);
