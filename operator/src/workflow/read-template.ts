import { objectMetaSchema } from '@agentworkloads/api';
import { z } from 'zod';
import type { Json } from '../json';

const workflowTemplateSchema = z.looseObject({
  metadata: objectMetaSchema.pick({ name: true, uid: true, generation: true }),
  spec: z.record(z.string(), z.unknown()).default({}),
});

/** A WorkflowTemplate or ClusterWorkflowTemplate as it was read. */
export interface TemplateFacts {
  name: string;
  uid: string;
  generation: number;
  spec: Json;
}

/** @throws ZodError when it is no such object */
export function readTemplate(raw: unknown): TemplateFacts {
  const { metadata, spec } = workflowTemplateSchema.parse(raw);
  const { name, uid, generation } = metadata;
  return { name, uid, generation, spec };
}
