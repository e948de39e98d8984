import { z } from 'zod';
import {
  atMost,
  baselineSchema,
  evidenceRecordSchema,
  FOLLOW,
  hostRulesSchema,
  LIMITS,
  SHA256_PATTERN,
  targetUrlSchema,
  targetListBytes,
  unfitBaselineSchema,
} from '@agentworkloads/api';
import { parseHostRule } from './host-rules';

/**
 * The environment of a step: the only place that reads it. Names and meaning are the contract with the
 * WorkflowTemplate; durations are in milliseconds unless the name says otherwise.
 */

/** An empty variable counts as absent: a template can't leave a key out, only leave it empty. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess(value => (value === '' ? undefined : value), schema.optional());

const withDefault = <T extends z.ZodType>(schema: T, fallback: unknown) =>
  z.preprocess(
    value => (value === '' || value === undefined ? fallback : value),
    schema,
  );

const milliseconds = (fallback: number, max = 24 * 3600_000) =>
  withDefault(z.coerce.number().int().min(1).max(max), fallback);
const count = (fallback: number, max: number) =>
  withDefault(z.coerce.number().int().min(1).max(max), fallback);
const flag = (fallback: boolean) =>
  withDefault(
    z.union([
      z.boolean(),
      z.enum(['true', 'false']).transform(text => text === 'true'),
    ]),
    fallback,
  );

const jsonArray = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    context.addIssue({ code: 'custom', message: 'must be a JSON array' });
    return z.NEVER;
  }
});

const jsonText = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    context.addIssue({ code: 'custom', message: 'must be JSON' });
    return z.NEVER;
  }
});

/** A union would only say that it is neither; what is meant is seen by `unfit`, so that the field that is wrong is named. */
const earlierRun = jsonText.transform((value, context) => {
  const isUnfit =
    typeof value === 'object' && value !== null && 'unfit' in value;
  const read = (isUnfit ? unfitBaselineSchema : baselineSchema).safeParse(
    value,
  );
  if (read.success) return read.data;
  for (const { path, message } of read.error.issues)
    context.addIssue({ code: 'custom', path, message });
  return z.NEVER;
});

const hostRules = z.string().transform((text, context) => {
  try {
    const { allow, deny } = hostRulesSchema.parse(JSON.parse(text));
    return {
      allow: allow.map(parseHostRule),
      denied: deny.map(parseHostRule),
      deny,
    };
  } catch (error) {
    context.addIssue({
      code: 'custom',
      message: `must be JSON of {"allow":[…],"deny":[…]}${
        error instanceof RangeError ? `: ${error.message}` : ''
      }`,
    });
    return z.NEVER;
  }
});

const httpUrl = z.url({ protocol: /^https?$/ });

