import { durationSchema, parseDuration } from '@agentworkloads/api';
import { z } from 'zod';

/** Settings, and the one place where the environment is read. */
export interface Config {
  /** Path of a kubeconfig; empty to use the account of the pod. */
  kubeconfig: string;
  /** Empty for all namespaces. */
  watchNamespaces: string[];
  policy: { kind: 'opa'; url: string } | { kind: 'wasm'; dir: string };
  health: { host: string; port: number };
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error';
  systemNamespace: string;
  /** Whether there are several replicas, of which one works. */
  leaderElection: boolean;
  /** User names of the operator and of Argo's controllers, as the API server knows them. */
  accounts: { operator: string; argo: string[] };
  /** Bucket of the artifact repository. */
  artifactBucket: string;
  /** `instanceID` of the Argo controller that is to take the Workflows; empty for one without. */
  argoInstanceId: string;
  /** The spec of `workflowDefaults` of that controller: what it may add to a template. */
  argoWorkflowDefaults: Record<string, unknown>;
  /** How many passes go on at the same time. */
  workers: number;
  /** Requests to the API server, watches aside: a second in the long run (0: no limit), and at once. */
  rate: { perSecond: number; burst: number };
  /** Milliseconds that a request, a page of a list, an answer of OPA, and a pass may take. */
  limits: {
    requestMs: number;
    listMs: number;
    policyMs: number;
    passMs: number;
  };
  /** Milliseconds after which everything is looked at again. */
  resyncMs: number;
}

const NAMESPACE = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const LABEL_VALUE = /^[a-zA-Z0-9]([-_.a-zA-Z0-9]{0,61}[a-zA-Z0-9])?$/;
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

const text = z.string().trim().default('');

const listenSchema = text.transform((value, context) => {
  const match = /^(?:(.*):)?(\d{1,5})$/.exec(value || '127.0.0.1:8081');
  const port = Number(match?.[2]);
  if (!match || port > 65535) {
    context.addIssue('must be host:port, for example 127.0.0.1:8081');
    return z.NEVER;
  }
  return { host: match[1] || '0.0.0.0', port };
});

const namespacesSchema = text.transform((value, context) => {
  const names = value
    .split(',')
    .map(name => name.trim())
    .filter(Boolean);
  const wrong = names.filter(name => !NAMESPACE.test(name));
  if (wrong.length > 0) {
    context.addIssue(`not the names of namespaces: ${wrong.join(', ')}`);
  }
  return [...new Set(names)];
});

