// One rule in several packages, for these import none of ours that has it. Their copies are held to the rule of `api`.
import { describe, expect, it } from '@jest/globals';
import { loadModule } from './load-module.mjs';

/** Which Host header a service on loopback answers. */
const HOSTS = 'api/src/hosts.ts';
const COPIES_OF_HOSTS = [
  'embedded/kube-api/src/http/served-host.ts',
  'embedded/services/src/served-host.ts',
  'demo/src/served-host.ts',
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

describe('embedded/argo-engine/src/mask-urls.ts', () => {
  it('takes the same out of a line as the rule does', async () => {
    const [rule, copy] = await Promise.all(
      ['api/src/mask-urls.ts', 'embedded/argo-engine/src/mask-urls.ts'].map(
        loadModule,
      ),
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
