import { lookup } from 'node:dns/promises';
import type { Resolver } from './dial';

const LOOPBACK = ['127.0.0.1', '::1'];

/**
 * All addresses of a name. `localhost` and what ends with it is this machine (RFC 6761, 6.3) and asked of nobody:
 * resolvers differ, and one that is asked could answer anything.
 *
 * @param ask the system's resolver; rejects when there is no such name
 */
export function createResolver(
  ask: Resolver = async host =>
    (await lookup(host, { all: true, order: 'verbatim' })).map(
      ({ address }) => address,
    ),
): Resolver {
  return async host =>
    /(^|\.)localhost\.?$/i.test(host) ? [...LOOPBACK] : ask(host);
}
