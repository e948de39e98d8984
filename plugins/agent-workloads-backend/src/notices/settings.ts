import type {
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { NOTICE_LANGUAGES, type NoticeWords } from './language';
import { clockOf } from './words';

const KEY = 'agentWorkloads.notices';

/**
 * How notices are written: `agentWorkloads.notices`.
 * @returns English and the server's own zone in place of what does not exist, which is told
 */
export function noticeSettings(
  config: RootConfigService,
  logger: Pick<LoggerService, 'error'>,
): { words: NoticeWords; clock(at: string): string } {
  const language = config.getOptionalString(`${KEY}.language`) ?? 'en';
  const known = Object.hasOwn(NOTICE_LANGUAGES, language);
  if (!known) {
    const names = Object.keys(NOTICE_LANGUAGES).join(', ');
    logger.error(
      `${KEY}.language: notices are not written in "${language}"; write one of ${names}`,
    );
  }
  const words = NOTICE_LANGUAGES[known ? language : 'en'];
  const zone = config.getOptionalString(`${KEY}.timeZone`);
  try {
    return { words, clock: clockOf(zone, words) };
  } catch {
    logger.error(
      `${KEY}.timeZone: there is no time zone "${zone}"; write one such as Europe/Berlin`,
    );
    return { words, clock: clockOf(undefined, words) };
  }
}
