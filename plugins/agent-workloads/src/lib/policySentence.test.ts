import { readFileSync } from 'node:fs';
import path from 'node:path';
import { POLICY_SAYS } from '@agentworkloads/api';
import { english } from '../__testUtils__/words';
import { policyReasons } from './policyReasons';
import { policySentence } from './policySentence';

const say = (code: string, values: Record<string, string> = {}) =>
  policySentence({ text: 'as it was given', said: { code, values } }, english);

/** Every value that a code of the shipped policies has. */
const VALUES = {
  host: 'a.example',
  template: 'competitor-scrape',
  artifact: 'facts',
  step: 'scrape',
  at: '2026-01-05T08:00:00Z',
  run: 'monday',
  number: '3',
  pages: '6',
  percent: '30',
  many: '7200',
  most: '3600',
  asked: '60',
  least: '3600',
  field: 'suspendGate',
  requester: 'bob',
  namespace: 'sales',
  group: 'legal',
};

/** By code, the names of the values that the policies give with it; two rules add how many and at most how many. */
const GIVEN = new Map(
  ['start', 'gate'].flatMap(name => {
    const file = path.join(__dirname, `../../../../policies/${name}.rego`);
    return [
      ...readFileSync(file, 'utf8').matchAll(
        /(told|_over|_runs_of := checks\.told)\("(\w+)", \{([^}]*)\}/g,
      ),
    ].map(([, by, code, values]): [string, string[]] => [
      code,
      [
        ...[...values.matchAll(/"(\w+)":/g)].map(([, value]) => value),
        ...(by === 'told' ? [] : ['many', 'most']),
      ],
    ]);
  }),
);

describe('a reason of the policy', () => {
  it('is worded by the values that the policies give with it', () => {
    expect(GIVEN.size).toBeGreaterThan(30);
    const lacking = [...GIVEN].filter(([code, names]) => {
      const given = Object.entries(VALUES).filter(([name]) =>
        names.includes(name),
      );
      return say(code, Object.fromEntries(given)) === 'as it was given';
    });
    expect(lacking).toEqual([]);
  });

  it.each(Object.keys(POLICY_SAYS))('has words for people: %s', code => {
    const sentence = say(code, VALUES);
    expect(sentence).not.toBe('as it was given');
    expect(sentence).not.toContain('{{');
    expect(sentence).toMatch(/\.$/);
  });

  it.each([
    ['one', 'unstable', { number: '1' }, /^Of 1 page two looks/],
    ['several', 'unstable', { number: '12' }, /^Of 12 pages two looks/],
    [
      'a time',
      'time',
      { field: 'suspendGate', many: '259200', most: '86400' },
      /^“How long the gate waits for a decision”: 3 d is too long, at most 1 d\.$/,
    ],
    ['a step', 'stepNotSucceeded', { step: 'dom' }, /“(?!dom)/],
    ['a name of digits', 'personNamespace', { namespace: '007' }, / 007\.$/],
  ])('tells %s', (_what, code, values, sentence) => {
    expect(say(code, values)).toMatch(sentence);
  });

  it('is told as it was given where its code is unknown, or lacks a value', () => {
    expect(say('moonPhase')).toBe('as it was given');
    expect(say('toString')).toBe('as it was given');
    expect(say('hostDenied')).toBe('as it was given');
    expect(policySentence({ text: 'not on Fridays' }, english)).toBe(
      'not on Fridays',
    );
  });

  it('that a person decides is left to the page', () => {
    const reasons = ['a person decides', '3 changes', 'not on Fridays'];
    const said: { code: string; values: Record<string, string> }[] = [
      { code: 'modeHuman', values: {} },
      { code: 'changes', values: { number: '3' } },
      { code: '', values: {} },
    ];
    expect(policyReasons({ reasons, said })).toEqual([
      { text: '3 changes', said: said[1] },
      { text: 'not on Fridays' },
    ]);
  });
});
