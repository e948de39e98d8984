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
  /** Pages that show prices which stand under no plan's name, and how many of them are no facts for that. Absent in runs of before. */
  leftOut: z
    .array(z.object({ url: z.string(), unnamed: z.number().int().min(1) }))
    .optional(),
});
/** @public */
export type FactsFile = z.infer<typeof factsFileSchema>;
