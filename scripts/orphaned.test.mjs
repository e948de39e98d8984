import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { guardians, isOrphaned } from './orphaned.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const npm = { npm_lifecycle_event: 'start' };

describe('who a process must not outlive', () => {
  const processes = {
    20: { parent: 10, args: ['sh', '-c', 'node x.mjs'] },
    30: { parent: 1, args: ['npm', 'start'] },
  };
  const look = pid => processes[pid];

  it.each([
    ['npm and the shell that it puts between', npm, 20, [20, 10]],
    ['npm alone where there is no shell', npm, 30, [30]],
    ['what handed over to it', { AGENTIC_PARENT: '20' }, 20, [20]],
    [
      'npm when the mark is another process’s',
      { ...npm, AGENTIC_PARENT: '7' },
      30,
      [30],
    ],
    ['nobody when a person started it', {}, 20, []],
  ])('%s', (_what, env, parent, expected) => {
    expect(guardians(env, parent, look)).toEqual(expected);
  });

  it.each([
    ['all are there', [20, 10], 20, false],
    ['the shell is gone', [20, 10], 1, true],
    ['npm above the shell is gone', [20, 11], 20, true],
    ['the only one is gone', [30], 1, true],
    ['nobody was there to begin with', [], 1, false],
  ])('when %s', (_what, known, parent, expected) => {
    expect(isOrphaned(known, parent, look)).toBe(expected);
  });
});

describe('when npm is killed', () => {
  let folder;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'orphaned-'));
    writeFileSync(
      path.join(folder, 'package.json'),
      '{"scripts":{"start":"node first.mjs"}}',
    );
    writeFileSync(
      path.join(folder, 'first.mjs'),
      `import { handOver } from ${JSON.stringify(`${here}/hand-over.mjs`)};
       process.exit(await handOver(process.execPath, ['last.mjs'], {}));`,
    );
    // As the supervisor does: told to end, it ends in order.
    writeFileSync(
      path.join(folder, 'last.mjs'),
      `import { writeFileSync } from 'node:fs';
       process.on('SIGTERM', () => { writeFileSync('ended', 'in order'); process.exit(0); });
       writeFileSync('pid', String(process.pid));
       setTimeout(() => {}, 60_000);`,
    );
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const read = name => {
    try {
      return readFileSync(path.join(folder, name), 'utf8');
    } catch {
      return '';
    }
  };
  async function until(what) {
    for (let tries = 0; tries < 300 && !what(); tries += 1) {
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  }

  it.each(['SIGTERM', 'SIGKILL', 'SIGHUP'])(
    'by %s, what runs below it ends in order',
    async signal => {
      for (const name of ['ended', 'pid']) {
        rmSync(path.join(folder, name), { force: true });
      }
      const child = spawn('npm', ['start'], {
        cwd: folder,
        stdio: 'ignore',
        env: { ...process.env, AGENTIC_PARENT: '' },
      });
      await until(() => read('pid'));
      expect(read('pid')).not.toBe('');
      child.kill(signal);
      await until(() => read('ended'));
      expect(read('ended')).toBe('in order');
      const left = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
      expect(left).not.toContain(`${folder}/last.mjs`);
    },
    60_000,
  );
});
