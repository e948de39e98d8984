import { describe, expect, it } from '@jest/globals';
import type { Json } from '../json';
import type { StructuralSchema } from '../model';
import { validateSchema } from './validate';

const errors = (value: Json, schema: StructuralSchema) =>
  validateSchema(
    { v: value },
    { type: 'object', properties: { v: schema } },
  ).map(({ field, reason, message }) => `${field} ${reason}: ${message}`);

describe('validateSchema', () => {
  it.each<[string, Json, StructuralSchema, string[]]>([
    ['a fitting string', 'abc', { type: 'string', maxLength: 3 }, []],
    ['characters, not units', '😀😀', { type: 'string', maxLength: 2 }, []],
    [
      'a long string',
      'abcd',
      { type: 'string', maxLength: 3, pattern: '^x$' },
      ['v FieldValueTooLong: Too long: may not be more than 3 bytes'],
    ],
    [
      'a short string',
      '',
      { type: 'string', minLength: 1 },
      [
        'v FieldValueInvalid: Invalid value: "": v in body should be at least 1 chars long',
      ],
    ],
    [
      'another pattern',
      'A',
      { type: 'string', pattern: '^[a-z]+$' },
      [
        'v FieldValueInvalid: Invalid value: "A": v in body should match \'^[a-z]+$\'',
      ],
    ],
    [
      'a wrong type',
      5,
      { type: 'string' },
      [
        'v FieldValueTypeInvalid: Invalid value: "integer": v in body must be of type string: "integer"',
      ],
    ],
    ['a whole number as a number', 5, { type: 'number' }, []],
    [
      'a fraction as an integer',
      5.5,
      { type: 'integer' },
      [
        'v FieldValueTypeInvalid: Invalid value: "number": v in body must be of type integer: "number"',
      ],
    ],
    [
      'a number out of range',
      0,
      { type: 'integer', minimum: 1 },
      [
        'v FieldValueInvalid: Invalid value: 0: v in body should be greater than or equal to 1',
      ],
    ],
    [
      'an excluded bound',
      9,
      { type: 'integer', maximum: 9, exclusiveMaximum: true },
      [
        'v FieldValueInvalid: Invalid value: 9: v in body should be less than 9',
      ],
    ],
    [
      'a number between steps',
      0.3,
      { type: 'number', multipleOf: 0.5 },
      [
        'v FieldValueInvalid: Invalid value: 0.3: v in body should be a multiple of 0.5',
      ],
    ],
    [
      'a value out of an enum',
      'x',
      { type: 'string', enum: ['a', 'b'] },
      [
        'v FieldValueNotSupported: Unsupported value: "x": supported values: "a", "b"',
      ],
    ],
    [
      'too many items',
      ['a', 'b'],
      { type: 'array', maxItems: 1, items: { type: 'string' } },
      ['v FieldValueTooMany: Too many: 2: must have at most 1 items'],
    ],
    [
      'too few items',
      [],
      { type: 'array', minItems: 1, items: { type: 'string' } },
      [
        'v FieldValueInvalid: Invalid value: 0: v in body should have at least 1 items',
      ],
    ],
    [
      'a bad item',
      ['a', 1],
      { type: 'array', items: { type: 'string' } },
      [
        'v[1] FieldValueTypeInvalid: Invalid value: "integer": v[1] in body must be of type string: "integer"',
      ],
    ],
    [
      'too many properties',
      { a: 1, b: 2 },
      { type: 'object', maxProperties: 1 },
      ['v FieldValueTooMany: Too many: 2: must have at most 1 items'],
    ],
    [
      'a missing property',
      {},
      { type: 'object', required: ['a'] },
      ['v.a FieldValueRequired: Required value'],
    ],
    [
      'a bad value of a map',
      { k: 1 },
      { type: 'object', additionalProperties: { type: 'string' } },
      [
        'v.k FieldValueTypeInvalid: Invalid value: "integer": v.k in body must be of type string: "integer"',
      ],
    ],
    ['an allowed null', null, { type: 'string', nullable: true }, []],
    ['an int', 1, { 'x-kubernetes-int-or-string': true }, []],
    ['a string for it', '1', { 'x-kubernetes-int-or-string': true }, []],
    [
      'neither',
      true,
      { 'x-kubernetes-int-or-string': true },
      [
        'v FieldValueTypeInvalid: Invalid value: "boolean": v in body must be of type integer,string: "boolean"',
      ],
    ],
    [
      'a bad time',
      'no',
      { type: 'string', format: 'date-time' },
      [
        'v FieldValueTypeInvalid: Invalid value: "no": v in body must be of type date-time: "no"',
      ],
    ],
    [
      'a time',
      '2026-01-01T00:00:00Z',
      { type: 'string', format: 'date-time' },
      [],
    ],
    ['an unknown format', 'x', { type: 'string', format: 'own' }, []],
    [
      'a double in a set',
      ['a', 'a'],
      {
        type: 'array',
        'x-kubernetes-list-type': 'set',
        items: { type: 'string' },
      },
      ['v[1] FieldValueDuplicate: Duplicate value: "a"'],
    ],
    [
      'a double key',
      [{ k: 1 }, { k: 1 }],
      {
        type: 'array',
        'x-kubernetes-list-type': 'map',
        'x-kubernetes-list-map-keys': ['k'],
        items: { type: 'object', properties: { k: { type: 'integer' } } },
      },
      ['v[1] FieldValueDuplicate: Duplicate value: {"k":1}'],
    ],
  ])('judges %s', (_what, value, schema, expected) => {
    expect(errors(value, schema)).toEqual(expected);
  });

  it('takes exactly one of oneOf, any of anyOf, all of allOf and not the rest', () => {
    const has = (key: string) => ({ required: [key] });
    const one = { type: 'object', oneOf: [has('a'), has('b')] };
    expect(errors({ a: 1 }, one)).toEqual([]);
    expect(errors({ a: 1, b: 1 }, one)[0]).toContain('Found 2 valid');
    expect(errors({}, one)[0]).toContain('Found none valid');
    const any = { type: 'object', anyOf: [has('a'), has('b')] };
    expect(errors({ b: 1 }, any)).toEqual([]);
    expect(errors({}, any)[0]).toContain('(anyOf)');
    expect(
      errors({ a: 1 }, { type: 'object', allOf: [has('b')] })[0],
    ).toContain('(allOf)');
    expect(errors({ a: 1 }, { type: 'object', not: has('a') })[0]).toContain(
      '(not)',
    );
  });
});
