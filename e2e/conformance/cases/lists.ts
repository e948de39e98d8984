import { expect } from '@jest/globals';
import {
  type Case,
  CONFIG_MAPS,
  configMap,
  get,
  merge,
  post,
  remove,
  template,
  TEMPLATES,
} from '../model';

const three = (lot: string): Case['given'] =>
  ['1', '2', '3'].map(number =>
    post(
      CONFIG_MAPS,
      configMap(`${lot}-${number}`, {
        labels: { lot, number, ...(number === '1' && { first: '' }) },
      }),
    ),
  );
const selected = (lot: string, selector: string, rest = '') =>
  get(
    `${CONFIG_MAPS}?labelSelector=${encodeURIComponent(
      `lot=${lot},${selector}`,
    )}${rest}`,
  );
const names = (...list: string[]) => ({
  code: 200,
  object: {
    kind: 'ConfigMapList',
    items: list.map(name =>
      expect.objectContaining({ metadata: expect.objectContaining({ name }) }),
    ),
  },
});

export const LISTS: readonly Case[] = [
  ['number=2', ['2']],
  ['number!=2', ['1', '3']],
  ['number in (1,3)', ['1', '3']],
  ['number notin (1,3)', ['2']],
  ['first', ['1']],
  ['!first', ['2', '3']],
].map(([selector, found], index) => ({
  what: `labels: ${selector as string}`,
  given: three(`lot${index}`),
  request: selected(`lot${index}`, selector as string),
  expected: names(
    ...(found as string[]).map(number => `lot${index}-${number}`),
  ),
}));

export const PAGES: readonly Case[] = [
  {
    what: 'a field: the name',
    given: three('fields'),
    request: get(`${CONFIG_MAPS}?fieldSelector=metadata.name%3Dfields-2`),
    expected: names('fields-2'),
  },
  {
    what: 'a field that can’t be selected by',
    request: get(`${TEMPLATES}?fieldSelector=spec.entrypoint%3Da`),
    expected: { code: 400, reason: 'BadRequest', says: 'not supported' },
  },
  {
    what: 'labels that can’t be read',
    request: get(`${CONFIG_MAPS}?labelSelector=a%3D%3D%3Db`),
    expected: { code: 400, reason: 'BadRequest' },
  },
  {
    what: 'a first page',
    given: three('page'),
    request: get(`${CONFIG_MAPS}?limit=1`),
    expected: {
      code: 200,
      object: {
        items: [expect.anything()],
        metadata: {
          continue: expect.any(String),
          remainingItemCount: expect.any(Number),
        },
      },
    },
  },
  {
    what: 'a last page',
    given: [...(three('rest') ?? []), selected('rest', 'number', '&limit=2')],
    request: given =>
      selected(
        'rest',
        'number',
        `&limit=2&continue=${encodeURIComponent(
          String(given.at(-1)?.object.metadata.continue),
        )}`,
      ),
    expected: names('rest-3'),
  },
  {
    what: 'a page after a token that is none',
    request: get(`${CONFIG_MAPS}?limit=1&continue=nonsense`),
    expected: { code: 400, reason: 'BadRequest' },
  },
];

const watch = (query: string) =>
  get(`${CONFIG_MAPS}?watch=true&timeoutSeconds=1&${query}`);
const event = (type: string, name: string) =>
  expect.objectContaining({
    type,
    object: expect.objectContaining({
      metadata: expect.objectContaining({ name }),
    }),
  });
const events = (...list: unknown[]) => ({
  code: 200,
  object: { events: list },
});

export const WATCHES: readonly Case[] = [
  {
    what: 'from a version on: created, changed, deleted',
    given: [
      get(CONFIG_MAPS),
      post(CONFIG_MAPS, configMap('seen')),
      merge(`${CONFIG_MAPS}/seen`, { data: { a: '9' } }),
      remove(`${CONFIG_MAPS}/seen`),
    ],
    request: ([list]) =>
      watch(
        `fieldSelector=metadata.name%3Dseen&resourceVersion=${list?.object.metadata.resourceVersion}`,
      ),
    expected: events(
      event('ADDED', 'seen'),
      event('MODIFIED', 'seen'),
      event('DELETED', 'seen'),
    ),
  },
  {
    what: 'an object enters and leaves a selection',
    given: [
      post(CONFIG_MAPS, configMap('moves')),
      merge(`${CONFIG_MAPS}/moves`, { metadata: { labels: { lot: 'in' } } }),
      merge(`${CONFIG_MAPS}/moves`, { metadata: { labels: { lot: 'out' } } }),
    ],
    request: ([first]) =>
      watch(
        `labelSelector=lot%3Din&resourceVersion=${first?.object.metadata.resourceVersion}`,
      ),
    expected: events(event('ADDED', 'moves'), event('DELETED', 'moves')),
  },
  {
    what: 'without a version what is there comes first',
    given: [post(CONFIG_MAPS, configMap('there'))],
    request: watch('fieldSelector=metadata.name%3Dthere'),
    expected: events(event('ADDED', 'there')),
  },
  {
    what: 'with bookmarks',
    given: [get(TEMPLATES)],
    meanwhile: post(TEMPLATES, template('marked')),
    request: ([list]) =>
      get(
        `${TEMPLATES}?watch=true&timeoutSeconds=5&allowWatchBookmarks=true&resourceVersion=${list?.object.metadata.resourceVersion}`,
      ),
    expected: {
      code: 200,
      object: {
        events: expect.arrayContaining([
          expect.objectContaining({ type: 'BOOKMARK' }),
        ]),
      },
    },
  },
  {
    what: 'from a version that is forgotten: 410, to list anew',
    request: get(
      '/api/v1/namespaces?watch=true&timeoutSeconds=1&resourceVersion=1',
    ),
    expected: events(
      expect.objectContaining({
        type: 'ERROR',
        object: expect.objectContaining({ code: 410, reason: 'Expired' }),
      }),
    ),
    // Nothing is forgotten since its data folder was made, a moment ago.
    standalone: {
      code: 200,
      object: {
        events: expect.arrayContaining([
          expect.objectContaining({ type: 'ADDED' }),
        ]),
      },
    },
  },
];
