import { describe, expect, it } from '@jest/globals';
import { readNavigationError } from './navigation-error';

describe('readNavigationError', () => {
  it.each([
    [
      'page.goto: net::ERR_NAME_NOT_RESOLVED at http://x',
      { kind: 'reason', reason: 'DNS_FAILED' },
    ],
    [
      'net::ERR_CONNECTION_REFUSED',
      { kind: 'reason', reason: 'CONNECTION_FAILED' },
    ],
    ['net::ERR_SOMETHING_NEW', { kind: 'reason', reason: 'CONNECTION_FAILED' }],
    [
      'net::ERR_CERT_AUTHORITY_INVALID',
      { kind: 'reason', reason: 'TLS_FAILED' },
    ],
    ['net::ERR_SSL_PROTOCOL_ERROR', { kind: 'reason', reason: 'TLS_FAILED' }],
    [
      'net::ERR_TOO_MANY_REDIRECTS',
      { kind: 'reason', reason: 'TOO_MANY_REDIRECTS' },
    ],
    ['net::ERR_UNSAFE_PORT', { kind: 'reason', reason: 'EGRESS_BLOCKED' }],
    ['net::ERR_TUNNEL_CONNECTION_FAILED', { kind: 'ask-proxy' }],
    ['net::ERR_PROXY_CONNECTION_FAILED', { kind: 'proxy-away' }],
    [
      'page.goto: Timeout 30000ms exceeded.',
      { kind: 'reason', reason: 'TIMEOUT' },
    ],
    [
      'Target page, context or browser has been closed',
      { kind: 'browser-lost' },
    ],
    ['Page crashed', { kind: 'browser-lost' }],
    ['what is this', { kind: 'reason', reason: 'CONNECTION_FAILED' }],
  ])('%s', (message, verdict) => {
    expect(readNavigationError(message)).toEqual(verdict);
  });
});
