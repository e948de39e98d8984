import { connect, type Socket } from 'node:net';
import type { Admission, BlockReason, Target } from './rules';

/** All addresses of a name, A and AAAA. Rejects when there are none. */
export type Resolver = (host: string) => Promise<string[]>;

export type DialResult =
  | { kind: 'connected'; socket: Socket; address: string }
  | { kind: 'blocked'; reason: BlockReason }
  | { kind: 'failed'; error: 'DNS_FAILED' | 'TIMEOUT' | 'CONNECTION_FAILED' };

type Open = Exclude<Admission, { kind: 'refused' }>;

/**
 * Connects to what the admission allows. A name is resolved once; if a single one of its addresses is not
 * public, none is used, and what is dialled is the address that was checked, never the name.
 */
export async function dial(
  admission: Open,
  resolver: Resolver,
  timeoutMs: number,
): Promise<DialResult> {
  const until = performance.now() + timeoutMs;
  let targets: Target[];
  if (admission.kind === 'fixed') {
    targets = [admission.target];
  } else {
    let addresses: string[];
    try {
      addresses = await within(resolver(admission.host), timeoutMs);
    } catch {
      return { kind: 'failed', error: 'DNS_FAILED' };
    }
    if (addresses.length === 0) return { kind: 'failed', error: 'DNS_FAILED' };
    for (const address of addresses) {
      const accepted = admission.accepts(address);
      if (accepted !== 'yes') return { kind: 'blocked', reason: accepted };
    }
    targets = addresses.map(address => ({ address, port: admission.port }));
  }
  return dialFirst(targets.slice(0, 6), until);
}

async function dialFirst(
  targets: Target[],
  until: number,
): Promise<DialResult> {
  let error: 'TIMEOUT' | 'CONNECTION_FAILED' = 'CONNECTION_FAILED';
  for (const [index, target] of targets.entries()) {
    const left = until - performance.now();
    if (left <= 0) return { kind: 'failed', error: 'TIMEOUT' };
    // A dead first address must leave time for the others.
    const share = left / Math.min(2, targets.length - index);
    const socket = await dialOne(target, share);
    if (typeof socket !== 'string') {
      return { kind: 'connected', socket, address: target.address };
    }
    error = socket;
  }
  return { kind: 'failed', error };
}

function dialOne(
  { address, port }: Target,
  timeoutMs: number,
): Promise<Socket | 'TIMEOUT' | 'CONNECTION_FAILED'> {
  return new Promise(resolve => {
    const socket = connect({ host: address, port, noDelay: true });
    const timer = setTimeout(() => {
      socket.destroy();
      resolve('TIMEOUT');
    }, timeoutMs);
    socket.once('connect', () => {
      clearTimeout(timer);
      resolve(socket);
    });
    socket.once('error', () => {
      clearTimeout(timer);
      resolve('CONNECTION_FAILED');
    });
  });
}

function within<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('time is up')), timeoutMs);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
