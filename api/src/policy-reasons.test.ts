import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { gateAnswerSchema, startAnswerSchema } from './policy';
import {
  inOrder,
  objectionOf,
  OBJECTIONS,
  POLICY_SAYS,
  reasonsOf,
  severestFirst,
  toldReasonsSchema,
} from './policy-reasons';

const told = (code: string, text = code) => ({ text, code, values: {} });

const REGO = ['start', 'gate', 'checks']
  .map(name =>
    readFileSync(
      new URL(`../../policies/${name}.rego`, import.meta.url),
      'utf8',
    ),
  )
  .join('\n');

/** As the policies write it, but for the one that the code makes by itself. */
const CODES_OF_REGO = [
  ...REGO.matchAll(/(?:told\(|_over\(|"code": |_pages_code := )"(\w+)"/g),
].map(([, code]) => code);

describe('the reasons of a policy', () => {
  it('have a severity for each code of the shipped policies, and for no other', () => {
    expect([...new Set([...CODES_OF_REGO, 'more'])].sort()).toEqual(
      Object.keys(POLICY_SAYS).sort(),
    );
  });

  it('lie in the table kind after kind, so that one order holds for both', () => {
    const kinds = Object.values(POLICY_SAYS);
    expect(severestFirst(kinds, kind => kind)).toEqual(kinds);
  });

  it('stand most severe first, and inside a kind by their code', () => {
    const { reasons, said } = inOrder(
      ['artifactMissing', 'changes', 'and 4 more'],
      [
        told('modeHuman'),
        told('changes'),
        told('notObserved'),
        told('unusual'),
        told('artifactMissing'),
        told('hostDenied'),
      ],
    );
    expect(reasons).toEqual([
      'hostDenied',
      'artifactMissing',
      'notObserved',
      'unusual',
      'changes',
      'modeHuman',
    ]);
    expect(said?.map(({ code }) => code)).toEqual(reasons);
  });

  it('of somebody else come right after what is forbidden, for nobody knows how much they weigh', () => {
    const { reasons, said } = inOrder(
      [],
      [told('artifactMissing'), told('', 'not on Fridays'), told('braces')],
    );
    expect(reasons).toEqual(['braces', 'not on Fridays', 'artifactMissing']);
    expect(said?.[1]).toEqual({ code: '', values: {} });
  });

  it('are sentences alone where nothing more is told', () => {
    const reasons = ['b', 'a'];
    expect(inOrder(reasons, undefined)).toEqual({ reasons });
    expect(inOrder(['b'], [told('', 'b')])).toEqual({ reasons: ['b'] });
  });

  it('of a rule around the shipped ones are kept where nothing of them is told', () => {
    expect(inOrder(['legal says no'], [])).toEqual({
      reasons: ['legal says no'],
    });
    const { reasons, said } = inOrder(
      ['artifactMissing', 'legal says no', 'and 3 more'],
      [told('artifactMissing')],
    );
    expect(reasons).toEqual(['legal says no', 'artifactMissing']);
    expect(said?.[0]).toEqual({ code: '', values: {} });
  });

  it.each([
    ['a code that is too long', { code: 'x'.repeat(64) }],
    ['a code that is no string', { code: 7 }],
    [
      'more values than a status holds',
      {
        code: 'mine',
        values: Object.fromEntries(
          Array.from({ length: 17 }, (_, at) => [`v${at}`, 'x']),
        ),
      },
    ],
    ['a value that is no string', { code: 'mine', values: { a: 1 } }],
  ])('are sentences alone that come with %s', (_what, made) => {
    expect(toldReasonsSchema.parse([{ text: 'a', ...made }])).toEqual([
      { text: 'a', code: '', values: {} },
    ]);
  });

  it('are left out from the least severe on, and how many is said', () => {
    const many = Array.from({ length: 25 }, (_, index) => ({
      ...told('personHost', `host ${index}`),
    }));
    const { reasons, said } = inOrder([], [...many, told('degraded')]);
    expect(reasons).toHaveLength(20);
    expect(reasons[0]).toBe('degraded');
    expect(reasons[19]).toBe('and 7 more');
    expect(said?.[19]).toEqual({ code: 'more', values: { number: '7' } });
  });

  it('of a code that only a later policy has are of unknown weight', () => {
    expect(objectionOf({ code: 'moonPhase' })).toBe('unknown');
    expect(objectionOf(undefined)).toBe('unknown');
    expect(OBJECTIONS[0]).toBe('forbidden');
  });

  it('are read from a record with and without what they are made of', () => {
    const said = [
      { code: 'noHost', values: {} },
      { code: '', values: {} },
    ];
    expect(reasonsOf(['a', 'b', 'c'], said)).toEqual([
      { text: 'a', said: said[0] },
      { text: 'b' },
      { text: 'c' },
    ]);
    expect(reasonsOf(undefined, undefined)).toEqual([]);
  });
});

describe('an answer of a policy', () => {
  it('of the gate is put in order', () => {
    expect(
      gateAnswerSchema.parse({
        decision: 'hold',
        reasons: ['changes', 'noSummary'],
        told: [told('changes'), told('noSummary')],
      }),
    ).toEqual({
      decision: 'hold',
      fourEyes: false,
      reasons: ['noSummary', 'changes'],
      said: [
        { code: 'noSummary', values: {} },
        { code: 'changes', values: {} },
      ],
    });
  });

  it('of before, with sentences alone, is read as it was', () => {
    const answer = {
      allow: false,
      reasons: ['host a is denied'],
      gate: { mode: 'human', fourEyes: false },
      egress: { allow: [], deny: [] },
    };
    expect(startAnswerSchema.parse(answer)).toEqual({
      ...answer,
      wait: [],
      templateDigests: [],
    });
  });

  it('of the start says of what waits as well what it is made of', () => {
    const { wait, waitSaid } = startAnswerSchema.parse({
      allow: true,
      reasons: [],
      told: [],
      wait: ['5 runs go on'],
      waitTold: [{ text: '5 runs go on', code: 'runs', values: { many: '5' } }],
      gate: { mode: 'human', fourEyes: false },
      egress: { allow: [], deny: [] },
    });
    expect(wait).toEqual(['5 runs go on']);
    expect(waitSaid).toEqual([{ code: 'runs', values: { many: '5' } }]);
  });
});
