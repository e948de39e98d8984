import type { z } from 'zod';
import { agentWorkloadSpecSchema } from '../agent-workload';
import type { CelRule } from './structural';

/** Fields of a run's spec that may change after creation, each by a rule of its own; every other one is frozen. */
export const MUTABLE_SPEC_FIELDS = [
  'cancelledBy',
  'cancel',
] as const satisfies readonly (keyof typeof agentWorkloadSpecSchema.shape)[];

const messageOf = (field: string) =>
  `${field} can't change after creation; make a new AgentWorkload`;

const frozen = (field: string): CelRule => ({
  rule: `self.${field} == oldSelf.${field}`,
  message: messageOf(field),
  fieldPath: `.${field}`,
});

// Adding or removing an optional field is a change too, which a rule on the field itself would not see.
const frozenOptional = (field: string): CelRule => ({
  rule: `has(self.${field}) == has(oldSelf.${field}) && (!has(self.${field}) || self.${field} == oldSelf.${field})`,
  message: messageOf(field),
});

/** Whether it may be absent in what is stored: one with a default never is. */
function mayBeAbsent(field: z.ZodType): boolean {
  const absent = field.safeParse(undefined);
  return absent.success && absent.data === undefined;
}

/** A rule for each field that is not named as mutable, in the order of the schema: a new field is frozen by itself. */
export function freezing(
  schema: z.ZodObject,
  mutable: readonly string[],
): CelRule[] {
  return Object.entries(schema.shape)
    .filter(([field]) => !mutable.includes(field))
    .map(([field, type]) =>
      mayBeAbsent(type as z.ZodType) ? frozenOptional(field) : frozen(field),
    );
}
