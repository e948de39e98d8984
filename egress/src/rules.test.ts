import { describe, expect, it } from '@jest/globals';
import {
  admit as admitVisit,
  canonicalHost,
  isPublicAddress,
  parseHostPattern,
  parseResolveEntry,
  type EgressRules,
} from './rules';
import { parseHostRule } from './host-rules';
import { OPEN_VISIT, type Visit } from './visit';

const admit = (rules: EgressRules, host: string, port: number) =>
  admitVisit(rules, host, port, OPEN_VISIT);

const NONE: EgressRules = { allowedPorts: [80, 443], allow: [], resolve: [] };

/** What is said of a private address that the name resolves to. */
function privateAddress(rules: EgressRules, host: string, port: number) {
  const admission = admit(rules, host, port);
  return admission.kind === 'resolve'
    ? admission.accepts('10.0.0.9')
    : admission;
}

describe('isPublicAddress', () => {
  it.each([
    '127.0.0.1',
    '127.255.255.254',
    '10.0.0.1',
    '10.255.255.255',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '169.254.170.2',
    '100.64.0.1',
    '100.127.255.254',
    '0.0.0.0',
    '0.1.2.3',
    '192.0.0.1',
    '192.0.2.1',
    '192.88.99.1',
    '198.18.0.1',
    '198.19.255.255',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '239.255.255.255',
    '240.0.0.1',
    '255.255.255.255',
    '168.63.129.16',
    '::',
    '::1',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fec0::1',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '::ffff:7f00:1',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
    '2002:7f00:1::',
    '2001::1',
    '2001:db8::1',
    '3fff::1',
    '100::1',
    '5f00::1',
    '::ffff:168.63.129.16',
    // In no special range of any list, and in no range of the Internet either.
    '::2',
    '::7f00:1',
    '::a9fe:a9fe',
    '1::1',
    '200::5',
    '300::1',
    '1fff:ffff::1',
    '4000::1',
    '8000::1',
    'dfff::1',
    'e000::1',
    'fbff::1',
    'fe00::1',
    'not an address',
    '',
  ])('refuses %s', address => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each([
    '8.8.8.8',
    '1.1.1.1',
    '172.15.255.255',
    '172.32.0.1',
    '100.63.255.255',
    '100.128.0.1',
    '2606:4700::1111',
    '2001:4860:4860::8888',
    '2a00:1450:4001::200e',
    '3ffe::1',
    '::ffff:8.8.8.8',
  ])('accepts %s', address => {
    expect(isPublicAddress(address)).toBe(true);
  });
});

describe('canonicalHost', () => {
  it.each([
    ['EXAMPLE.com', 'example.com'],
    ['example.com.', 'example.com'],
    ['2130706433', '127.0.0.1'],
    ['0x7f000001', '127.0.0.1'],
    ['0177.0.0.1', '127.0.0.1'],
    ['127.1', '127.0.0.1'],
    ['0', '0.0.0.0'],
    ['127.0.0.1.', '127.0.0.1'],
    ['[::1]', '::1'],
    ['[::ffff:127.0.0.1]', '::ffff:7f00:1'],
    ['127。0。0。1', '127.0.0.1'],
    ['ⓛocalhost', 'localhost'],
    ['bücher.example', 'xn--bcher-kva.example'],
  ])('%s is %s', (host, canonical) => {
    expect(canonicalHost(host)).toBe(canonical);
  });

  it.each([
    '',
    ' ',
    'a b',
    'user@host',
    'host/path',
    'host#x',
    'host?x',
    '[::1',
    '::1',
    'a:80',
    '%31',
    'a..',
    '.',
  ])('"%s" is no host', host => {
    expect(canonicalHost(host)).toBeUndefined();
  });
});

describe('admit', () => {
  it.each([
    ['169.254.169.254', 80],
    ['metadata.google.internal.', 0],
    ['2130706433', 80],
    ['0x7f.1', 443],
    ['127.1', 80],
    ['0', 80],
    ['[::ffff:7f00:1]', 80],
    ['[fd00:ec2::254]', 80],
    ['127。0。0。1', 80],
    ['168.63.129.16', 80],
    ['user@127.0.0.1', 80],
  ])('refuses %s:%i', (host, port) => {
    expect(admit(NONE, host, port)).toMatchObject({ kind: 'refused' });
  });

  it.each([22, 25, 6379, 5432, 10250, 8080, 0, 65536])(
    'refuses port %i',
    port => {
      expect(admit(NONE, 'example.com', port)).toEqual({
        kind: 'refused',
        reason: 'PORT',
      });
    },
  );

  it('lets names through to the resolver', () => {
    expect(admit(NONE, 'Example.com.', 443)).toMatchObject({
      kind: 'resolve',
      host: 'example.com',
      port: 443,
    });
    expect(privateAddress(NONE, 'example.com', 443)).toBe('PRIVATE_ADDRESS');
  });

  it('allows what the list names, with that port only', () => {
    const rules = {
      ...NONE,
      allow: ['10.0.0.5:8080', '*.corp.test:80', '[::1]:81'].map(
        parseHostPattern,
      ),
    };
    expect(privateAddress(rules, '10.0.0.5', 8080)).toBe('yes');
    expect(admit(rules, '10.0.0.5', 80)).toMatchObject({ kind: 'refused' });
    expect(privateAddress(rules, '[::1]', 81)).toBe('yes');
    expect(privateAddress(rules, 'a.corp.test', 80)).toBe('yes');
    expect(privateAddress(rules, 'corp.test', 80)).toBe('PRIVATE_ADDRESS');
    expect(privateAddress(rules, 'evilcorp.test', 80)).toBe('PRIVATE_ADDRESS');
  });

  it('opens what the list names to the visits of that entry only', () => {
    const rules = {
      ...NONE,
      allow: ['10.0.0.5:8080', '*.corp.test:80'].map(parseHostPattern),
      resolve: [
        parseResolveEntry('demo.localhost:4180=127.0.0.1:4180'),
        parseResolveEntry('moved.test:80=93.184.216.34:80'),
      ],
    };
    const visit = (host: string, port: number): Visit => ({
      run: 'u',
      target: { host, port },
      deny: [],
    });
    const from = (target: Visit, host: string, port: number) => {
      const admission = admitVisit(rules, host, port, target);
      if (admission.kind === 'refused') return admission.reason;
      return admission.kind === 'fixed' ? 'yes' : admission.accepts('10.0.0.9');
    };
    const outside = visit('example.com', 443);
    expect(from(outside, '10.0.0.5', 8080)).toBe('OTHER_TARGET');
    expect(from(outside, 'a.corp.test', 80)).toBe('PRIVATE_ADDRESS');
    expect(from(outside, 'demo.localhost', 4180)).toBe('OTHER_TARGET');
    expect(from(outside, 'moved.test', 80)).toBe('yes');
    const inside = visit('a.corp.test', 80);
    expect(from(inside, 'b.corp.test', 80)).toBe('yes');
    expect(from(inside, '10.0.0.5', 8080)).toBe('OTHER_TARGET');
    expect(from(visit('10.0.0.5', 8080), '10.0.0.5', 8080)).toBe('yes');
    expect(from(visit('demo.localhost', 4180), 'demo.localhost', 4180)).toBe(
      'yes',
    );
  });

  it('refuses what the rules of the run deny, by name and by address', () => {
    const visit: Visit = {
      run: 'u',
      target: { host: 'example.com', port: 443 },
      deny: ['*.denied.test', '93.184.216.34'].map(parseHostRule),
    };
    for (const host of ['a.denied.test', 'A.DENIED.test.', '93.184.216.34']) {
      expect(admitVisit(NONE, host, 443, visit)).toEqual({
        kind: 'refused',
        reason: 'POLICY',
      });
    }
    const behindAName = admitVisit(NONE, 'example.com', 443, visit);
    expect(
      behindAName.kind === 'resolve' && [
        behindAName.accepts('93.184.216.34'),
        behindAName.accepts('8.8.8.8'),
      ],
    ).toEqual(['POLICY', 'yes']);
  });

  it('sends a host where it is told to', () => {
    const rules = {
      ...NONE,
      resolve: [parseResolveEntry('*.localhost:4180=127.0.0.1:4180')],
    };
    expect(admit(rules, 'acme.localhost', 4180)).toEqual({
      kind: 'fixed',
      target: { address: '127.0.0.1', port: 4180 },
    });
    expect(admit(rules, 'acme.localhost', 4181)).toMatchObject({
      kind: 'refused',
    });
    expect(admit(rules, 'localhost', 4180)).toMatchObject({
      kind: 'refused',
      reason: 'PORT',
    });
  });

  it.each([
    '',
    'host',
    'host:',
    'host:0',
    'host:99999',
    'ho st:80',
    'a*b.test:80x',
  ])('refuses the entry "%s"', entry => {
    expect(() => parseHostPattern(entry)).toThrow(RangeError);
  });

  it.each(['a:80', 'a:80=b:80', 'a:80=1.2.3.4', 'a:80=1.2.3.4:80=x'])(
    'refuses to resolve "%s"',
    entry => {
      expect(() => parseResolveEntry(entry)).toThrow(RangeError);
    },
  );
});
