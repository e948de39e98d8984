import type { Resolver } from './dial';
import type { EgressRules } from './rules';

export interface EgressLimits {
  maxResponseBytes: number;
  maxTunnelBytes: number;
  maxConnections: number;
  connectTimeoutMs: number;
  idleTimeoutMs: number;
  totalTimeoutMs: number;
}

/** One line of the log: hosts and sizes, never a path or a header. */
export interface EgressRecord {
  via: 'http' | 'connect';
  /** Workflow uid of the visit; absent where the proxy has no token. */
  run?: string;
  host: string;
  port: number;
  verdict: 'passed' | 'blocked' | 'failed';
  /** BlockReason, or why it failed. */
  reason?: string;
  address?: string;
  status?: number;
  bytes: number;
  ms: number;
}

export interface EgressProxyOptions {
  rules: EgressRules;
  limits: EgressLimits;
  /** Signs the visits' credentials; without one everybody may use the proxy, which is for tests. */
  token?: string;
  resolver: Resolver;
  log(record: EgressRecord): void;
}

/** Says why the proxy itself refused; a site's own header of that name is taken out on the way. */
export const BLOCKED_HEADER = 'x-egress-blocked';
/** Says why the proxy came to no answer. */
export const FAILED_HEADER = 'x-egress-error';

/** What both ways, plain and tunnel, work with. */
export interface Exchange {
  options: EgressProxyOptions;
  host: string;
  port: number;
  record(rest: Omit<EgressRecord, 'via' | 'host' | 'port' | 'ms'>): void;
}
