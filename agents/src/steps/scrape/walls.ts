import type { NotObservedReason } from '@agentworkloads/api';

/** What is known of a loaded page when it is judged. */
export interface PageSigns {
  requestedUrl: string;
  finalUrl: string;
  status: number;
  headers: Readonly<Record<string, string>>;
  title: string;
  /** Visible text. */
  text: string;
  passwordFields: number;
  hasMedia: boolean;
}

export interface Judgement {
  reason: NotObservedReason;
  detail: string;
}

/** Longer texts are pages with something to say, whatever words they hold. */
const WALL_TEXT = 1500;
const LOGIN_TEXT = 800;
/** So few words beside a password are those of its form. */
const FORM_TEXT = 300;

const BOT_TITLES =
  /^(just a moment|attention required|please wait|access denied|access to this page has been denied|security check|ddos-guard|pardon our interruption|are you (a )?(robot|human)|human verification|bot verification|vercel security checkpoint|robot check)\b/i;
const BOT_TEXTS =
  /(verify(ing)? (that )?you are (a )?human|checking (if the site connection is secure|your browser)|enable javascript and cookies to continue|unusual traffic from your|complete the (security check|captcha)|press (&|and) hold to confirm|are you a robot|you have been blocked|request unsuccessful\. incapsula)/i;
const LOGIN_PATH =
  /(^|[/_.-])(log-?in|sign-?in|sso|auth|oauth2?|saml)([/_.?-]|$)/i;

/** The page as a visitor without an account got it: undefined when it is worth reading. Careful: doubt counts as seen. */
export function judgePage(signs: PageSigns): Judgement | undefined {
  return botWall(signs) ?? httpError(signs) ?? loginWall(signs) ?? blank(signs);
}

function botWall(signs: PageSigns): Judgement | undefined {
  const detail = 'The site shows a check for robots instead of the page.';
  if (signs.headers['cf-mitigated'] === 'challenge')
    return { reason: 'BOT_WALL', detail };
  if (signs.text.length > WALL_TEXT) return undefined;
  const refused = [401, 403, 405, 406, 429, 503].includes(signs.status);
  const titled = BOT_TITLES.test(signs.title.trim());
  const worded = BOT_TEXTS.test(signs.text);
  const marked =
    'x-datadome' in signs.headers ||
    'x-px-block' in signs.headers ||
    'x-iinfo' in signs.headers;
  // A short page needs two signs: a blog post may well be called "Access denied".
  return [refused, titled, worded, marked].filter(Boolean).length >= 2
    ? { reason: 'BOT_WALL', detail }
    : undefined;
}

function httpError({ status }: PageSigns): Judgement | undefined {
  if (status === 401) {
    return {
      reason: 'LOGIN_WALL',
      detail: 'The site asks for a login (HTTP 401).',
    };
  }
  return status >= 400
    ? { reason: 'HTTP_ERROR', detail: `The site answered with HTTP ${status}.` }
    : undefined;
}

/** A form to sign in, and hardly any words beside it; by its address it may have a few more. */
export function isSignInForm({
  passwordFields,
  text,
  finalUrl,
}: Pick<PageSigns, 'passwordFields' | 'text' | 'finalUrl'>): boolean {
  const isCalledSo = LOGIN_PATH.test(new URL(finalUrl).pathname);
  return (
    passwordFields > 0 && text.length <= (isCalledSo ? LOGIN_TEXT : FORM_TEXT)
  );
}

function loginWall(signs: PageSigns): Judgement | undefined {
  if (signs.passwordFields === 0 || signs.text.length > LOGIN_TEXT)
    return undefined;
  const asked = new URL(signs.requestedUrl);
  const got = new URL(signs.finalUrl);
  // Whoever asks for the login page is to see the login page.
  if (LOGIN_PATH.test(asked.pathname)) return undefined;
  const moved = asked.host !== got.host || asked.pathname !== got.pathname;
  const sentToLogin =
    moved && LOGIN_PATH.test(`${got.hostname}${got.pathname}`);
  return sentToLogin
    ? {
        reason: 'LOGIN_WALL',
        detail: `The site asks for a login first: it redirects to ${
          got.host
        }${got.pathname.slice(0, 80)}.`,
      }
    : undefined;
}

function blank({ text, hasMedia }: PageSigns): Judgement | undefined {
  return /[\p{L}\p{N}]/u.test(text) || hasMedia
    ? undefined
    : {
        reason: 'BLANK_PAGE',
        detail: 'The page showed nothing, also after waiting for its scripts.',
      };
}
