import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startTimeOf } from '../../embedded/processes/src/process-table.ts';

const script = path.join(
  path.dirname(fileURLToPath(import.meta.url)),
  'reset.mjs',
);

describe('npm run reset', () => {
  let root;
  let state;

  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'reset-'));
    state = path.join(root, '.agentic');
    mkdirSync(path.join(state, 'tools'), { recursive: true });
    mkdirSync(path.join(state, 's3'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const lock = text => writeFileSync(path.join(state, 'lock'), text);
  const reset = (...args) =>
    spawnSync(process.execPath, [script, ...args], {
      env: { ...process.env, AGENTIC_ROOT: root },
      encoding: 'utf8',
    });
  const left = () =>
    ['s3', 'lock', 'tools'].filter(name => existsSync(path.join(state, name)));

  it('refuses while the owner of the lock runs', async () => {
    const startTime = await startTimeOf(process.pid);
    lock(JSON.stringify({ pid: process.pid, startTime }));
    const { status, stderr } = reset();
    expect(status).toBe(1);
    expect(stderr).toContain(`It still runs (process ${process.pid})`);
    expect(left()).toEqual(['s3', 'lock', 'tools']);
  });

  it('takes a lock whose process id belongs to another program by now for an old one', () => {
    lock(
      JSON.stringify({ pid: process.pid, startTime: 'before the last boot' }),
    );
    expect(reset().status).toBe(0);
    expect(left()).toEqual(['tools']);
  });

  it.each(['', '{"pid":', '12345', 'null', '{"pid":4194305}'])(
    'takes a lock that names nobody (%j) for an old one',
    text => {
      lock(text);
      expect(reset().status).toBe(0);
      expect(left()).toEqual(['tools']);
    },
  );

  it('removes the downloaded Node too with --all', () => {
    expect(reset('--all').status).toBe(0);
    expect(left()).toEqual([]);
  });

  it('removes the programs of a database that nobody ended', () => {
    const programs = path.join(root, 'agentworkloads-postgres-abc');
    mkdirSync(programs);
    mkdirSync(path.join(state, 'database'));
    writeFileSync(
      path.join(state, 'database/programs.json'),
      JSON.stringify(programs),
    );
    expect(reset().status).toBe(0);
    expect(existsSync(programs)).toBe(false);
  });

  it('prints nothing but what it did', () => {
    expect(reset().stderr).toBe('');
  });
});
