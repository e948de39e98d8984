import { describe, expect, it } from '@jest/globals';
import { readEnv } from './env';

describe('the environment of the egress proxy', () => {
  it('is read', () => {
    expect(
      readEnv({
        EGRESS_LISTEN: '127.0.0.1:0',
        EGRESS_ALLOW: 'a:1, b:2',
        EGRESS_ALLOWED_PORTS: '80,8443',
        EGRESS_PROXY_TOKEN: 'token-of-the-proxy',
      }),
    ).toMatchObject({
      EGRESS_LISTEN: { host: '127.0.0.1', port: 0 },
      EGRESS_ALLOW: ['a:1', 'b:2'],
      EGRESS_ALLOWED_PORTS: [80, 8443],
      EGRESS_RESOLVE: [],
    });
  });
  it.each([
    ['EGRESS_LISTEN', '3128'],
    ['EGRESS_ALLOWED_PORTS', '80,x'],
    ['EGRESS_PROXY_TOKEN', ''],
    ['EGRESS_PROXY_TOKEN', 'short'],
  ])('refuses %s=%s', (name, value) => {
    expect(() => readEnv({ [name]: value })).toThrow(name);
  });
});
