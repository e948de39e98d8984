/** Milliseconds of a Retry-After header, seconds or a date; undefined when there is none or it can't be read. */
export function retryAfterMs(
  header: string | string[] | undefined,
  now: Date,
): number | undefined {
  const text = (Array.isArray(header) ? header[0] : header)?.trim();
  if (!text) return undefined;
  if (/^\d{1,7}$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now.getTime());
}
