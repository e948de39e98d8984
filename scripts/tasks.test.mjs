import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { taskFile, TASKS } from './tasks.mjs';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
const named = Object.entries(scripts)
  .map(([script, command]) => [
    script,
    /^node scripts\/bootstrap\.mjs (.+)$/.exec(command)?.[1],
  ])
  .filter(([, task]) => task !== undefined);

describe('a script of package.json', () => {
  it.each(named)('%s leads to a task that there is', (_script, task) => {
    expect(TASKS).toContain(task);
    expect(readFileSync(taskFile(task), 'utf8')).not.toBe('');
  });
});

describe('a task', () => {
  it('is no file elsewhere', () => {
    expect(taskFile('../bootstrap')).toBeUndefined();
    expect(taskFile('')).toBeUndefined();
  });
});
