import { createMinioStore } from './artifacts/minio-store';
import { podRoleKeys } from './artifacts/pod-role';
import type { LlmClient } from './clients/llm';
import { createOpenAiLlm } from './clients/openai-llm';
import { createPlaywrightBrowser } from './clients/playwright-browser';
import { createVisitEgress } from './clients/visit-egress';
import { ConfigError, type StepEnv } from './config/env';
import { systemClock } from './runtime/clock';
import type { Logger } from './runtime/logger';
import type { StepDeps } from './runtime/step';
import { openWorkDir } from './runtime/work-dir';

/** Puts a step's dependencies together. Nothing is opened before a step uses it. */
export function createStepDeps(
  env: StepEnv,
  logger: Logger,
  signal: AbortSignal,
): { deps: StepDeps; close(): Promise<void> } {
  if (!env.EGRESS_PROXY_URL && env.REQUIRE_EGRESS_PROXY) {
    throw new ConfigError(
      'EGRESS_PROXY_URL is not set: without the egress proxy pages could reach private addresses.',
    );
  }
  const browser = createPlaywrightBrowser({
    wsEndpoint: env.BROWSER_WS_ENDPOINT,
    token: env.BROWSER_TOKEN,
    chromiumPath: env.CHROMIUM_PATH,
    tries: 3,
    baseDelayMs: env.RETRY_BASE_MS,
    timeoutMs: env.RETRY_TIMEOUT_MS,
    placeWaitMs: env.BROWSER_PLACE_WAIT_MS,
    logger,
    sleep: ms => systemClock.sleep(ms, signal),
  });
  const deps: StepDeps = {
    job: {
      namespace: env.WORKFLOW_NAMESPACE,
      workflowUid: env.WORKFLOW_UID,
      jobId: env.JOB_ID,
      objective: env.OBJECTIVE,
      targetUrls: env.TARGET_URLS,
      follow: env.FOLLOW,
      bucket: env.S3_BUCKET,
      hostRules: env.EGRESS_RULES,
    },
    store: createMinioStore({
      endpoint: env.S3_ENDPOINT,
      region: env.S3_REGION,
      keys:
        env.S3_ACCESS_KEY && env.S3_SECRET_KEY
          ? { accessKey: env.S3_ACCESS_KEY, secretKey: env.S3_SECRET_KEY }
          : podRoleKeys(env.S3_REGION),
      pathStyle: env.S3_PATH_STYLE,
      bucket: env.S3_BUCKET,
      baseDelayMs: env.RETRY_BASE_MS,
      timeoutMs: env.RETRY_TIMEOUT_MS,
    }),
    work: openWorkDir(env.AGENTIC_WORK_DIR),
    llm: {
      text: createLlm(env, env.LLM_MODEL, logger, signal),
      vision: createLlm(env, env.LLM_VISION_MODEL, logger, signal),
    },
    egressFor: createVisitEgress({
      proxyUrl: env.EGRESS_PROXY_URL,
      proxyToken: env.EGRESS_PROXY_TOKEN,
      run: env.WORKFLOW_UID,
      rules: env.EGRESS_RULES,
    }),
    browser,
    clock: systemClock,
    logger,
    signal,
    settings: env,
  };
  return { deps, close: () => browser.close() };
}

function createLlm(
  env: StepEnv,
  model: string | undefined,
  logger: Logger,
  signal: AbortSignal,
): LlmClient | undefined {
  if (!env.LLM_BASE_URL || !model) return undefined;
  return createOpenAiLlm({
    baseUrl: env.LLM_BASE_URL,
    apiKey: env.LLM_API_KEY,
    model,
    tries: 5,
    budgetMs: env.LLM_BUDGET_MS,
    timeoutMs: 60_000,
    breakAfter: 3,
    clock: systemClock,
    logger,
    signal,
    random: Math.random,
  });
}
