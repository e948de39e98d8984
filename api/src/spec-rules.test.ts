import { describe, expect, it } from '@jest/globals';
import { agentWorkloadSpecSchema } from './agent-workload';
import { LIMITS } from './limits';
import {
  celAt,
  RESERVED_PARAMETERS,
  SPEC_RULES,
  specProblems,
  targetListProblems,
} from './spec-rules';

const URL_OF_A_KIB = `https://a.example/${'x'.repeat(1006)}`;
const spec = (fields: Record<string, unknown> = {}) =>
  agentWorkloadSpecSchema.parse({
    objective: 'x',
    targetUrls: ['https://a.example/'],
    ...fields,
  });

describe('a spec', () => {
  it('of ordinary values breaks no rule', () => {
    expect(specProblems(spec())).toEqual([]);
    expect(
      specProblems(
        spec({
          gate: { fourEyes: true },
          requestedBy: { username: 'bob' },
          parameters: { region: 'eu' },
          timeouts: { suspendGate: '10s', noProgress: '1s', execution: '10s' },
        }),
      ),
    ).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['four eyes and nobody', { gate: { fourEyes: true } }, /needs requestedBy/],
    [
      'too many bytes',
      { targetUrls: Array.from({ length: 65 }, () => URL_OF_A_KIB) },
      /66560 bytes together; at most 65536/,
    ],
    ['what is no URL', { targetUrls: ['https://a:b:c/'] }, /1 entries/],
    ...RESERVED_PARAMETERS.map(
      (name): [string, Record<string, unknown>, RegExp] => [
        `parameter ${name}`,
        { parameters: { [name]: 'x' } },
        new RegExp(`parameters.${name} is set by the operator`),
      ],
    ),
    [
      'groups that end in a blank or have a control character',
      { gate: { groups: ['legal', 'board ', 'the\tboard'] } },
      /gate\.groups must be names without control characters.*others: "board ", "the\\tboard"$/,
    ],
    [
      'a group that everybody is in',
      { gate: { groups: ['system:authenticated'] } },
      /none of which begins with "system:".*"system:authenticated"/,
    ],
    ['a short gate', { timeouts: { suspendGate: '9s' } }, /suspendGate.*10s/],
    ['no patience', { timeouts: { noProgress: '0s' } }, /noProgress.*1s/],
  ])('with %s breaks just that rule', (_what, fields, sentence) => {
    expect(specProblems(spec(fields))).toEqual([
      expect.stringMatching(sentence),
    ]);
  });

  it('may ask for groups of several words and of any script', () => {
    const groups = ['oidc:Legal Team', 'Geschäftsführung', 'Über uns', '法務'];
    expect(specProblems(spec({ gate: { groups } }))).toEqual([]);
  });

  it('is held to its groups at the gate alone, so that a run of before can be cancelled', () => {
    expect(JSON.stringify(celAt(undefined))).not.toContain('groups');
    expect(celAt('gate')).toHaveLength(1);
  });

  it('may leave people more time than the work has', () => {
    const timeouts = { execution: '10m', suspendGate: '72h' };
    expect(specProblems(spec({ timeouts }))).toEqual([]);
  });

  it('has each rule in CEL or in a sentence, most in both', () => {
    for (const { cel, problems } of SPEC_RULES)
      expect(cel ?? problems).toBeDefined();
    expect(SPEC_RULES.filter(rule => rule.cel && rule.problems)).toHaveLength(
      8,
    );
  });
});

describe('a list of targets', () => {
  it('may be as long as the limit, and not a byte longer', () => {
    const full = Array.from({ length: 64 }, () => URL_OF_A_KIB);
    expect(full.join('')).toHaveLength(LIMITS.targetUrlsTotal);
    expect(targetListProblems(full)).toEqual([]);
    expect(targetListProblems([...full.slice(1), `${URL_OF_A_KIB}x`])).toEqual([
      expect.stringContaining('split them over several runs'),
    ]);
    // As many UTF-16 units, and as many characters, in more bytes.
    for (const wide of ['é', '€', '🦊']) {
      const same = full[0].slice(0, -wide.length) + wide;
      expect(same).toHaveLength(full[0].length);
      expect(targetListProblems([...full.slice(1), same])).toHaveLength(1);
    }
  });
});
