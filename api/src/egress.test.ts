import { describe, expect, it } from '@jest/globals';
import { bareHost, failureFromHeaders, portOf } from './egress';

describe('what the egress proxy says', () => {
  it.each([
    [{ 'x-egress-blocked': 'POLICY' }, 'POLICY_DENIED'],
    [{ 'x-egress-blocked': 'PRIVATE_ADDRESS' }, 'EGRESS_BLOCKED'],
    [{ 'x-egress-error': 'DNS_FAILED: no such name' }, 'DNS_FAILED'],
    [{ 'x-egress-error': 'something else' }, undefined],
    [{ server: 'a site' }, undefined],
  ])('in %j is %s', (headers, reason) => {
    expect(failureFromHeaders(headers)).toBe(reason);
  });

  it.each([
    ['http://[::1]/', 80, '::1'],
    ['https://a.example/', 443, 'a.example'],
    ['https://a.example:8443/', 8443, 'a.example'],
  ])('is about the host and port of %s', (address, port, host) => {
    const url = new URL(address);
    expect([portOf(url), bareHost(url.hostname)]).toEqual([port, host]);
  });
});
