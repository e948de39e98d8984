import { ApiError, badRequest, expired, fieldError, invalid } from '../errors';
import type { ApiContext } from '../context';
import { apiVersionOf, type KubeObject, type ResourceDef } from '../model';
import { parseSelectors } from '../http/selectors';
import { z } from 'zod';
import { fromStorage } from './versions';
import type { Entry } from '../store/store';

export interface Page {
  entries: Entry[];
  resourceVersion: string;
  continueToken: string;
  remaining?: number;
}

const tokenSchema = z.object({
  v: z.literal('standalone'),
  rv: z.number(),
  after: z.string(),
});

/**
 * Later pages continue after the last name of the page before, on the present
 * state: an older snapshot is not kept.
 */
export function listPage(
  context: ApiContext,
  def: ResourceDef,
  namespace: string | undefined,
  query: URLSearchParams,
): Page {
  checkVersion(context, query);
  const matches = parseSelectors(query, def);
  const limit = parseLimit(query.get('limit'));
  const token = parseToken(query.get('continue'));
  let entries = context.store.list(def.storageKey, namespace);
  if (token) entries = entries.filter(entry => placeOf(entry) > token.after);
  if (matches) {
    entries = entries.filter(entry => matches(fromStorage(def, entry.object)));
  }
  const resourceVersion = String(token?.rv ?? context.store.version());
  if (!limit || entries.length <= limit) {
    return { entries, resourceVersion, continueToken: '' };
  }
  const page = entries.slice(0, limit);
  return {
    entries: page,
    resourceVersion,
    continueToken: Buffer.from(
      JSON.stringify({
        v: 'standalone',
        rv: Number(resourceVersion),
        after: placeOf(page[page.length - 1]),
      }),
    ).toString('base64url'),
    ...(matches ? {} : { remaining: entries.length - limit }),
  };
}

function placeOf(entry: Entry): string {
  const { namespace, name } = entry.object.metadata;
  return namespace ? `${namespace}/${name}` : name;
}

function parseLimit(text: string | null): number {
  if (!text) return 0;
  const limit = Number(text);
  if (!Number.isInteger(limit)) {
    throw badRequest(
      `strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`,
    );
  }
  return Math.max(0, limit);
}

function parseToken(text: string | null): z.infer<typeof tokenSchema> | null {
  if (!text) return null;
  try {
    return tokenSchema.parse(
      JSON.parse(Buffer.from(text, 'base64url').toString()),
    );
  } catch {
    throw badRequest('invalid continue token: continue key is not valid');
  }
}

/** @returns the version of a request, or undefined where it names none */
export function parseVersion(query: URLSearchParams): number | undefined {
  const text = query.get('resourceVersion');
  if (!text || text === '0') return undefined;
  if (!/^\d+$/.test(text)) {
    throw new ApiError(
      500,
      '',
      `resourceVersion: Invalid value: ${JSON.stringify(
        text,
      )}: strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`,
    );
  }
  return Number(text);
}

function checkVersion(context: ApiContext, query: URLSearchParams): void {
  const match = query.get('resourceVersionMatch');
  const options = { group: 'meta.k8s.io', kind: 'ListOptions' };
  if (match && !query.get('resourceVersion')) {
    throw invalid(options, '', [
      fieldError.forbidden(
        'resourceVersionMatch',
        'resourceVersionMatch is forbidden unless resourceVersion is provided',
      ),
    ]);
  }
  const wanted = parseVersion(query);
  const current = context.store.version();
  if (match === 'Exact' && wanted !== undefined && wanted < current) {
    throw expired(
      'The resourceVersion for the provided list is too old: the embedded API server keeps no snapshots.',
    );
  }
  checkNotTooNew(wanted, current);
}

export function checkNotTooNew(
  wanted: number | undefined,
  current: number,
): void {
  if (wanted === undefined || wanted <= current) return;
  throw new ApiError(
    504,
    'Timeout',
    `Timeout: Too large resource version: ${wanted}, current: ${current}`,
    {
      causes: [
        {
          reason: 'ResourceVersionTooLarge',
          message: 'Too large resource version',
        },
      ],
      retryAfterSeconds: 1,
    },
  );
}

/** The list as text: custom objects are joined as they are stored, without parsing. */
export function renderList(def: ResourceDef, page: Page): string {
  const head = {
    kind: def.listKind,
    apiVersion: apiVersionOf(def),
    metadata: listMeta(page),
  };
  const text = JSON.stringify(head);
  const items = page.entries.map(entry => itemText(def, entry));
  return `${text.slice(0, -1)},"items":[${items.join(',')}]}\n`;
}

export function listMeta(page: Page): object {
  return {
    resourceVersion: page.resourceVersion,
    ...(page.continueToken ? { continue: page.continueToken } : {}),
    ...(page.remaining ? { remainingItemCount: page.remaining } : {}),
  };
}

/** Items of built-in lists name no kind, as in the real server. */
function itemText(def: ResourceDef, entry: Entry): string {
  const object = fromStorage(def, entry.object);
  if (!def.custom) {
    const { kind: _kind, apiVersion: _apiVersion, ...rest } = object;
    return JSON.stringify(rest);
  }
  return object === entry.object ? entry.json : JSON.stringify(object);
}

export function pageObjects(def: ResourceDef, page: Page): KubeObject[] {
  return page.entries.map(entry => fromStorage(def, entry.object));
}
