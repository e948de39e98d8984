import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { root, Tally } from './test-run.mjs';

const JEST = {
  numPassedTests: 5,
  numFailedTests: 1,
  numRuntimeErrorTestSuites: 1,
  numPendingTests: 2,
  numTodoTests: 1,
};
const GREEN = { ...JEST, numFailedTests: 0, numRuntimeErrorTestSuites: 0 };
const PLAYWRIGHT = {
  stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 4 },
};

describe('the tally', () => {
  let folder;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'tally-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function after(content, ok) {
    const file = path.join(folder, 'report.json');
    await writeFile(
      file,
      typeof content === 'string' ? content : JSON.stringify(content),
    );
    const tally = new Tally();
    await tally.add(file, ok);
    return String(tally);
  }

  it.each([
    ['a Jest report', JEST, false, '5 passed, 2 failed, 3 skipped'],
    ['a green Jest report', GREEN, true, '5 passed, 0 failed, 3 skipped'],
    ['a Playwright report', PLAYWRIGHT, false, '3 passed, 2 failed, 4 skipped'],
    [
      'a Playwright run that could not begin',
      {
        stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 },
        errors: [{ message: 'no such file' }],
      },
      false,
      '0 passed, 1 failed, 0 skipped',
    ],
  ])('counts %s', async (_what, report, ok, line) => {
    expect(await after(report, ok)).toBe(line);
  });

  it('shows a failure that the report does not', async () => {
    expect(await after(GREEN, false)).toBe('5 passed, 1 failed, 3 skipped');
  });

  it('takes a report that is broken or missing for a failure', async () => {
    expect(await after('{"numPassed', true)).toBe(
      '0 passed, 1 failed, 0 skipped',
    );
    const tally = new Tally();
    await tally.add(path.join(folder, 'nothing.json'), true);
    expect(String(tally)).toBe('0 passed, 1 failed, 0 skipped');
  });

  it('adds up, and counts a check as one test', async () => {
    const tally = new Tally();
    tally.check(true);
    tally.check(false);
    const file = path.join(folder, 'report.json');
    await writeFile(file, JSON.stringify(GREEN));
    await tally.add(file, true);
    await tally.add(file, true);
    expect(String(tally)).toBe('11 passed, 1 failed, 6 skipped');
  });
});

describe('the names of what failed', () => {
  let folder;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'tally-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function listOf(report) {
    const file = path.join(folder, 'report.json');
    await writeFile(file, JSON.stringify(report));
    const tally = new Tally();
    await tally.add(file, false);
    return tally.list();
  }

  it('are those of a Jest report, and the file where none could run', async () => {
    const file = name => path.join(root, 'agents', name);
    expect(
      await listOf({
        ...JEST,
        testResults: [
          {
            name: file('a.test.ts'),
            status: 'failed',
            assertionResults: [
              { status: 'passed', fullName: 'is green' },
              { status: 'failed', fullName: 'is red' },
            ],
          },
          { name: file('b.test.ts'), status: 'failed', assertionResults: [] },
          { name: file('c.test.ts'), status: 'passed', assertionResults: [] },
        ],
      }),
    ).toBe('✖ failed: agents/a.test.ts › is red\n✖ failed: agents/b.test.ts\n');
  });

  it('say in the same line what differed', async () => {
    const failureMessages = [
      'Error: \u001b[2mexpect(\u001b[22mreceived).toEqual(expected)\n\n- Expected  - 1\n  Object {\n-   "a": 1,\n+   "a": 2,\n  }\n    at Object.toEqual (a.test.ts:1)',
    ];
    expect(
      await listOf({
        ...JEST,
        testResults: [
          {
            name: path.join(root, 'agents/a.test.ts'),
            status: 'failed',
            assertionResults: [
              { status: 'failed', fullName: 'is red', failureMessages },
            ],
          },
        ],
      }),
    ).toBe(
      '✖ failed: agents/a.test.ts › is red: Error: expect(received).toEqual(expected) - Expected  - 1 -   "a": 1, +   "a": 2,\n',
    );
  });

  it('are those of a Playwright report, with the suites around them', async () => {
    const specs = [
      { title: 'is green', ok: true },
      { title: 'is red', ok: false },
    ];
    expect(
      await listOf({
        ...PLAYWRIGHT,
        suites: [
          { title: 'journey.spec.ts', suites: [{ title: 'the gate', specs }] },
        ],
      }),
    ).toBe('✖ failed: journey.spec.ts › the gate › is red\n');
  });

  it('are none where nothing failed', async () => {
    expect(await listOf({ ...GREEN, testResults: [] })).toBe('');
  });
});
