import { describe, expect, it } from '@jest/globals';
import { CelEngine } from '../cel/engine';
import type { Json } from '../json';
import type { StructuralSchema, ValidationRule } from '../model';
import { celErrors } from './cel-rules';

const engine = new CelEngine();

function judge(
  value: Json,
  old: Json | undefined,
  properties: Record<string, StructuralSchema>,
  ...rules: (string | ValidationRule)[]
): string[] {
  const spec: StructuralSchema = {
    type: 'object',
    properties,
    'x-kubernetes-validations': rules.map(rule =>
      typeof rule === 'string' ? { rule } : rule,
    ),
  };
  return celErrors(
    { spec: value },
    old === undefined ? undefined : { spec: old },
    { type: 'object', properties: { spec } },
    engine,
  ).map(({ field, message }) => `${field}: ${message}`);
}

const text: StructuralSchema = { type: 'string' };
const whole: StructuralSchema = { type: 'integer' };

describe('x-kubernetes-validations', () => {
  it.each<[string, Json, Record<string, StructuralSchema>]>([
    ['self.n + 1 == 3', { n: 2 }, { n: whole }],
    ['self.f > 1.5', { f: 2 }, { f: { type: 'number' } }],
    ['!has(self.a) || self.a == "x"', {}, { a: text }],
    ['size(self.a) <= 3', { a: 'äöü' }, { a: text }],
    [
      "self.l.all(u, u.startsWith('http') && isURL(u) && url(u).getHost() != '')",
      { l: ['https://a.b/c'] },
      { l: { type: 'array', items: text } },
    ],
    [
      "self.l.exists_one(x, x == 'a') && self.l.map(x, x + '!').join(',') == 'a!,b!'",
      { l: ['a', 'b'] },
      { l: { type: 'array', items: text } },
    ],
    [
      "self.m.all(k, k.matches('^[a-z]+$') && size(self.m[k]) < 3)",
      { m: { a: 'xy' } },
      { m: { type: 'object', additionalProperties: text } },
    ],
    [
      "duration(self.a) >= duration('10s') && duration(self.a) <= duration('24h')",
      { a: '90s' },
      { a: text },
    ],
    [
      'self.t > timestamp("2026-01-01T00:00:00Z")',
      { t: '2026-02-01T00:00:00Z' },
      { t: { type: 'string', format: 'date-time' } },
    ],
    ['self.__namespace__ == "x"', { namespace: 'x' }, { namespace: text }],
    ['self.a__dash__b == "x"', { 'a-b': 'x' }, { 'a-b': text }],
    ["self.a.lowerAscii() in ['x', 'y']", { a: 'X' }, { a: text }],
    [
      'self.l.isSorted() && self.l.sum() == 6 && self.l.max() == 3 && self.l.indexOf(2) == 1',
      { l: [1, 2, 3] },
      { l: { type: 'array', items: whole } },
    ],
    ["self.a.find('[0-9]+') == '12'", { a: 'x12y3' }, { a: text }],
  ])('holds: %s', (rule, value, properties) => {
    expect(judge(value, undefined, properties, rule)).toEqual([]);
  });

  it('tells message, messageExpression, the rule, or the error', () => {
    const value = { n: 1 };
    const properties = { n: whole, m: whole };
    expect(
      judge(
        value,
        undefined,
        properties,
        { rule: 'self.n == 2', message: 'not two' },
        { rule: 'self.n == 2', messageExpression: "'is ' + string(self.n)" },
        { rule: 'self.n == 2', messageExpression: 'string(self.m)' },
        { rule: 'self.m == 2' },
      ),
    ).toEqual([
      'spec: Invalid value: not two',
      'spec: Invalid value: is 1',
      'spec: Invalid value: failed rule: self.n == 2',
      'spec: Invalid value: "object": no such key: m evaluating rule: self.m == 2',
    ]);
  });

  it('tells reason and fieldPath', () => {
    const rule = 'self.n == 2';
    expect(
      judge(
        { n: 1 },
        undefined,
        { n: whole },
        { rule, message: 'x', reason: 'FieldValueForbidden', fieldPath: '.n' },
        { rule, message: 'x', reason: 'FieldValueRequired' },
      ),
    ).toEqual(['spec.n: Forbidden: x', 'spec: Required value: x']);
  });

  it('compares with the old value on change alone', () => {
    const rule = { rule: 'self == oldSelf', message: 'fixed' };
    expect(judge({ n: 1 }, undefined, { n: whole }, rule)).toEqual([]);
    expect(judge({ n: 1 }, { n: 1 }, { n: whole }, rule)).toEqual([]);
    expect(judge({ n: 1 }, { n: 2 }, { n: whole }, rule)).toEqual([
      'spec: Invalid value: fixed',
    ]);
    expect(judge({ n: 1 }, {}, { n: whole }, rule)).toHaveLength(1);
  });

  it('finds the old item of a list by its keys, and none in other lists', () => {
    const items: StructuralSchema = {
      type: 'object',
      properties: { k: text, n: whole },
      'x-kubernetes-validations': [
        { rule: 'self.n >= oldSelf.n', message: 'shrunk' },
      ],
    };
    const keyed: StructuralSchema = {
      type: 'array',
      items,
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['k'],
    };
    const now = {
      l: [
        { k: 'b', n: 1 },
        { k: 'a', n: 5 },
      ],
    };
    const before = {
      l: [
        { k: 'a', n: 3 },
        { k: 'b', n: 2 },
      ],
    };
    expect(judge(now, before, { l: keyed })).toEqual([
      'spec.l[0]: Invalid value: shrunk',
    ]);
    expect(judge(now, before, { l: { type: 'array', items } })).toEqual([]);
  });
});
