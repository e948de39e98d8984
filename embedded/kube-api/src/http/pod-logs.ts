import { createReadStream, existsSync, watch, type FSWatcher } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { badRequest, notFound } from '../errors';
import { arrayAt, stringAt } from '../json';
import type { ApiContext } from '../context';
import type { KubeObject, ResourceDef } from '../model';
import { isTrue } from './request-info';

const NAME = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;
const POLL_MS = 500;
const FINAL = ['Succeeded', 'Failed'];

/** GET …/pods/NAME/log; with `follow` until the pod has ended. */
export async function servePodLog(
  context: ApiContext,
  def: ResourceDef,
  target: { namespace: string; name: string },
  query: URLSearchParams,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const pod = context.store.get('pods', target.namespace, target.name);
  if (!pod) throw notFound(def, target.name);
  refuseUnsupported(query);
  const container = containerOf(pod, query.get('container'));
  const path = logPath(context, pod, container);
  const follow = isTrue(query.get('follow'));
  const from = await startOffset(path, query);
  const limit = Number(query.get('limitBytes') ?? Infinity);
  res.writeHead(200, {
    'content-type': 'text/plain',
    'cache-control': 'no-cache, private',
  });
  res.flushHeaders();
  const sent = await copy(path, from, limit, res);
  if (!follow || sent >= limit) {
    res.end();
    return;
  }
  await followLog(
    {
      path,
      isOver: () => {
        const live = context.store.get('pods', target.namespace, target.name);
        const phase = stringAt(live, 'status', 'phase') ?? '';
        return live?.metadata.uid !== pod.metadata.uid || FINAL.includes(phase);
      },
    },
    from + sent,
    req,
    res,
  );
}

function refuseUnsupported(query: URLSearchParams): void {
  for (const name of ['previous', 'timestamps']) {
    if (isTrue(query.get(name))) {
      throw badRequest(`${name} is not supported by the embedded API server`);
    }
  }
  if (query.has('sinceSeconds') || query.has('sinceTime')) {
    throw badRequest(
      'sinceSeconds and sinceTime are not supported by the embedded API server',
    );
  }
}

function containerOf(pod: KubeObject, wanted: string | null): string {
  const names = [
    ...arrayAt(pod, 'spec', 'containers'),
    ...arrayAt(pod, 'spec', 'initContainers'),
  ].map(container => stringAt(container, 'name') ?? '');
  const main = arrayAt(pod, 'spec', 'containers');
  if (!wanted) {
    if (main.length === 1) return names[0];
    throw badRequest(
      `a container name must be specified for pod ${
        pod.metadata.name
      }, choose one of: [${names.join(' ')}]`,
    );
  }
  if (names.includes(wanted)) return wanted;
  throw badRequest(
    `container ${wanted} is not valid for pod ${pod.metadata.name}`,
  );
}

/** Names come from stored objects, and are checked all the same before they become a path. */
function logPath(
  context: ApiContext,
  pod: KubeObject,
  container: string,
): string {
  const { namespace = '', name } = pod.metadata;
  const parts = [namespace, name, container];
  if (!context.podLogsDir) {
    throw badRequest('no folder of pod logs is configured (POD_LOGS_DIR)');
  }
  if (!parts.every(part => NAME.test(part) && !part.includes('..'))) {
    throw badRequest(`no log for container ${container}`);
  }
  return join(context.podLogsDir, namespace, name, `${container}.log`);
}

async function startOffset(
  path: string,
  query: URLSearchParams,
): Promise<number> {
  const lines = query.get('tailLines');
  if (lines === null || !existsSync(path)) return 0;
  return tailOffset(path, Number(lines));
}

/** Where the last `lines` lines begin; reads backwards in blocks. */
async function tailOffset(path: string, lines: number): Promise<number> {
  const { size } = await stat(path);
  if (!(lines > 0)) return size;
  const file = await open(path);
  const block = Buffer.alloc(64 * 1024);
  let seen = 0;
  let end = size;
  try {
    while (end > 0) {
      const begin = Math.max(0, end - block.length);
      await file.read(block, 0, end - begin, begin);
      for (let index = end - begin - 1; index >= 0; index--) {
        const last = begin + index === size - 1;
        if (block[index] === 10 && !last && ++seen === lines) {
          return begin + index + 1;
        }
      }
      end = begin;
    }
  } finally {
    await file.close();
  }
  return 0;
}

/** @returns how many bytes were sent */
async function copy(
  path: string,
  from: number,
  limit: number,
  res: ServerResponse,
): Promise<number> {
  if (!existsSync(path) || limit <= 0) return 0;
  let sent = 0;
  const end = Number.isFinite(limit) ? from + limit - 1 : Infinity;
  for await (const chunk of createReadStream(path, { start: from, end })) {
    sent += (chunk as Buffer).length;
    if (!res.write(chunk)) {
      await new Promise<void>(resolve => {
        res.once('drain', resolve);
        res.once('close', resolve);
      });
    }
    if (res.destroyed) break;
  }
  return sent;
}

/** Woken by the file system where that works, and by a short clock where not. */
async function followLog(
  log: { path: string; isOver: () => boolean },
  from: number,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  let offset = from;
  let watcher: FSWatcher | undefined;
  let wake: () => void = () => undefined;
  const stop = () => wake();
  req.once('close', stop);
  res.once('close', stop);
  try {
    while (!res.destroyed) {
      const over = log.isOver();
      offset += await copy(log.path, offset, Infinity, res);
      if (over) break;
      if (!watcher && existsSync(log.path)) {
        watcher = watch(log.path, () => wake());
        watcher.on('error', () => watcher?.close());
      }
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, POLL_MS);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  } finally {
    watcher?.close();
    res.end();
  }
}
