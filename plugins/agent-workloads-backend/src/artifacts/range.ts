export type ByteRange =
  | { kind: 'whole' }
  | { kind: 'part'; start: number; end: number }
  | { kind: 'unsatisfiable' };

/**
 * One range of RFC 9110 section 14. Several, or what can't be read, is answered whole, as the RFC allows.
 * @param size - bytes of the object; `end` of the answer is inclusive
 */
export function parseRange(
  header: string | undefined,
  size: number,
): ByteRange {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (!match || (match[1] === '' && match[2] === '')) {
    return { kind: 'whole' };
  }
  const last = size - 1;
  if (match[1] === '') {
    const suffix = Number(match[2]);
    return suffix === 0 || size === 0
      ? { kind: 'unsatisfiable' }
      : { kind: 'part', start: Math.max(0, size - suffix), end: last };
  }
  const start = Number(match[1]);
  const end = match[2] === '' ? last : Math.min(Number(match[2]), last);
  if (match[2] !== '' && Number(match[2]) < start) {
    return { kind: 'whole' };
  }
  return start > last
    ? { kind: 'unsatisfiable' }
    : { kind: 'part', start, end };
}
