/** The name by which robots.txt may address us. */
export const ROBOTS_TOKEN = 'AgentWorkloads';

/** An honest name in the form that crawlers use, with a way to reach whoever runs us. */
export function userAgent(contact: string | undefined): string {
  const who = `${ROBOTS_TOKEN}/0.1${contact ? `; +${contact}` : ''}`;
  return `Mozilla/5.0 (X11; Linux x86_64; compatible; ${who}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36`;
}
