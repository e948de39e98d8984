import { z } from 'zod';

/**
 * The part of an Argo Workflow spec that this engine runs. Objects are strict: a field that is not
 * named here is refused with its path, never dropped. Fields under {@link ignored} are accepted
 * because they only matter where containers are real; README.md lists them.
 */
const ignored = z.unknown().optional();

/** Argo accepts any scalar where it wants a string (`AnyString`). */
const scalar = z
  .union([z.string(), z.number(), z.boolean()])
  .transform(value => String(value));
const integer = z
  .union([z.int(), z.string().regex(/^\d+$/)])
  .transform(value => Number(value));

const DURATION = /^(\d+(\.\d+)?(ms|s|m|h)?)+$/;
const duration = z
  .union([z.string().regex(DURATION, 'is not a duration like 30s'), z.int()])
  .transform(value => String(value));

export const parameterSchema = z.strictObject({
  name: z.string(),
  value: scalar.optional(),
  default: scalar.optional(),
  enum: z.array(scalar).optional(),
  description: z.string().optional(),
  valueFrom: z
    .strictObject({
      path: z.string().optional(),
      supplied: z.strictObject({}).optional(),
      default: scalar.optional(),
    })
    .optional(),
});
export type Parameter = z.infer<typeof parameterSchema>;

const archiveNone = z.strictObject({ none: z.strictObject({}) });

export const artifactSchema = z.strictObject({
  name: z.string(),
  path: z.string().optional(),
  from: z.string().optional(),
  optional: z.boolean().optional(),
  archive: archiveNone.optional(),
  s3: z.strictObject({ key: z.string() }).optional(),
  raw: z.strictObject({ data: z.string() }).optional(),
});
export type Artifact = z.infer<typeof artifactSchema>;

export const argumentsSchema = z.strictObject({
  parameters: z.array(parameterSchema).optional(),
  artifacts: z.array(artifactSchema).optional(),
});
export type Arguments = z.infer<typeof argumentsSchema>;

const keyRef = z.strictObject({
  name: z.string(),
  key: z.string(),
  optional: z.boolean().optional(),
});
const objectRef = z.strictObject({
  name: z.string(),
  optional: z.boolean().optional(),
});

export const envVarSchema = z.strictObject({
  name: z.string(),
  value: z.string().optional(),
  valueFrom: z
    .strictObject({
      configMapKeyRef: keyRef.optional(),
      secretKeyRef: keyRef.optional(),
      fieldRef: z
        .strictObject({
          apiVersion: z.literal('v1').optional(),
          fieldPath: z.enum([
            'metadata.name',
            'metadata.namespace',
            'metadata.uid',
          ]),
        })
        .optional(),
    })
    .optional(),
});
export type EnvVar = z.infer<typeof envVarSchema>;

export const containerSchema = z.strictObject({
  name: z.string().optional(),
  image: z.string(),
  command: z.array(z.string()).min(1, 'must name the program to run'),
  args: z.array(z.string()).optional(),
  env: z.array(envVarSchema).optional(),
  envFrom: z
    .array(
      z.strictObject({
        prefix: z.string().optional(),
        configMapRef: objectRef.optional(),
        secretRef: objectRef.optional(),
      }),
    )
    .optional(),
  volumeMounts: z
    .array(
      z.strictObject({
        name: z.string(),
        mountPath: z.string().regex(/^\//, 'must be absolute'),
        readOnly: z.boolean().optional(),
      }),
    )
    .optional(),
  imagePullPolicy: ignored,
  resources: ignored,
  securityContext: ignored,
});
export type Container = z.infer<typeof containerSchema>;

export const RETRY_POLICIES = ['Always', 'OnFailure', 'OnError'] as const;

export const retryStrategySchema = z.strictObject({
  limit: integer.optional(),
  retryPolicy: z.enum(RETRY_POLICIES).optional(),
  expression: z.string().optional(),
  backoff: z
    .strictObject({
      duration,
      factor: integer.optional(),
      maxDuration: duration.optional(),
      cap: duration.optional(),
    })
    .optional(),
});
export type RetryStrategy = z.infer<typeof retryStrategySchema>;

export const dagTaskSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-zA-Z0-9][-a-zA-Z0-9]*$/, 'must be letters, digits and -'),
  template: z.string(),
  arguments: argumentsSchema.optional(),
  depends: z.string().optional(),
  dependencies: z.array(z.string()).optional(),
  when: z.string().optional(),
});
export type DagTask = z.infer<typeof dagTaskSchema>;

