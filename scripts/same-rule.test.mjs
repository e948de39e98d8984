// One rule in several packages, for these import none of ours that has it. Their copies are held to the rule of `api`.
import { describe, expect, it } from '@jest/globals';
import { loadModule } from './load-module.mjs';

/** Which Host header a service on loopback answers. */
const HOSTS = 'api/src/hosts.ts';
const COPIES_OF_HOSTS = [
  'embedded/kube-api/src/http/served-host.ts',
  'embedded/services/src/served-host.ts',
  'demo/src/served-host.ts',
  'egress/src/served-host.ts',
];

/** Header, and the names that are served besides those of loopback. */
const REQUESTS = [
  ['localhost'],
  ['LOCALHOST:7007'],
  ['localhost.:7007'],
  ['127.0.0.1:9000'],
  ['[::1]:6443'],
  ['Box.lan:7007', ['box.LAN']],
  [undefined],
  [''],
  ['evil.example:7007'],
  ['evil.localhost'],
  ['localhost.evil.example'],
  ['127.0.0.2'],
  ['[::ffff:127.0.0.1]'],
  ['localhost:7007@evil.example'],
  ['localhost, evil.example'],
  ['localhost/evil'],
  ['localhost:port'],
  ['[localhost]'],
  ['other.lan', ['box.lan']],
];

describe.each(COPIES_OF_HOSTS)('%s', file => {
  it('serves and refuses what the rule does, in its words', async () => {
    const [rule, copy] = await Promise.all([HOSTS, file].map(loadModule));
    const judged = ({ isServedHost, hostRefusal }) =>
      REQUESTS.map(([header, names]) => [
        header,
        isServedHost(header, names),
        // The demo site answers in words of its own.
        copy.hostRefusal && hostRefusal(header),
      ]);
    expect(judged(copy)).toEqual(judged(rule));
    expect(judged(rule).filter(([, served]) => served)).toHaveLength(6);
  });
});

/** What a log shows of an address. */
const LOGGED = [
  'of https://example.com/a?token=1#b and of http://user:pass@example.com/',
  '{"url":"postgres://me:secret@db:5432/x?sslmode=off"}',
  'no address: a@b, 1/2?3',
];

describe.each([
  'embedded/argo-engine/src/mask-urls.ts',
  'egress/src/mask-urls.ts',
])('%s', file => {
  it('takes the same out of a line as the rule does', async () => {
    const [rule, copy] = await Promise.all(
      ['api/src/mask-urls.ts', file].map(loadModule),
    );
    const masked = LOGGED.map(copy.maskUrls);
    expect(masked).toEqual(LOGGED.map(rule.maskUrls));
    expect(masked.map((line, at) => line !== LOGGED[at])).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('what steps, portal and egress proxy know of each other', () => {
  it('is the names of the headers that say why', async () => {
    const [rule, proxy] = await Promise.all(
      ['api/src/egress.ts', 'egress/src/exchange.ts'].map(loadModule),
    );
    const { BLOCKED_HEADER, FAILED_HEADER } = proxy;
    expect(BLOCKED_HEADER).toBe('x-egress-blocked');
    expect(rule).toMatchObject({ BLOCKED_HEADER, FAILED_HEADER });
  });

  it('is how the credential of a visit is made and read', async () => {
    const [steps, portal, proxy] = await Promise.all(
      [
        'agents/src/clients/visit-credential.ts',
        'plugins/agent-workloads-backend/src/checks/visitCredential.ts',
        'egress/src/visit.ts',
      ].map(loadModule),
    );
    const grant = {
      run: 'a-run',
      target: '[::1]:8080',
      deny: ['*.evil.example', '10.0.0.1:80'],
    };
    const made = steps.visitCredential(grant, 'token-of-the-proxy');
    expect(portal.visitCredential(grant, 'token-of-the-proxy')).toEqual(made);
    expect(made).toEqual(proxy.visitCredential(grant, 'token-of-the-proxy'));
    const { username, password } = made;
    const basic = Buffer.from(`${username}:${password}`).toString('base64');
    const read = proxy.createVisitReader('token-of-the-proxy');
    expect(
      read({ headers: { 'proxy-authorization': `Basic ${basic}` } }),
    ).toEqual({
      run: 'a-run',
      target: { host: '::1', port: 8080 },
      deny: [{ name: '*.evil.example' }, { name: '10.0.0.1', port: 80 }],
    });
  });
});
