import { LIMITS } from '@agentic/api';

/** Hex digits of the uid in a Workflow's name: 52 + 1 + 10 = 63, the longest label value. */
const UID_DIGITS = 10;

/**
 * The one name that the Workflow of a workload can have. The uid is part of it, so that a workload
 * that was deleted and made again under its old name gets a Workflow of its own.
 */
export function workflowName(workload: { name: string; uid: string }): string {
  const stem = workload.name
    .toLowerCase()
    .replace(/[^a-z0-9-]/g, '-')
    .slice(0, LIMITS.name)
    .replace(/-+$/, '');
  const digits = workload.uid
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(0, UID_DIGITS);
  return `${stem}-${digits}`;
}
