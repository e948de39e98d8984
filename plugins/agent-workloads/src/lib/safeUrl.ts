/** Props of every link whose target came from a page or a report. */
export const UNTRUSTED_LINK = {
  target: '_blank',
  rel: 'noopener noreferrer nofollow',
} as const;

/** @returns the URL when a browser may follow it from a report: http or https, no credentials; else undefined */
export function safeHref(url: string | undefined): string | undefined {
  try {
    const parsed = new URL(url ?? '');
    const web = parsed.protocol === 'http:' || parsed.protocol === 'https:';
    return web && !parsed.username && !parsed.password
      ? parsed.href
      : undefined;
  } catch {
    return undefined;
  }
}

/** `host` or `host:port` without a leading `www.`; the text itself when it is no URL. */
export function hostOf(url: string): string {
  try {
    return new URL(url).host.replace(/^www\./, '');
  } catch {
    return url;
  }
}
