import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import {
  createVisitReader,
  OPEN_VISIT,
  visitCredential,
  type VisitGrant,
} from './visit';

const TOKEN = 'token-of-the-proxy';
const GRANT: VisitGrant = {
  run: 'uid-1',
  target: 'a.example:443',
  deny: ['*.denied.example'],
};

function asked(password: string, scheme = 'Basic') {
  const value = Buffer.from(`visit:${password}`).toString('base64');
  return {
    headers: { 'proxy-authorization': `${scheme} ${value}` },
  } as IncomingMessage;
}

describe('the credential of a visit', () => {
  it('tells the proxy what the visit is held to', () => {
    const { password } = visitCredential(GRANT, TOKEN);
    expect(createVisitReader(TOKEN)(asked(password))).toEqual({
      run: 'uid-1',
      target: { host: 'a.example', port: 443 },
      deny: [{ name: '*.denied.example' }],
    });
  });

  it('does not hold the token', () => {
    const { username, password } = visitCredential(GRANT, TOKEN);
    const [payload] = password.split('.');
    const shown = `${username}${password}${Buffer.from(payload, 'base64')}`;
    expect(shown).not.toContain(TOKEN);
  });

  const { password } = visitCredential(GRANT, TOKEN);
  const [payload, signature] = password.split('.');
  const wider = Buffer.from(JSON.stringify({ ...GRANT, deny: [] })).toString(
    'base64url',
  );
  it.each([
    ['made with another token', visitCredential(GRANT, 'other').password],
    ['changed by its holder', `${wider}.${signature}`],
    ['without a signature', payload],
    ['with an empty signature', `${payload}.`],
    ['with more behind it', `${password}.x`],
    ['that is empty', ''],
  ])('%s is none', (_what, given) => {
    expect(createVisitReader(TOKEN)(asked(given))).toBeUndefined();
  });

  it('is none when it is signed and not whole', () => {
    const read = createVisitReader(TOKEN);
    for (const grant of [
      { ...GRANT, target: 'no host:x' },
      { ...GRANT, target: undefined },
      { ...GRANT, deny: ['no pattern!'] },
      { ...GRANT, deny: undefined },
      null,
    ]) {
      const forged = visitCredential(grant as VisitGrant, TOKEN);
      expect(read(asked(forged.password))).toBeUndefined();
    }
  });

  it('is not needed by a service that holds the token itself', () => {
    const read = createVisitReader(TOKEN);
    const bearer = { headers: { 'proxy-authorization': `Bearer ${TOKEN}` } };
    expect(read(asked(TOKEN))).toBe(OPEN_VISIT);
    expect(read(bearer as IncomingMessage)).toBe(OPEN_VISIT);
  });

  it('is asked for where the request has none, or one of another kind', () => {
    const read = createVisitReader(TOKEN);
    expect(read({ headers: {} } as IncomingMessage)).toBeUndefined();
    expect(read(asked(password, 'Digest'))).toBeUndefined();
  });
});
