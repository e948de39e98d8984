import {
  CelScalar,
  celFunc,
  celList,
  celMethod,
  isCelMap,
  listType,
  mapType,
  type CelFunc,
  type CelInput,
  type CelList,
  type CelValue,
} from '@bufbuild/cel';
import { strings } from '@bufbuild/cel/ext';
import { canonical } from '../json';

const { BOOL, DYN, INT, STRING } = CelScalar;
const LIST = listType(DYN);
const MAP = mapType(STRING, DYN);
/** A parsed URL travels as a map with this key; CEL has no other open type for it. */
const URL_KEY = '@url';

/**
 * The extension functions of Kubernetes that this subset has, beside CEL's own
 * and the strings library. An expression that calls another is refused by name.
 */
export const KUBERNETES_FUNCTIONS: CelFunc[] = [
  ...strings,
  ...listFunctions(),
  ...regexFunctions(),
  ...urlFunctions(),
  ...setFunctions(),
];

function keyOf(value: CelValue): string {
  const plain = (item: CelValue): unknown => {
    if (typeof item === 'bigint') return Number(item);
    if (isCelMap(item)) {
      return Object.fromEntries(
        [...item].map(([key, child]) => [String(key), plain(child)]),
      );
    }
    if (item && typeof item === 'object' && Symbol.iterator in item) {
      return [...(item as CelList)].map(plain);
    }
    return item;
  };
  return canonical(plain(value));
}

function less(a: CelValue, b: CelValue): boolean {
  const comparable =
    typeof a === typeof b && ['bigint', 'number', 'string'].includes(typeof a);
  if (!comparable) throw new Error('no such overload');
  return (a as string) < (b as string);
}

function listFunctions(): CelFunc[] {
  const items = (list: CelList) => [...list];
  const pick = (list: CelList, better: typeof less): CelInput => {
    const all = items(list);
    if (!all.length) throw new Error('min or max called on empty list');
    return all.reduce((best, item) => (better(item, best) ? item : best));
  };
  const indexOf = (list: CelList, wanted: CelValue, last: boolean) => {
    const keys = items(list).map(keyOf);
    const key = keyOf(wanted);
    return BigInt(last ? keys.lastIndexOf(key) : keys.indexOf(key));
  };
  return [
    celMethod('isSorted', LIST, [], BOOL, function isSorted() {
      return items(this).every(
        (item, index, all) => index === 0 || !less(item, all[index - 1]),
      );
    }),
    celMethod('min', LIST, [], DYN, function min() {
      return pick(this, less);
    }),
    celMethod('max', LIST, [], DYN, function max() {
      return pick(this, (a, b) => less(b, a));
    }),
    celMethod('sum', LIST, [], DYN, function sum() {
      const all = items(this);
      if (all.every(item => typeof item === 'bigint')) {
        return all.reduce<bigint>((a, b) => a + (b as bigint), 0n);
      }
      return all.reduce<number>((a, b) => a + Number(b), 0);
    }),
    celMethod('indexOf', LIST, [DYN], INT, function first(wanted) {
      return indexOf(this, wanted as CelValue, false);
    }),
    celMethod('lastIndexOf', LIST, [DYN], INT, function last(wanted) {
      return indexOf(this, wanted as CelValue, true);
    }),
  ];
}

function regexFunctions(): CelFunc[] {
  return [
    celMethod('find', STRING, [STRING], STRING, function find(pattern) {
      return new RegExp(pattern, 'u').exec(this)?.[0] ?? '';
    }),
    celMethod('findAll', STRING, [STRING], LIST, function findAll(pattern) {
      return celList(
        [...this.matchAll(new RegExp(pattern, 'gu'))].map(match => match[0]),
      );
    }),
  ];
}

/** Like Go's url.ParseRequestURI: absolute, or a rooted path. */
function parseUrl(text: string): URL | undefined {
  const absolute = /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
  if (!absolute && !text.startsWith('/')) return undefined;
  if (/[\s\u0000-\u001f\u007f]/.test(text)) return undefined;
  try {
    return absolute ? new URL(text) : new URL(text, 'path://');
  } catch {
    return undefined;
  }
}

function urlFunctions(): CelFunc[] {
  const read = (value: unknown): { text: string; url: URL } => {
    const text = isCelMap(value) ? value.get(URL_KEY) : undefined;
    const url = typeof text === 'string' ? parseUrl(text) : undefined;
    if (typeof text !== 'string' || !url) throw new Error('no such overload');
    return { text, url };
  };
  const scheme = (url: URL) =>
    url.protocol.replace(/:$/, '').replace('path', '');
  /** As it stands in the text: the URL class drops a default port. */
  const host = (text: string) =>
    /^[^/]*:\/\/(?:[^/?#]*@)?([^/?#]*)/.exec(text)?.[1] ?? '';
  const get = (name: string, pick: (text: string, url: URL) => string) =>
    celMethod(name, MAP, [], STRING, function getter() {
      const { text, url } = read(this);
      return pick(text, url);
    });
  return [
    celFunc('isURL', [STRING], BOOL, text => parseUrl(text) !== undefined),
    celFunc('url', [STRING], MAP, text => {
      if (!parseUrl(text)) {
        throw new Error(
          `URL parse error during conversion from string: ${text}`,
        );
      }
      return { [URL_KEY]: text };
    }),
    get('getScheme', (_text, url) => scheme(url)),
    get('getHost', text => host(text)),
    get('getHostname', text =>
      host(text)
        .replace(/:\d*$/, '')
        .replace(/^\[|\]$/g, ''),
    ),
    get('getPort', text => /:(\d+)$/.exec(host(text))?.[1] ?? ''),
    get(
      'getEscapedPath',
      (text, url) =>
        /^[^/]*:\/\/[^/?#]*([^?#]*)/.exec(text)?.[1] ?? url.pathname,
    ),
  ];
}

function setFunctions(): CelFunc[] {
  const keys = (list: CelList) => new Set([...list].map(keyOf));
  const includes = (a: CelList, b: CelList) => {
    const all = keys(a);
    return [...keys(b)].every(key => all.has(key));
  };
  return [
    celFunc('sets.contains', [LIST, LIST], BOOL, includes),
    celFunc(
      'sets.equivalent',
      [LIST, LIST],
      BOOL,
      (a, b) => includes(a, b) && includes(b, a),
    ),
    celFunc('sets.intersects', [LIST, LIST], BOOL, (a, b) => {
      const all = keys(a);
      return [...keys(b)].some(key => all.has(key));
    }),
  ];
}