const urlSchema = text
  .refine(
    value => value === '' || /^https?:\/\/[^/?#@\s]+\/?$/.test(value),
    'must be a base URL such as http://127.0.0.1:8181',
  )
  .transform(value => value.replace(/\/$/, ''));

const whole = (fallback: number, least: number, most: number) =>
  text.transform((value, context) => {
    const number = Number(value || fallback);
    if (Number.isInteger(number) && number >= least && number <= most) {
      return number;
    }
    context.addIssue(`must be a whole number from ${least} to ${most}`);
    return z.NEVER;
  });

/** To milliseconds. */
const duration = (fallback: string) =>
  text.transform((value, context) => {
    const given = value || fallback;
    const { success } = durationSchema.safeParse(given);
    if (success && parseDuration(given) >= 1000) return parseDuration(given);
    context.addIssue('must be a duration of a second or more, such as 30s');
    return z.NEVER;
  });

const DEFAULT_ACCOUNTS = {
  operator:
    'system:serviceaccount:agentworkloads-system:agentworkloads-operator',
  argo: 'system:serviceaccount:argo:argo',
};

/** One user name, for Argo several with commas. */
function accountsSchema(whose: keyof typeof DEFAULT_ACCOUNTS) {
  return text.transform((value, context) => {
    const names = (value || DEFAULT_ACCOUNTS[whose])
      .split(',')
      .map(name => name.trim());
    const isWrong =
      names.some(name => !/^[^\s"\\]+$/.test(name)) ||
      (whose === 'operator' && names.length > 1);
    if (!isWrong) return names;
    context.addIssue(
      `must be the name of ${
        whose === 'operator' ? 'one user' : 'users, with commas between'
      }, for example ${DEFAULT_ACCOUNTS[whose]}`,
    );
    return z.NEVER;
  });
}

/** The spec of Argo's `workflowDefaults`, as JSON. */
const workflowDefaultsSchema = text.transform((value, context) => {
  try {
    const parsed = z
      .record(z.string(), z.unknown())
      .safeParse(JSON.parse(value || '{}'));
    if (parsed.success && !('spec' in parsed.data)) return parsed.data;
  } catch {
    // Told below.
  }
  context.addIssue(
    'must be what stands under workflowDefaults.spec in the ConfigMap of the Argo controller, as JSON: for example {"securityContext":{"runAsNonRoot":true}}',
  );
  return z.NEVER;
});

const envSchema = z.object({
  KUBECONFIG: text,
  KUBERNETES_SERVICE_HOST: text,
  WATCH_NAMESPACES: namespacesSchema,
  POLICY_URL: urlSchema,
  POLICY_WASM_DIR: text,
  HEALTH_LISTEN: listenSchema,
  LOG_LEVEL: text.transform((value, context): Config['logLevel'] => {
    const level = z
      .enum(['trace', 'debug', 'info', 'warn', 'error'])
      .safeParse(value || 'info');
    if (level.success) return level.data;
    context.addIssue('must be trace, debug, info, warn or error');
    return z.NEVER;
  }),
  SYSTEM_NAMESPACE: text
    .transform(value => value || 'agentworkloads-system')
    .refine(value => NAMESPACE.test(value), 'must be the name of a namespace'),
  LEADER_ELECTION: text.transform((value, context) => {
    if (value === '' || value === 'off') return false;
    if (value === 'on') return true;
    context.addIssue('must be on or off');
    return z.NEVER;
  }),
  OPERATOR_ACCOUNT: accountsSchema('operator'),
  ARGO_ACCOUNT: accountsSchema('argo'),
  ARTIFACT_BUCKET: text.refine(
    value => BUCKET.test(value),
    'must be the bucket of the artifact repository: 3 to 63 of a-z, 0-9, dots and dashes',
  ),
  ARGO_INSTANCE_ID: text.refine(
    value => value === '' || LABEL_VALUE.test(value),
    'must be the instanceID of an Argo controller: a label value',
  ),
  ARGO_WORKFLOW_DEFAULTS: workflowDefaultsSchema,
  WORKERS: whole(16, 1, 256),
  KUBE_QPS: whole(200, 0, 10_000),
  KUBE_BURST: whole(400, 1, 100_000),
  REQUEST_TIMEOUT: duration('30s'),
  LIST_TIMEOUT: duration('60s'),
  POLICY_TIMEOUT: duration('5s'),
  PASS_TIMEOUT: duration('60s'),
  RESYNC: duration('10h'),
});

type Env = z.infer<typeof envSchema>;

/** What no single variable can say about itself. */
function contradictions(env: Partial<Env>): string[] {
  const problems: string[] = [];
  if (!env.KUBECONFIG && !env.KUBERNETES_SERVICE_HOST) {
    problems.push(
      'KUBECONFIG: set it to a kubeconfig file, or run in a cluster',
    );
  }
  if (Boolean(env.POLICY_URL) === Boolean(env.POLICY_WASM_DIR)) {
    problems.push(
      'POLICY_URL, POLICY_WASM_DIR: set exactly one of them, an OPA base URL or a folder with policies.wasm',
    );
  }
  return problems;
}

/**
 * @param source the environment, `process.env` when left out
 * @throws Error that lists every problem, each on a line of its own
 */
export function loadConfig(
  source: Record<string, string | undefined> = process.env,
): Config {
  const parsed = envSchema.safeParse(source);
  const problems = [
    ...(parsed.error?.issues.map(
      issue => `${issue.path.join('.')}: ${issue.message}`,
    ) ?? []),
    ...contradictions(
      parsed.data ?? {
        KUBECONFIG: source.KUBECONFIG,
        KUBERNETES_SERVICE_HOST: source.KUBERNETES_SERVICE_HOST,
        POLICY_URL: source.POLICY_URL,
        POLICY_WASM_DIR: source.POLICY_WASM_DIR,
      },
    ),
  ];
  if (!parsed.success || problems.length > 0) {
    throw new Error(
      `The environment can't be used:\n${problems
        .map(problem => `  - ${problem}`)
        .join('\n')}`,
    );
  }
  const env = parsed.data;
  return {
    kubeconfig: env.KUBECONFIG,
    watchNamespaces: env.WATCH_NAMESPACES,
    policy: env.POLICY_URL
      ? { kind: 'opa', url: env.POLICY_URL }
      : { kind: 'wasm', dir: env.POLICY_WASM_DIR },
    health: env.HEALTH_LISTEN,
    logLevel: env.LOG_LEVEL,
    systemNamespace: env.SYSTEM_NAMESPACE,
    leaderElection: env.LEADER_ELECTION,
    accounts: {
      operator: env.OPERATOR_ACCOUNT.join(),
      argo: env.ARGO_ACCOUNT,
    },
    artifactBucket: env.ARTIFACT_BUCKET,
    argoInstanceId: env.ARGO_INSTANCE_ID,
    argoWorkflowDefaults: env.ARGO_WORKFLOW_DEFAULTS,
    workers: env.WORKERS,
    rate: { perSecond: env.KUBE_QPS, burst: env.KUBE_BURST },
    limits: {
      requestMs: env.REQUEST_TIMEOUT,
      listMs: env.LIST_TIMEOUT,
      policyMs: env.POLICY_TIMEOUT,
      passMs: env.PASS_TIMEOUT,
    },
    resyncMs: env.RESYNC,
  };
}
