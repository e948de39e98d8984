import { z } from 'zod';
import { factSchema } from './fact';
import { pageHistorySchema } from './history';

/** Artifact `facts` of dom. @public */
export const factsFileSchema = z.object({
  schemaVersion: z.literal(1),
  workflowUid: z.string(),
  facts: z.array(factSchema),
  /** By page: those of the manifest in its order, then those that older runs were led to and this one was not. Absent in runs of before. */
  history: z.array(pageHistorySchema).optional(),
});
/** @public */
export type FactsFile = z.infer<typeof factsFileSchema>;
