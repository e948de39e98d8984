import { describe, expect, it } from '@jest/globals';
import {
  ARTIFACTS,
  artifactFiles,
  DOWNLOADS,
  LONGEST_BACKOFF_MS,
  REPORT_ARTIFACTS,
  STEP_ORDER,
  STEP_TABLE,
  STEPS,
  stepsBefore,
} from './steps';

const rows = STEP_ORDER.map(name => [name, STEP_TABLE[name]] as const);

describe('the table of steps', () => {
  it.each(rows)('has %s behind what it needs', (name, { needs }) => {
    const before = STEP_ORDER.slice(0, STEP_ORDER.indexOf(name));
    expect(before).toEqual(expect.arrayContaining([...needs]));
    expect(needs).not.toContain(name);
  });

  it.each(rows)(
    'gives %s only what steps before it made',
    (name, { reads }) => {
      const made = stepsBefore(name).flatMap(step =>
        Object.keys(STEP_TABLE[step].outputs),
      );
      expect(made).toEqual(expect.arrayContaining([...reads]));
    },
  );

  it('has one maker for each artifact, and one name for each file of a step', () => {
    const names = rows.flatMap(([, { outputs }]) => Object.keys(outputs));
    expect(names).toHaveLength(new Set(names).size);
    expect(names).toEqual(expect.arrayContaining(Object.values(ARTIFACTS)));
    for (const [, { outputs, tells }] of rows) {
      const files = [...Object.values(outputs), ...Object.values(tells)].map(
        ({ file }) => file,
      );
      expect(files).toHaveLength(new Set(files).size);
    }
  });

  it('has a gate that is no Pod: it makes nothing and is not tried again', () => {
    expect(STEP_TABLE.gate).toMatchObject({
      outputs: {},
      tells: {},
      reads: [],
    });
    expect(STEP_TABLE.gate.retry).toBeUndefined();
  });

  it('lets nothing behind the gate begin without it', () => {
    const behind = STEP_ORDER.slice(STEP_ORDER.indexOf(STEPS.gate) + 1);
    expect(behind).not.toEqual([]);
    for (const step of behind) expect(stepsBefore(step)).toContain(STEPS.gate);
  });

  it('knows what comes before a step, whoever names it', () => {
    expect(stepsBefore('scrape')).toEqual([]);
    expect(stepsBefore('gate')).toEqual(['scrape', 'screenshot', 'dom']);
    expect(stepsBefore('synthesis')).toEqual([
      'scrape',
      'screenshot',
      'dom',
      'gate',
    ]);
  });

  it('says which files a step uploads, and which of them people download', () => {
    expect(artifactFiles('dom')).toEqual({
      facts: 'facts.json',
      changes: 'changes.json',
    });
    expect(DOWNLOADS.map(({ label, extension }) => [label, extension])).toEqual(
      [
        ['Markdown', 'md'],
        ['HTML', 'html'],
        ['JSON', 'json'],
        ['CSV of prices', 'csv'],
      ],
    );
    // Runs of older templates have no CSV, and are whole without it.
    expect(REPORT_ARTIFACTS).toEqual([
      'report-md',
      'report-html',
      'report-json',
    ]);
  });

  it('waits a minute at most between two tries', () => {
    expect(LONGEST_BACKOFF_MS).toBe(60_000);
  });
});
