import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { randomUUID } from 'node:crypto';
import {
  evidenceOf,
  manifestSchema,
  type Manifest,
  type RunPlace,
} from '@agentworkloads/api';
import { sha256Hex } from '../../src/artifacts/minio-store';
import { parseEnv, stepEnvSchema, type StepEnv } from '../../src/config/env';
import { openCheckpoints } from '../../src/runtime/checkpoints';
import { createLogger } from '../../src/runtime/logger';
import { runStep, threadId } from '../../src/runtime/run-step';
import type { Step, StepDeps } from '../../src/runtime/step';
import { createStepDeps } from '../../src/wiring';
import { startPostgres, type TestPostgres } from './postgres';
import { startS3, type TestS3 } from './s3';

export interface Ground {
  s3: TestS3;
  postgres: TestPostgres;
  close(): Promise<void>;
}

/** S3 and PostgreSQL, shared by the tests of a file. */
export async function startGround(): Promise<Ground> {
  const [s3, postgres] = await Promise.all([startS3(), startPostgres()]);
  return {
    s3,
    postgres,
    async close() {
      await Promise.all([s3.close(), postgres.close()]);
    },
  };
}

export interface TestRun {
  uid: string;
  /** Where its objects are. */
  place: RunPlace;
  workDir: string;
  env: StepEnv;
  /** The environment as a child process gets it. */
  rawEnv: Record<string, string>;
  logLines: string[];
  /** Runs a step in this process as `main` would; the error is thrown. */
  run(step: Step, change?: (deps: StepDeps) => void): Promise<void>;
  readOutput(file: string): Promise<string>;
  manifest(): Promise<Manifest>;
  giveInput(name: string, content: string): Promise<void>;
  readInput(name: string): Promise<string>;
  dropInput(name: string): Promise<void>;
  /** Takes the inputs as they are now for what the steps put out and somebody approved. */
  approve(): Promise<void>;
  close(): Promise<void>;
}

/** In which every run of these tests is. */
export const NAMESPACE = 'agentworkloads';

/** One run with its own uid and work folder. */
export async function startRun(
  ground: Ground,
  options: { urls: string[]; egressUrl?: string; env?: Record<string, string> },
): Promise<TestRun> {
  const uid = randomUUID();
  const workDir = await mkdtemp(join(tmpdir(), 'agents-work-'));
  await mkdir(join(workDir, 'in'), { recursive: true });
  const rawEnv: Record<string, string> = {
    WORKFLOW_UID: uid,
    WORKFLOW_NAMESPACE: NAMESPACE,
    JOB_ID: 'agentworkloads/test',
    OBJECTIVE: 'What do they charge?',
    TARGET_URLS: JSON.stringify(options.urls),
    S3_ENDPOINT: ground.s3.endpoint,
    S3_ACCESS_KEY: ground.s3.accessKey,
    S3_SECRET_KEY: ground.s3.secretKey,
    S3_BUCKET: ground.s3.bucket,
    CHECKPOINT_DATABASE_URL: ground.postgres.url,
    AGENTIC_WORK_DIR: workDir,
    RETRY_BASE_MS: '50',
    // Nothing here waits for it: what is away refuses at once, and a busy machine is slow to connect.
    RETRY_TIMEOUT_MS: '30000',
    ...(process.env.CHROMIUM_PATH
      ? { CHROMIUM_PATH: process.env.CHROMIUM_PATH }
      : {}),
    EGRESS_RULES: '{"allow":["*"],"deny":[]}',
    REQUIRE_EGRESS_PROXY: options.egressUrl ? 'true' : 'false',
    ...(options.egressUrl ? { EGRESS_PROXY_URL: options.egressUrl } : {}),
    ...options.env,
  };
  const env = parseEnv(stepEnvSchema, rawEnv);
  const logLines: string[] = [];
  const logger = createLogger({
    name: 'test',
    level: 'debug',
    sink: { write: line => logLines.push(line) },
  });
  const readOutput = (file: string) =>
    readFile(join(workDir, 'out', file), 'utf8');
  return {
    uid,
    place: { namespace: NAMESPACE, workflowUid: uid },
    workDir,
    env,
    rawEnv,
    logLines,
    async run(step, change) {
      const checkpoints = await openCheckpoints({
        url: env.CHECKPOINT_DATABASE_URL,
        threadId: threadId(uid, step.name),
        tries: 3,
        baseDelayMs: env.RETRY_BASE_MS,
        connectTimeoutMs: env.RETRY_TIMEOUT_MS,
        lockWaitMs: 1000,
        logger,
      });
      const { deps, close } = createStepDeps(
        env,
        logger,
        new AbortController().signal,
      );
      change?.(deps);
      try {
        await runStep(step, deps, checkpoints);
      } finally {
        await close();
        await checkpoints.close();
      }
    },
    readOutput,
    async manifest() {
      return manifestSchema.parse(
        JSON.parse(await readOutput('manifest.json')),
      );
    },
    giveInput: (name, content) =>
      writeFile(join(workDir, 'in', `${name}.json`), content),
    readInput: name => readFile(join(workDir, 'in', `${name}.json`), 'utf8'),
    dropInput: name => rm(join(workDir, 'in', `${name}.json`)),
    async approve() {
      const digests: Record<string, string> = {};
      for (const file of await readdir(join(workDir, 'in'))) {
        const bytes = await readFile(join(workDir, 'in', file));
        digests[basename(file, '.json')] = sha256Hex(bytes);
      }
      const given = {
        EVIDENCE: evidenceOf(Object.entries(digests), sha256Hex),
        DIGESTS: JSON.stringify([digests]),
      };
      Object.assign(env, given);
      Object.assign(rawEnv, given);
    },
    close: () => rm(workDir, { recursive: true, force: true }),
  };
}

/** A step with its state's type forgotten, as the registry holds it. */
export const anyStep = <State extends object>(step: Step<State>): Step =>
  step as unknown as Step;
