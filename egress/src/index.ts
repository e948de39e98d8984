export { startEgressProxy, type EgressProxy } from './proxy';
export {
  BLOCKED_HEADER,
  FAILED_HEADER,
  type EgressProxyOptions,
  type EgressRecord,
} from './exchange';
export { parseHostPattern, parseResolveEntry } from './rules';
