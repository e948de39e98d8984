import { describe, expect, it } from '@jest/globals';
import { SAID, said } from './said';

describe('a sentence of the backend', () => {
  it('is its code, its values and the English words', () => {
    expect(
      said('clusterRefused', { doing: 'start the run', why: 'no quota' }),
    ).toEqual({
      code: 'clusterRefused',
      values: { doing: 'start the run', why: 'no quota' },
      message: 'The cluster refused to start the run: no quota',
    });
  });

  it('takes a value as it is, even one that looks like a place for another', () => {
    const { message } = said('clusterRefused', {
      doing: 'read {{why}}',
      why: '$&',
    });
    expect(message).toBe('The cluster refused to read {{why}}: $&');
  });

  it.each(Object.entries(SAID))('has only whole places: %s', (_code, text) => {
    const rest = text.replace(/\{\{\w+\}\}/g, '');
    expect(rest).not.toMatch(/[{}]/);
  });
});
