import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { entityLabelValue } from './entity-label';

const sha256 = (text: string) =>
  createHash('sha256').update(text).digest('hex');
const long = `component:default/${'a'.repeat(50)}`;

describe('the label of an entity', () => {
  it.each([
    ['component:default/tidepool', 'component.default.tidepool'],
    ['Component:Default/Tidepool', 'component.default.tidepool'],
    ['api:team-a/v1.prices_x', 'api.team-a.v1.prices_x'],
    [
      `component:default/${'a'.repeat(45)}`,
      `component.default.${'a'.repeat(45)}`,
    ],
    [long, `component.default.${'a'.repeat(34)}-9bd8aea977`],
  ])('of %s is %s', (ref, value) => {
    expect(entityLabelValue(ref, sha256)).toBe(value);
  });

  it('is a value that Kubernetes takes, and another one for each entity', () => {
    const refs = [long, `${long}b`, `${long}c`, 'system:default/a-b'];
    const values = refs.map(ref => entityLabelValue(ref, sha256) ?? '');
    expect(new Set(values).size).toBe(refs.length);
    for (const value of values) {
      expect(value).toMatch(/^[a-z0-9]([a-z0-9._-]{0,61}[a-z0-9])?$/);
    }
  });

  it.each(['tidepool', 'component:a.b/c', 'component:default/c-', ''])(
    'is none of what is no entity: %s',
    ref => {
      expect(entityLabelValue(ref, sha256)).toBeUndefined();
    },
  );
});
