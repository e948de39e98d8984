import { describe, expect, it } from '@jest/globals';
import { TokenSigner } from './tokens';

const claims = {
  aud: ['x'],
  namespace: 'n',
  serviceAccount: { name: 'sa', uid: 'u' },
};

describe('a token', () => {
  it('is good until its end', () => {
    let now = new Date('2026-01-01T00:00:00Z');
    const signer = new TokenSigner(Buffer.from('key'), () => now);
    const { token, expires } = signer.issue(claims, 600);
    expect(expires.toISOString()).toBe('2026-01-01T00:10:00.000Z');
    expect(signer.verify(token)).toMatchObject(claims);
    now = new Date('2026-01-01T00:10:00Z');
    expect(signer.verify(token)).toBeUndefined();
  });

  it('is nothing under another key, changed, or made up', () => {
    const signer = new TokenSigner(Buffer.from('key'));
    const { token } = signer.issue(claims, 600);
    const [prefix, payload, signature] = token.split('.');
    const forged = Buffer.from(
      Buffer.from(payload, 'base64url').toString().replace('"sa"', '"admin"'),
    ).toString('base64url');
    const bad = [
      `${prefix}.${forged}.${signature}`,
      `${prefix}.${payload}.`,
      `${token}.x`,
      'nonsense',
      '',
    ];
    expect(bad.map(text => signer.verify(text))).toEqual(
      bad.map(() => undefined),
    );
    expect(new TokenSigner(Buffer.from('other')).verify(token)).toBeUndefined();
  });
});