/** Each by itself: of a schema with rules between them no part can be taken. */
export const stepVariables = z.object({
  WORKFLOW_UID: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,64}$/, 'must be the uid of the Workflow'),
  /** First part of the objects' keys; a template of before does not say it. */
  WORKFLOW_NAMESPACE: optional(
    z
      .string()
      .regex(
        /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
        'must be the namespace of the Workflow',
      ),
  ),
  JOB_ID: withDefault(z.string().max(512), ''),
  OBJECTIVE: withDefault(atMost(z.string(), LIMITS.objective), ''),
  TARGET_URLS: withDefault(
    jsonArray.pipe(
      z
        .array(targetUrlSchema)
        .max(LIMITS.targetUrls)
        .refine(
          urls => targetListBytes(urls) <= LIMITS.targetUrlsTotal,
          `must be at most ${LIMITS.targetUrlsTotal} bytes in all`,
        ),
    ),
    '[]',
  ),
  /** What is visited beyond the targets, by `spec.follow`. */
  FOLLOW: withDefault(z.enum(FOLLOW), 'none'),
  /** JSON of HostRules: what policy `start` lets the run visit. Without it, nothing. */
  EGRESS_RULES: withDefault(hostRules, '{"allow":[],"deny":["*"]}'),
  /** What was approved at the gate, and the `digests` of the steps before it: only synthesis gets them. */
  EVIDENCE: optional(
    z.string().regex(new RegExp(SHA256_PATTERN), 'must be a sha256 in hex'),
  ),
  DIGESTS: withDefault(z.string().max(64 * 1024), '[]'),
  /** JSON of Baseline, the earlier run that this one is compared with, by scrape and dom; or of UnfitBaseline. Empty: there is none. */
  BASELINE: optional(earlierRun),
  /** JSON of EvidenceRecord: the run whose saved pages scrape copies, in place of a visit. Empty: it visits. */
  EVIDENCE_FROM: optional(jsonText.pipe(evidenceRecordSchema)),
  /** Between the first look at a page that says other prices or plans than the baseline, and the second. */
  SECOND_LOOK_AFTER_MS: milliseconds(20_000),
  S3_ENDPOINT: httpUrl,
  S3_REGION: withDefault(z.string(), 'us-east-1'),
  /** Both or neither. Without them the pod's own role is asked for, in AWS's ways: `artifacts/pod-role.ts`. */
  S3_ACCESS_KEY: optional(z.string()),
  S3_SECRET_KEY: optional(z.string()),
  /** false: the bucket is a part of the host's name, not of the path. */
  S3_PATH_STYLE: flag(true),
  S3_BUCKET: z.string().min(3).max(63),
  CHECKPOINT_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  BROWSER_WS_ENDPOINT: optional(z.url({ protocol: /^wss?$/ })),
  BROWSER_TOKEN: optional(z.string()),
  CHROMIUM_PATH: optional(z.string()),
  EGRESS_PROXY_URL: optional(httpUrl),
  EGRESS_PROXY_TOKEN: optional(z.string()),
  LLM_BASE_URL: optional(httpUrl),
  LLM_API_KEY: optional(z.string()),
  LLM_MODEL: optional(z.string()),
  LLM_VISION_MODEL: optional(z.string()),
  AGENTIC_WORK_DIR: withDefault(z.string(), '/work'),
  LOG_LEVEL: withDefault(
    z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']),
    'info',
  ),
  /** Where Kubernetes looks for the reason of a failure; written only if it is there. */
  TERMINATION_LOG: withDefault(z.string(), '/dev/termination-log'),

  // Tuning; no template sets these unless an operator wants to.
  RETRY_BASE_MS: milliseconds(1500),
  RETRY_TIMEOUT_MS: milliseconds(15_000),
  /** A place at the browser service is held for as long as another run's scrape takes. */
  BROWSER_PLACE_WAIT_MS: milliseconds(15 * 60_000),
  LLM_BUDGET_MS: milliseconds(180_000),
  PAGE_TIMEOUT_MS: milliseconds(30_000),
  PAGE_SETTLE_MS: milliseconds(8_000),
  PAGE_MAX_BYTES: count(20 * 1024 * 1024, 2 ** 31),
  SCRAPE_CONCURRENCY: count(2, 16),
  CRAWL_DELAY_CAP_MS: milliseconds(10_000),
  RETRY_AFTER_CAP_MS: milliseconds(60_000),
  ROBOTS: withDefault(z.enum(['obey', 'ignore']), 'obey'),
  /** A URL or mail address that a site's owner can write to; part of the user agent. */
  SCRAPE_CONTACT: optional(
    z
      .string()
      .max(200)
      .regex(/^[\x21-\x7e]+$/),
  ),
  /** false: the browser may reach the network without a proxy. Tests only. */
  REQUIRE_EGRESS_PROXY: flag(true),
});
export const stepEnvSchema = stepVariables.superRefine((env, context) => {
  if (Boolean(env.S3_ACCESS_KEY) === Boolean(env.S3_SECRET_KEY)) return;
  context.addIssue({
    code: 'custom',
    path: [env.S3_ACCESS_KEY ? 'S3_SECRET_KEY' : 'S3_ACCESS_KEY'],
    message: 'must be set beside the other half of the key, or neither',
  });
});
export type StepEnv = z.infer<typeof stepEnvSchema>;

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Parses the environment; throws one {@link ConfigError} that lists every problem by variable name and
 * never shows a value.
 */
export function parseEnv<T>(
  schema: z.ZodType<T>,
  env: Readonly<Record<string, string | undefined>>,
): T {
  const parsed = schema.safeParse(env);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    issue => `${issue.path.join('.') || 'environment'}: ${issue.message}`,
  );
  throw new ConfigError(
    `The environment is not usable. ${[...new Set(problems)].join('; ')}`,
  );
}

/** Values that must never be printed: keys, tokens, passwords inside URLs. */
export function secretsOf(env: StepEnv): string[] {
  const urls = [env.CHECKPOINT_DATABASE_URL, env.EGRESS_PROXY_URL];
  const passwords = urls.flatMap(text => {
    if (!text) return [];
    const password = new URL(text).password;
    return password ? [password, decodeURIComponent(password)] : [];
  });
  return [
    env.S3_SECRET_KEY,
    env.S3_ACCESS_KEY,
    env.BROWSER_TOKEN,
    env.EGRESS_PROXY_TOKEN,
    env.LLM_API_KEY,
    ...passwords,
  ].filter((value): value is string => Boolean(value) && value!.length >= 4);
}
