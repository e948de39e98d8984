import { z } from 'zod';

/** What we read of Kubernetes object metadata; other fields pass through untouched. */
export const objectMetaSchema = z.looseObject({
  name: z.string(),
  namespace: z.string().default('default'),
  uid: z.string().default(''),
  generation: z.number().int().default(1),
  resourceVersion: z.string().default(''),
  creationTimestamp: z.string().default(''),
  deletionTimestamp: z.string().optional(),
  labels: z.record(z.string(), z.string()).optional(),
  annotations: z.record(z.string(), z.string()).optional(),
});
export type ObjectMeta = z.infer<typeof objectMetaSchema>;

/** A DNS label: names of namespaces, steps, most objects. */
export const DNS_LABEL_PATTERN = '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$';

/** A DNS subdomain: names of most objects. */
export const DNS_SUBDOMAIN_PATTERN =
  '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$';

/** metav1.Condition. @public */
export const conditionSchema = z
  .object({
    type: z.string().max(64),
    status: z.enum(['True', 'False', 'Unknown']),
    observedGeneration: z.int().min(0).optional(),
    lastTransitionTime: z.iso.datetime(),
    reason: z.string().max(64),
    message: z.string().max(4096),
  })
  .describe('A condition in the form of metav1.Condition.');
/** @public */
export type Condition = z.infer<typeof conditionSchema>;
