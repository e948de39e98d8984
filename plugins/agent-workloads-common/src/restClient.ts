import { ResponseError } from '@backstage/errors';
import createClient from 'openapi-fetch';
import { PLUGIN_ID } from './permissions';
import type { paths } from './rest';

/** The part of Backstage's fetchApi that the client needs; it resolves `plugin://` URLs and adds the token. @public */
export interface FetchApi {
  fetch: typeof fetch;
}

/** The routes of the backend, as its description has them. Throws ResponseError when the answer is not 2xx. */
export function createRestClient(fetchApi: FetchApi) {
  const client = createClient<paths>({
    baseUrl: `plugin://${PLUGIN_ID}`,
    querySerializer,
    // Each middleware of Backstage makes a Request of what it is given, which uses up the body of another Request: they
    // get an address, and what to send there.
    fetch: async request =>
      fetchApi.fetch(request.url, {
        method: request.method,
        headers: request.headers,
        body: (await request.text()) || undefined,
        signal: request.signal,
      }),
  });
  client.use({
    async onResponse({ response }) {
      if (!response.ok) throw await ResponseError.fromResponse(response);
    },
  });
  return { get: client.GET, post: client.POST, delete: client.DELETE };
}

/** Lists are repeated; what is absent or empty is left out. */
function querySerializer(query: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    const values: unknown[] = Array.isArray(value) ? value : [value];
    values
      .filter(one => one !== undefined && one !== '')
      .forEach(one => params.append(name, String(one)));
  }
  return params.toString();
}
