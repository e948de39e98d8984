import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  agentWorkloadSpecSchema,
  LIMITS,
  RESERVED_PARAMETERS,
  SPEC_RULES,
  type AgentWorkloadSpec,
} from '@agentworkloads/api';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'yaml';
import { CelEngine } from '../cel/engine';
import type { Json } from '../json';
import type { StructuralSchema, ValidationRule } from '../model';
import { celErrors } from './cel-rules';
import { validateSchema } from './validate';

/** The schema of `spec` as it is shipped. */
const SPEC = parse(
  readFileSync(
    path.resolve('deploy/crds/agentworkloads.agentworkloads.io.yaml'),
    'utf8',
  ),
).spec.versions[0].schema.openAPIV3Schema.properties.spec as StructuralSchema;
const engine = new CelEngine();

/** Characters of one, two, three and four bytes; the last is two UTF-16 units. */
const WIDE = ['x', 'é', '€', '🦊'];

/** Addresses of about so many bytes, UTF-16 units or characters together as the limit allows: all three are tried. */
const targetUrls = fc
  .record({
    character: fc.constantFrom(...WIDE),
    count: fc.integer({ min: 33, max: 80 }),
    per: fc.constantFrom('bytes', 'units', 'characters'),
    off: fc.integer({ min: -3, max: 3 }),
  })
  .map(({ character, count, per, off }) => {
    const start = 'https://a.example/';
    const size = {
      bytes: Buffer.from(character).length,
      units: character.length,
      characters: 1,
    }[per];
    const total = LIMITS.targetUrlsTotal + off - count * start.length;
    const each = Math.min(
      Math.floor(total / size / count),
      Math.floor((LIMITS.targetUrl - start.length) / character.length),
    );
    const urls = Array<string>(count).fill(start + character.repeat(each));
    const rest = Math.max(0, Math.min(60, total - each * count * size));
    return [`${urls[0]}${'y'.repeat(rest)}`, ...urls.slice(1)].map(url =>
      url.slice(0, LIMITS.targetUrl),
    );
  });
const time = fc.constantFrom('0s', '1s', '9s', '10s', '11s', '5m', '2h', '3d');

const spec = fc
  .record({
    objective: fc.constant('x'),
    targetUrls: fc.oneof(
      { arbitrary: targetUrls, weight: 3 },
      { arbitrary: fc.constant(['https://a.example/']), weight: 1 },
    ),
    gate: fc.record({
      fourEyes: fc.boolean(),
      groups: fc.option(
        fc.uniqueArray(
          fc.constantFrom(
            'legal',
            'oidc:Legal Team',
            'Geschäftsführung',
            ' legal',
            'legal\u00a0',
            'le\tgal',
            'system:masters',
          ),
          { minLength: 1, maxLength: 2 },
        ),
        { nil: undefined },
      ),
    }),
    requestedBy: fc.option(fc.constant({ username: '🦊' }), { nil: undefined }),
    timeouts: fc.record({
      execution: time,
      suspendGate: time,
      noProgress: time,
    }),
    parameters: fc.dictionary(
      fc.constantFrom(...RESERVED_PARAMETERS, 'region', 'a-b_1'),
      fc.string({ unit: 'grapheme', maxLength: 20 }),
    ),
    baselineRef: fc.option(fc.constant({ name: 'a' }), { nil: undefined }),
    evidenceFrom: fc.option(fc.constant({ name: 'a', workflowUid: 'u-1' }), {
      nil: undefined,
    }),
  })
  .filter(value => agentWorkloadSpecSchema.safeParse(value).success)
  .map(value => agentWorkloadSpecSchema.parse(value));

/** What the API server says to one rule. */
function breaks(
  value: AgentWorkloadSpec,
  rule: ValidationRule,
  at: 'timeouts' | 'gate' | undefined,
): boolean {
  const [shown, schema] = at
    ? [value[at], SPEC.properties?.[at]]
    : [value, SPEC];
  const alone = { ...schema, 'x-kubernetes-validations': [rule] };
  const json = JSON.parse(JSON.stringify(shown)) as Json;
  const errors = celErrors(json, undefined, alone as StructuralSchema, engine);
  return errors.some(({ message }) => message.includes(rule.message ?? ''));
}

/** A text of about so many characters, some of them wide, and now and then a space that only a browser knows. */
const textNear = (limit: number) =>
  fc
    .record({
      character: fc.constantFrom(...WIDE, '\u00a0', '\u3000', '\u000b', ' '),
      off: fc.integer({ min: -2, max: 2 }),
      short: fc.boolean(),
    })
    .map(({ character, off, short }) =>
      character.repeat(short ? 3 : limit + off),
    );
const anySpec = fc.record({
  objective: textNear(LIMITS.objective),
  targetUrls: textNear(LIMITS.targetUrl - 'https://a.example/'.length).map(
    text => [`https://a.example/${text}`],
  ),
  requestedBy: fc.record({ username: textNear(256) }),
  parameters: fc.record({ region: textNear(LIMITS.parameterValue) }),
});

describe('the schema of a spec', () => {
  it('takes of texts what the API server takes, and nothing else', () => {
    const seen = { taken: 0, refused: 0 };
    fc.assert(
      fc.property(anySpec, value => {
        const shipped = validateSchema(value, SPEC).length === 0;
        seen[shipped ? 'taken' : 'refused'] += 1;
        expect(agentWorkloadSpecSchema.safeParse(value).success).toBe(shipped);
      }),
      { numRuns: 400, seed: 7 },
    );
    expect(Math.min(seen.taken, seen.refused)).toBeGreaterThan(20);
  });
});

describe('the rules of a spec', () => {
  it('are those of the shipped kind', () => {
    const shipped = [
      ...(SPEC['x-kubernetes-validations'] ?? []),
      ...(SPEC.properties?.timeouts['x-kubernetes-validations'] ?? []),
      ...(SPEC.properties?.gate['x-kubernetes-validations'] ?? []),
    ];
    for (const { at, cel } of SPEC_RULES) {
      if (cel && at !== 'schedule') expect(shipped).toContainEqual(cel);
    }
  });

  it.each(
    SPEC_RULES.flatMap(({ at, cel, problems }) =>
      cel && problems ? [{ at, cel, problems, says: cel.message }] : [],
    ),
  )('are judged alike in CEL and in words: $says', rule => {
    const { at, cel, problems } = rule;
    const seen = { broken: 0, kept: 0 };
    fc.assert(
      fc.property(spec, value => {
        const broken = problems(value).length > 0;
        seen[broken ? 'broken' : 'kept'] += 1;
        const part = at === 'timeouts' || at === 'gate' ? at : undefined;
        expect(breaks(value, cel, part)).toBe(broken);
      }),
      { numRuns: 150, seed: 7 },
    );
    // Both kinds were among them, or nothing was shown.
    expect(Math.min(seen.broken, seen.kept)).toBeGreaterThan(10);
  });
});
