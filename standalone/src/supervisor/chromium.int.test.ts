import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { unpackChromium } from './unpack-chromium';

const run = promisify(execFile);
const VERSION = /^(HeadlessChrome|Chromium) \d+/;

let base: string;
beforeAll(async () => {
  base = await mkdtemp(path.join(tmpdir(), 'chromium-'));
});
afterAll(() => rm(base, { recursive: true, force: true }));

describe('the packaged browser', () => {
  it('is unpacked in a Jest worker as well, and mended when half of it is gone', async () => {
    const folder = path.join(base, 'here');
    const unpack = () => unpackChromium({ folder, say: () => {} });
    const program = await unpack();
    expect((await run(program, ['--version'])).stdout).toMatch(VERSION);
    await truncate(path.join(path.dirname(program), 'chromium'), 1000);
    expect(await unpack()).toBe(program);
    expect((await run(program, ['--version'])).stdout).toMatch(VERSION);
    expect(await readdir(folder)).toHaveLength(1);
  });

  it('is one for two processes that ask at once, and nothing of it is in the temporary folder', async () => {
    const root = path.join(base, 'checkout');
    const temporary = path.join(base, 'tmp');
    await mkdir(temporary);
    const { CHROMIUM_PATH: _named, ...environment } = process.env;
    const ask = () =>
      run(process.execPath, ['standalone/dist/chromium.mjs'], {
        env: {
          ...environment,
          // No folder in which one could be installed.
          PATH: base,
          TMPDIR: temporary,
          AGENTIC_ROOT: root,
        },
      }).then(({ stdout }) => stdout.trim());
    const [first, second] = await Promise.all([ask(), ask()]);
    expect(second).toBe(first);
    expect((await run(first, ['--version'])).stdout).toMatch(VERSION);
    expect(await readdir(temporary)).toEqual([]);
  });
});
