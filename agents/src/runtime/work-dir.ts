import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { describeError, PermanentError } from './errors';

/** Input artifacts, as the WorkflowTemplate places them. */
export type InputName = 'manifest' | 'facts' | 'shots';
/** Output files, as the WorkflowTemplate collects them. */
export type OutputFile =
  | 'manifest.json'
  | 'shots.json'
  | 'facts.json'
  | 'summary.json'
  | 'report.md'
  | 'report.html'
  | 'report.json'
  | 'prices.csv';

export interface WorkDir {
  /** Parses `in/<name>.json`; throws {@link PermanentError} when it is absent or not what the schema says. */
  readInput<T>(name: InputName, schema: z.ZodType<T>): Promise<T>;
  /** Writes `out/<file>` whole or not at all. Objects are written as JSON with sorted-as-given keys and a newline. */
  writeOutput(file: OutputFile, content: string | object): Promise<void>;
}

export function openWorkDir(root: string): WorkDir {
  return {
    async readInput(name, schema) {
      const path = join(root, 'in', `${name}.json`);
      let json: unknown;
      try {
        json = JSON.parse(await readFile(path, 'utf8'));
      } catch (error) {
        throw new PermanentError(
          `Input artifact "${name}" can't be read: ${describeError(error)}`,
          { cause: error },
        );
      }
      const parsed = schema.safeParse(json);
      if (parsed.success) return parsed.data;
      const issue = parsed.error.issues[0];
      throw new PermanentError(
        `Input artifact "${name}" is not what the schema says: ${issue.path.join(
          '.',
        )}: ${issue.message}`,
      );
    },
    async writeOutput(file, content) {
      const folder = join(root, 'out');
      await mkdir(folder, { recursive: true });
      const text =
        typeof content === 'string'
          ? content
          : `${JSON.stringify(content, null, 2)}\n`;
      const part = join(folder, `.${file}.part`);
      await writeFile(part, text, 'utf8');
      await rename(part, join(folder, file));
    },
  };
}
