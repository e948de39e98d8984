import { describe, expect, it } from '@jest/globals';
import { hostRefusal, isLoopbackAddress, isServedHost } from './hosts';

describe('a service on loopback', () => {
  it.each([
    'localhost',
    'localhost:7007',
    'LOCALHOST:7007',
    'localhost.:7007',
    '127.0.0.1:9000',
    '[::1]:6443',
    '[::1]',
  ])('serves %s', header => {
    expect(isServedHost(header)).toBe(true);
  });

  it.each([
    undefined,
    '',
    'loop.test:7007',
    'evil.example',
    'localhost.evil.example',
    'evil-localhost',
    'evil.localhost',
    '127.0.0.1.nip.io:7007',
    '127.0.0.2',
    '[::ffff:127.0.0.1]',
    '0.0.0.0:7007',
    'localhost:7007@evil.example',
    'localhost, evil.example',
    'localhost/evil',
    'localhost:port',
    '[localhost]',
  ])('does not serve %j', header => {
    expect(isServedHost(header)).toBe(false);
  });

  it('serves the further names that it is given, and no others', () => {
    expect(isServedHost('Box.lan:7007', ['box.lan'])).toBe(true);
    expect(isServedHost('box.LAN', ['BOX.lan'])).toBe(true);
    expect(isServedHost('other.lan', ['box.lan'])).toBe(false);
  });

  it('says what it refused, and what can be done', () => {
    expect(hostRefusal('evil.example:7007')).toBe(
      'evil.example is not served here: open it as localhost, or start with --allow-host NAME',
    );
    expect(hostRefusal('<script>')).toContain('<script>');
    expect(hostRefusal('a b')).toContain('a request without a host');
  });
});

it.each([
  ['127.0.0.1', true],
  ['localhost', true],
  ['::1', true],
  ['0.0.0.0', false],
  ['10.0.0.1', false],
  ['1127.0.0.1', false],
  ['127.10.200.30', true],
  ['[::1]', true],
  ['127.0.0.1.example.com', false],
  ['localhost.example.com', false],
  ['::1:2', false],
])('%s is an address of this machine alone: %s', (address, expected) => {
  expect(isLoopbackAddress(address)).toBe(expected);
});
