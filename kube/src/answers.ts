import type { Dispatcher } from 'undici';
import { ApiError } from './errors';
import type { ListPage } from './types';

function retryAfterMs(header: unknown): number | undefined {
  const seconds = Number(Array.isArray(header) ? header[0] : header);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : undefined;
}

interface StatusBody {
  reason?: string;
  message?: string;
  details?: { name?: string };
}

function parseStatus(text: string): StatusBody {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? body : {};
  } catch {
    // Not every proxy before an API server answers with a Status.
    return {};
  }
}

/** What became of the request is not known. */
export function noAnswer(what: string, cause: unknown): ApiError {
  const why = cause instanceof Error ? cause.message : String(cause);
  // The code is enough for people: the text may hold more than they should see.
  const { code, name } = (cause ?? {}) as { code?: string; name?: string };
  return new ApiError(`${what}: no answer (${why})`, 0, 'NoAnswer', undefined, {
    cause,
    said: `the API server can't be reached (${code ?? name ?? 'no answer'})`,
  });
}

export async function toError(
  what: string,
  response: Dispatcher.ResponseData,
): Promise<ApiError> {
  const text = await response.body.text().catch(() => '');
  const { reason = '', message, details } = parseStatus(text);
  return new ApiError(
    `${what}: ${response.statusCode} ${message ?? reason}`.slice(0, 1000),
    response.statusCode,
    reason,
    retryAfterMs(response.headers['retry-after']),
    {
      objectName: details?.name,
      said: message ?? `the API server answered ${response.statusCode}`,
    },
  );
}

export function toPage(body: unknown): ListPage<unknown> {
  const list = body as {
    apiVersion?: string;
    items?: unknown[] | null;
    metadata?: { resourceVersion?: string; continue?: string };
  };
  return {
    items: list.items ?? [],
    resourceVersion: list.metadata?.resourceVersion ?? '',
    continue: list.metadata?.continue || undefined,
  };
}
