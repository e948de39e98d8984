import { closeSync, constants, openSync, writeSync } from 'node:fs';

/** Kubernetes keeps at most 4 KiB of it. */
const MAX_BYTES = 2048;

/**
 * Leaves the reason where Kubernetes looks for it, so that the Workflow's node says more than an exit code.
 * The kubelet makes the file; where there is none, none is made.
 */
export function writeTerminationLog(path: string, reason: string): void {
  try {
    const file = openSync(path, constants.O_WRONLY | constants.O_TRUNC);
    try {
      writeSync(file, Buffer.from(reason).subarray(0, MAX_BYTES));
    } finally {
      closeSync(file);
    }
  } catch {
    // Not in a pod, or a read-only one: the last line of the log says it, too.
  }
}
