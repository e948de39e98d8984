import { ApiError } from './errors';
import type { WatchEvent } from './types';

/** One line that is longer than this is no Kubernetes object: etcd itself stops at 1.5 MiB. */
const MAX_LINE = 16 * 1024 * 1024;

interface RawEvent {
  type?: string;
  object?: {
    code?: number;
    reason?: string;
    message?: string;
    metadata?: { name?: string; resourceVersion?: string };
    details?: { retryAfterSeconds?: number };
  };
}

function toEvent(line: string): WatchEvent<unknown> {
  let event: RawEvent;
  try {
    event = JSON.parse(line) as RawEvent;
  } catch (cause) {
    throw new ApiError(
      'watch: a line is not JSON, the stream was cut',
      0,
      'BadStream',
      undefined,
      { cause },
    );
  }
  const { type, object } = event;
  if (type === 'ERROR') {
    const seconds = object?.details?.retryAfterSeconds;
    throw new ApiError(
      `watch: ${object?.message ?? 'error'}`,
      object?.code ?? 500,
      object?.reason ?? '',
      seconds ? seconds * 1000 : undefined,
    );
  }
  if (type === 'BOOKMARK' && object?.metadata?.resourceVersion) {
    return {
      type,
      resourceVersion: object.metadata.resourceVersion,
    };
  }
  const known = type === 'ADDED' || type === 'MODIFIED' || type === 'DELETED';
  if (!known || !object?.metadata?.name) {
    throw new ApiError(`watch: unknown event ${type}`, 0, 'BadStream');
  }
  return { type, object };
}

/**
 * Events from a stream of lines. Characters may be cut between chunks; what stands after the last
 * line break when the stream ends was cut off and is left for the next watch to bring again.
 * @throws ApiError for an ERROR event and for lines that can't be read
 */
export async function* readWatch(
  body: AsyncIterable<Uint8Array>,
  onData: () => void,
): AsyncGenerator<WatchEvent<unknown>> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    onData();
    rest += decoder.decode(chunk, { stream: true });
    let start = 0;
    for (;;) {
      const end = rest.indexOf('\n', start);
      if (end < 0) break;
      const line = rest.slice(start, end).trim();
      start = end + 1;
      if (line) yield toEvent(line);
    }
    rest = rest.slice(start);
    if (rest.length > MAX_LINE) {
      throw new ApiError('watch: a line has no end', 0, 'BadStream');
    }
  }
}
