import { createHash } from 'node:crypto';
import { access, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InputName, OutputFile } from '@agentworkloads/api';
import type { z } from 'zod';
import { describeError, PermanentError } from './errors';

export interface WorkDir {
  /**
   * Parses `in/<name>.json`; throws {@link PermanentError} when it is absent or not what the schema says.
   * @param sha256 hex, of the bytes that the file must have
   */
  readInput<T>(
    name: InputName,
    schema: z.ZodType<T>,
    sha256?: string,
  ): Promise<T>;
  /** Whether there is an `in/<name>.json`: a template of before doesn't give every input. */
  hasInput(name: InputName): Promise<boolean>;
  /** @returns hex sha256 of the bytes of `out/<file>`; throws {@link PermanentError} when it is absent. */
  digestOutput(file: OutputFile): Promise<string>;
  /** Writes `out/<file>` whole or not at all. Objects are written as JSON with sorted-as-given keys and a newline. */
  writeOutput(file: OutputFile, content: string | object): Promise<void>;
}

function sha256Hex(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function assertDigest(bytes: Buffer, sha256: string): void {
  const found = sha256Hex(bytes);
  if (found === sha256) return;
  throw new PermanentError(
    `it is not what was approved: its sha256 is ${found}, and the step that made it named ${sha256}`,
  );
}

export function openWorkDir(root: string): WorkDir {
  return {
    async readInput(name, schema, sha256) {
      const path = join(root, 'in', `${name}.json`);
      let json: unknown;
      try {
        const bytes = await readFile(path);
        if (sha256 !== undefined) assertDigest(bytes, sha256);
        json = JSON.parse(bytes.toString('utf8'));
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
    hasInput: name =>
      access(join(root, 'in', `${name}.json`)).then(
        () => true,
        () => false,
      ),
    async digestOutput(file) {
      try {
        return sha256Hex(await readFile(join(root, 'out', file)));
      } catch (error) {
        throw new PermanentError(
          `Output ${file} can't be read: ${describeError(error)}`,
          { cause: error },
        );
      }
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
