/** The names by which a service that listens on loopback is meant. */
const LOOPBACK_HOSTS: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** Without its port, in lower case, without the dot that a full name may end with; undefined when it is no host. */
function hostName(header: string | undefined): string | undefined {
  const match = /^(\[[0-9a-f:.]+\]|[^\s:/@[\]]+)(?::\d{1,5})?$/i.exec(
    header ?? '',
  );
  return match?.[1].toLowerCase().replace(/\.$/, '');
}

/**
 * Whether a request with this `Host` header is for a service on loopback. A web page of another site can make its own
 * name lead to 127.0.0.1 and is then of the same origin as what it finds there; only the header tells.
 *
 * Packages that import none of ours have this file each; scripts/same-rule.test.mjs holds them to the rule of `api`.
 *
 * @param names further ones that are served, without ports
 */
export function isServedHost(
  header: string | undefined,
  names: readonly string[] = [],
): boolean {
  const name = hostName(header);
  return (
    name !== undefined &&
    [...LOOPBACK_HOSTS, ...names.map(one => one.toLowerCase())].includes(name)
  );
}

/** What is said to the others, with status 421. */
export const hostRefusal = (header: string | undefined): string =>
  `${
    hostName(header) ?? 'a request without a host'
  } is not served here: open it as localhost, or start with --allow-host NAME`;

/** Whether a listener on this address can be reached from this machine alone. */
export const isLoopbackAddress = (address: string): boolean =>
  /^(127(\.\d{1,3}){3}|localhost|\[?::1\]?)$/.test(address);