const metadataSchema = z.strictObject({
  labels: z.record(z.string(), z.string()).optional(),
  annotations: z.record(z.string(), z.string()).optional(),
});

export const templateSchema = z.strictObject({
  name: z.string(),
  inputs: argumentsSchema.optional(),
  outputs: argumentsSchema.optional(),
  dag: z
    .strictObject({
      tasks: z.array(dagTaskSchema).min(1),
      failFast: z.boolean().optional(),
    })
    .optional(),
  suspend: z.strictObject({ duration: duration.optional() }).optional(),
  container: containerSchema.optional(),
  retryStrategy: retryStrategySchema.optional(),
  activeDeadlineSeconds: integer.optional(),
  metadata: metadataSchema.optional(),
  affinity: ignored,
  automountServiceAccountToken: ignored,
  nodeSelector: ignored,
  priorityClassName: ignored,
  securityContext: ignored,
  serviceAccountName: ignored,
  tolerations: ignored,
});
export type Template = z.infer<typeof templateSchema>;

export const workflowSpecSchema = z.strictObject({
  entrypoint: z.string().optional(),
  templates: z.array(templateSchema).optional(),
  arguments: argumentsSchema.optional(),
  workflowTemplateRef: z
    .strictObject({ name: z.string(), clusterScope: z.boolean().optional() })
    .optional(),
  activeDeadlineSeconds: z.int().positive().optional(),
  shutdown: z.enum(['', 'Stop', 'Terminate']).optional(),
  suspend: z.boolean().nullish(),
  artifactRepositoryRef: z
    .strictObject({
      configMap: z.string().optional(),
      key: z.string().optional(),
    })
    .optional(),
  volumes: z
    .array(
      z.strictObject({
        name: z.string(),
        emptyDir: z.looseObject({}),
      }),
    )
    .optional(),
  serviceAccountName: z.string().optional(),
  podMetadata: metadataSchema.optional(),
  workflowMetadata: metadataSchema.optional(),
  ttlStrategy: z
    .strictObject({
      secondsAfterCompletion: z.int().min(0).optional(),
      secondsAfterSuccess: z.int().min(0).optional(),
      secondsAfterFailure: z.int().min(0).optional(),
    })
    .optional(),
  affinity: ignored,
  automountServiceAccountToken: ignored,
  imagePullSecrets: ignored,
  nodeSelector: ignored,
  podDisruptionBudget: ignored,
  podGC: ignored,
  podPriorityClassName: ignored,
  priority: ignored,
  securityContext: ignored,
  tolerations: ignored,
});
export type WorkflowSpec = z.infer<typeof workflowSpecSchema>;

/** Milliseconds of an Argo duration: Go's form (`1m30s`) or a bare number of seconds. */
export function parseDuration(text: string): number {
  if (/^\d+(\.\d+)?$/.test(text)) {
    return Number(text) * 1000;
  }
  const unit = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;
  let total = 0;
  for (const match of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)) {
    total += Number(match[1]) * unit[match[2] as keyof typeof unit];
  }
  return total;
}

/** One problem a line, each with the path of its field, for `status.message`. */
export function describeSpecIssues(error: z.ZodError, root: string): string {
  const path = (parts: readonly PropertyKey[]) =>
    parts.reduce<string>(
      (text, part) =>
        typeof part === 'number'
          ? `${text}[${part}]`
          : `${text}.${String(part)}`,
      root,
    );
  const lines = error.issues.map(issue =>
    issue.code === 'unrecognized_keys'
      ? issue.keys
          .map(
            key =>
              `${path([
                ...issue.path,
                key,
              ])} is not supported by the standalone engine`,
          )
          .join('; ')
      : `${path(issue.path)}: ${issue.message}`,
  );
  return lines.join('; ');
}
