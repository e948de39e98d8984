import { describe, expect, it } from '@jest/globals';
import type { AuthorizationAttributes } from '../auth/rbac';
import { authorizerFor, authorizerFunctions } from './authorizer';
import { CelEngine, errorText } from './engine';
import { dynamicValue } from './values';

const engine = new CelEngine();
const evaluate = (source: string, object: object = {}) =>
  engine
    .compile(source, ['object'])
    .run({ object: dynamicValue(object as never) });

describe('the CEL engine', () => {
  it.each([
    ['foo(1)', "undeclared reference to 'foo'"],
    ['nothing == 1', "undeclared reference to 'nothing'"],
    ['object.?a == 1', 'use has()'],
    ["object.a.format(['x']).foo()", "undeclared reference to 'foo'"],
    ['optional.of(1) == 1', "undeclared reference to 'optional.of'"],
    ['object.all(i, v, true)', "undeclared reference to 'all'"],
    ['object.', 'Syntax error'],
  ])('refuses %s by name', (source, text) => {
    expect(() => engine.compile(source, ['object'])).toThrow(text);
  });

  it('knows which variables an expression reads', () => {
    const { variables } = engine.compile('[1].all(x, x > oldSelf.a) && self', [
      'self',
      'oldSelf',
    ]);
    expect([...variables].sort()).toEqual(['oldSelf', 'self']);
  });

  it('reads whole numbers as ints and absent keys as errors', () => {
    expect(evaluate('object.n + 1', { n: 1 })).toBe(2n);
    expect(errorText(evaluate('object.a.b == 1', { a: {} }))).toBe(
      'no such key: b',
    );
    expect(evaluate('has(object.a) && object.a == 1', {})).toBe(false);
    expect(
      evaluate('object.metadata.namespace', { metadata: { namespace: 'x' } }),
    ).toBe('x');
  });

  it('compares whole objects', () => {
    const same = {
      a: { x: [1, 'y', { z: true }] },
      b: { x: [1, 'y', { z: true }] },
    };
    expect(evaluate('object.a == object.b', same)).toBe(true);
    expect(evaluate('object.a == object.b', { a: { x: 1 }, b: { x: 2 } })).toBe(
      false,
    );
  });

  it('compares sets and takes addresses apart', () => {
    expect(evaluate("sets.contains(['a', 'b'], ['b'])")).toBe(true);
    expect(evaluate("url('https://u@h.io:8443/a/b?c').getHost()")).toBe(
      'h.io:8443',
    );
    expect(evaluate("url('https://h.io:8443/a').getPort()")).toBe('8443');
    expect(evaluate("url('https://h.io/a/b?c').getEscapedPath()")).toBe('/a/b');
    expect(evaluate("isURL('not a url')")).toBe(false);
  });
});

describe('authorizer', () => {
  it('asks with every part that was named, as the user of the request', () => {
    const asked: [string, AuthorizationAttributes][] = [];
    const engineWith = new CelEngine(
      authorizerFunctions((user, attributes) => {
        asked.push([user.username, attributes]);
        return attributes.verb === 'approve';
      }),
    );
    const user = { username: 'ann', groups: [], extra: {} };
    const run = (source: string) =>
      engineWith
        .compile(source, ['authorizer'])
        .run({ authorizer: authorizerFor(user) });
    expect(
      run(
        "authorizer.group('g').resource('r').subresource('s').namespace('n').name('x').check('approve').allowed()",
      ),
    ).toBe(true);
    expect(
      run(
        "authorizer.serviceAccount('n', 'sa').path('/healthz').check('get').allowed()",
      ),
    ).toBe(false);
    expect(asked).toEqual([
      [
        'ann',
        {
          group: 'g',
          resource: 'r',
          subresource: 's',
          namespace: 'n',
          name: 'x',
          verb: 'approve',
        },
      ],
      ['system:serviceaccount:n:sa', { path: '/healthz', verb: 'get' }],
    ]);
  });
});
