import type { PageRecord } from '@agentworkloads/api';

/** Pages that were seen and show a form to sign in and hardly anything else: what stands behind it nobody has read. */
export const signInForms = (pages: readonly PageRecord[] = []): PageRecord[] =>
  pages.filter(({ signIn, reason }) => signIn && !reason);
