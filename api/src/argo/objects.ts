import { z } from 'zod';

/** The part of `argoproj.io/v1alpha1` that we read and write; other fields pass through. */
export const ARGO_API_VERSION = 'argoproj.io/v1alpha1';

export const argoParameterSchema = z.looseObject({
  name: z.string(),
  value: z.string().optional(),
});

export const argoArtifactSchema = z.looseObject({
  name: z.string(),
  s3: z
    .looseObject({ key: z.string().optional(), bucket: z.string().optional() })
    .optional(),
});

export const argoOutputsSchema = z.looseObject({
  parameters: z.array(argoParameterSchema).optional(),
  artifacts: z.array(argoArtifactSchema).optional(),
  exitCode: z.string().optional(),
});

export const argoNodeSchema = z.looseObject({
  id: z.string(),
  name: z.string(),
  displayName: z.string().default(''),
  type: z.string(),
  templateName: z.string().optional(),
  phase: z.string().optional(),
  message: z.string().optional(),
  startedAt: z.string().nullish(),
  finishedAt: z.string().nullish(),
  children: z.array(z.string()).nullish(),
  outputs: argoOutputsSchema.optional(),
});
export type ArgoNode = z.infer<typeof argoNodeSchema>;

export const argoWorkflowStatusSchema = z.looseObject({
  phase: z.string().optional(),
  message: z.string().optional(),
  progress: z.string().optional(),
  startedAt: z.string().nullish(),
  finishedAt: z.string().nullish(),
  nodes: z.record(z.string(), argoNodeSchema).nullish(),
  /** The spec that is run: Argo's merge of the Workflow, its template and `workflowDefaults`. */
  storedWorkflowTemplateSpec: z.unknown().optional(),
  /** What `templateRef` took from other templates, by place and name. */
  storedTemplates: z.unknown().optional(),
  compressedNodes: z.string().optional(),
  offloadNodeStatusVersion: z.string().optional(),
  artifactRepositoryRef: z
    .looseObject({
      artifactRepository: z
        .looseObject({
          s3: z.looseObject({ bucket: z.string().optional() }).optional(),
        })
        .optional(),
    })
    .optional(),
  conditions: z
    .array(z.looseObject({ type: z.string(), status: z.string() }))
    .nullish(),
});

export const argoWorkflowSchema = z.looseObject({
  apiVersion: z.literal(ARGO_API_VERSION),
  kind: z.literal('Workflow'),
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string().default('default'),
    uid: z.string().default(''),
    resourceVersion: z.string().default(''),
    creationTimestamp: z.string().default(''),
    deletionTimestamp: z.string().optional(),
    labels: z.record(z.string(), z.string()).optional(),
    annotations: z.record(z.string(), z.string()).optional(),
    ownerReferences: z
      .array(
        z.looseObject({
          kind: z.string(),
          name: z.string(),
          uid: z.string(),
          controller: z.boolean().optional(),
        }),
      )
      .optional(),
  }),
  spec: z.looseObject({
    shutdown: z.string().optional(),
    suspend: z.boolean().nullish(),
  }),
  status: argoWorkflowStatusSchema.optional(),
});
export type ArgoWorkflow = z.infer<typeof argoWorkflowSchema>;
