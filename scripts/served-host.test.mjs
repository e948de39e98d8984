// One rule in several packages, for these import none of ours: which Host header a service on loopback answers.
import { describe, expect, it } from '@jest/globals';
import { loadModule } from './load-module.mjs';

const RULE = 'api/src/hosts.ts';
const COPIES = [
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

describe.each(COPIES)('%s', file => {
  it('serves and refuses what the rule does, in its words', async () => {
    const [rule, copy] = await Promise.all([RULE, file].map(loadModule));
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
