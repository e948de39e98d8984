import { de } from './de';
import { en } from './en';
import type { NoticeWords } from './NoticeWords';

export type { Against, Counted, NoticeWords, Outcome } from './NoticeWords';

/** The languages in which notices can be sent. A backend does not know the language of who reads them. */
export const NOTICE_LANGUAGES: Readonly<Record<string, NoticeWords>> = {
  en,
  de,
};
