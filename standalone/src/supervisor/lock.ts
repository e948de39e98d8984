import { mkdir, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import {
  isAlive,
  startTimeOf,
  type ProcessRef,
} from '@agentworkloads/processes';

export class AlreadyRunning extends Error {
  readonly name = 'AlreadyRunning';

  constructor(readonly pid: number) {
    super(`it runs already (process ${pid})`);
  }
}

const refSchema = z.object({ pid: z.int(), startTime: z.string() });

async function readOwner(file: string): Promise<ProcessRef | undefined> {
  try {
    return refSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}

/**
 * Takes the folder for this process. A lock whose owner has ended, or whose process id belongs to
 * another program by now, counts for nothing.
 *
 * @returns what gives it back
 * @throws AlreadyRunning
 */
export async function takeLock(file: string): Promise<() => Promise<void>> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const mine: ProcessRef = {
    pid: process.pid,
    startTime: (await startTimeOf(process.pid)) ?? '',
  };
  for (let attempt = 0; attempt < 5; attempt += 1) {
    try {
      const handle = await open(file, 'wx', 0o600);
      await handle.writeFile(JSON.stringify(mine));
      await handle.close();
      return () => rm(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const owner = await readOwner(file);
    if (owner && (await isAlive(owner))) {
      throw new AlreadyRunning(owner.pid);
    }
    // Perhaps its owner is just about to write its name.
    if (!owner && attempt < 2) {
      await new Promise(resolve => setTimeout(resolve, 100));
      continue;
    }
    await rm(file, { force: true });
  }
  throw new Error(`${file} can't be taken; remove it and try again`);
}
