import { breach, openapi, type Answer } from '../__testUtils__/contract';
import type { HandlerContext } from '../handlers/context';
import { createRouter } from '../router';

/** No handler looks at it before a request. */
const noContext = {} as HandlerContext;

const routes = () =>
  createRouter(noContext)
    .stack.flatMap(({ route }) =>
      route
        ? Object.keys(
            (route as unknown as { methods: Record<string, boolean> }).methods,
          ).map(
            method =>
              `${method} ${route.path.replace(/:([A-Za-z]+)/g, '{$1}')}`,
          )
        : [],
    )
    .sort();

describe('the description of the REST API', () => {
  it('has every route, and no other', () => {
    const described = Object.entries(openapi.paths)
      .flatMap(([path, methods]) =>
        Object.keys(methods).map(method => `${method} ${path}`),
      )
      .sort();
    expect(described).toEqual(routes());
    expect(described.length).toBeGreaterThan(25);
  });

  it('names each operation once', () => {
    const names = Object.values(openapi.paths)
      .flatMap(methods => Object.values(methods))
      .map(({ operationId }) => operationId);
    expect(new Set(names).size).toBe(names.length);
  });

  const answer = (more: Partial<Answer>): Answer => ({
    method: 'GET',
    url: '/changes/visit',
    status: 200,
    type: 'application/json; charset=utf-8',
    body: {},
    ...more,
  });

  it.each<[string, Partial<Answer>, RegExp]>([
    [
      'another field',
      { method: 'POST', body: { since: '2026-01-01T00:00:00Z' } },
      /visitChanges .*must NOT have additional properties/,
    ],
    [
      'no time',
      { method: 'POST', body: { unreadSince: 'today' } },
      /visitChanges .*must match format "date-time"/,
    ],
    [
      'a field too few',
      { url: '/gates', body: { items: [] } },
      /listGates .*must have required property 'clusters'/,
    ],
    [
      'another status',
      { url: '/gates', status: 204, type: '' },
      /listGates answered 204, which is not described/,
    ],
    [
      'another type',
      { url: '/changes.csv?kind=price' },
      /getChangesCsv .*"application\/json; charset=utf-8", which is not described/,
    ],
    [
      'an error of another form',
      { url: '/gates', status: 403, body: { message: 'no' } },
      /listGates .*must have required property 'error'/,
    ],
  ])('is broken by %s', (_what, more, sentence) => {
    expect(breach(answer(more))).toMatch(sentence);
  });

  it('is kept by what it says', () => {
    expect(breach(answer({ method: 'POST' }))).toBeUndefined();
    expect(
      breach(answer({ url: '/gates', body: { items: [], clusters: [] } })),
    ).toBeUndefined();
  });
});
