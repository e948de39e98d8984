import { useId } from 'react';
import { Button, Flex, Text } from '@backstage/ui';
import { useLaunchCheck, type LaunchCheck } from '../../hooks/useLaunchCheck';
import { requestOf, sortedPages } from '../../lib/launchCheck';
import type { NewScrapeValues } from '../../lib/newScrapeValues';
import { startSentences } from '../../lib/startSentences';
import { useWords, type Words } from '../../translation/words';
import { RefusalState } from '../states';
import { PageAnswers } from './PageAnswers';
import { StartAnswer } from './StartAnswer';
import styles from './LaunchCheck.module.css';

/** One sentence on how far it is, and in the end what came of it: read out, and shown. */
function statusText(known: LaunchCheck, words: Words): string {
  const { t } = words;
  const { state, start, pages, request } = known;
  if (state === 'stopped') return t('launchCheck.stopped');
  if (state === 'going') {
    const all = request?.spec.targetUrls.length ?? 0;
    return start
      ? t('launchCheck.going', { done: pages.length, all })
      : t('launchCheck.asking');
  }
  if (state !== 'done' || !start) return '';
  const { free, stopped, unknown } = sortedPages(pages);
  const done = t('launchCheck.done', {
    free: free.length,
    stopped: stopped.length,
    unknown: unknown.length,
  });
  return `${startSentences(start, words).title}. ${done}`;
}

function Answers({ known }: { known: LaunchCheck }) {
  const { t } = useWords();
  const { start, pages, state, error } = known;
  return (
    <>
      {start && <StartAnswer start={start} />}
      <PageAnswers pages={pages} />
      {state === 'failed' && (
        <RefusalState error={error} action={t('action.checkLaunch')} />
      )}
    </>
  );
}

/** Tells before a launch what policy and sites say of the run that the form asks for, when somebody presses the button. */
export function LaunchCheckPanel({ form }: { form: NewScrapeValues }) {
  const words = useWords();
  const { t } = words;
  const titleId = useId();
  const { known, begin, stop } = useLaunchCheck();
  const request = requestOf(form);
  const hasPages = request.spec.targetUrls.length > 0;
  const isGoing = known.state === 'going';
  const isOld =
    known.request !== undefined &&
    JSON.stringify(known.request) !== JSON.stringify(request);
  const { repeat } = form;
  return (
    <section aria-labelledby={titleId} className={styles.panel}>
      <Text as="h3" id={titleId} variant="title-x-small" weight="bold">
        {t('launchCheck.title')}
      </Text>
      <Text as="p" variant="body-small" color="secondary">
        {t('launchCheck.text')}
        {(repeat?.schedule || repeat?.soon) && ` ${t('launchCheck.repeat')}`}
      </Text>
      {/* One button, so that the focus stays on it. */}
      <Flex gap="3" align="center" style={{ flexWrap: 'wrap' }}>
        <Button
          variant="secondary"
          isDisabled={!hasPages}
          onPress={() => (isGoing ? stop() : begin(request))}
        >
          {isGoing && t('launchCheck.stop')}
          {!isGoing &&
            t(
              known.state === 'none'
                ? 'launchCheck.check'
                : 'launchCheck.again',
            )}
        </Button>
        {isGoing && (
          <progress
            aria-label={t('launchCheck.title')}
            max={request.spec.targetUrls.length}
            value={known.start ? known.pages.length : undefined}
          />
        )}
      </Flex>
      <Text as="p" role="status" variant="body-small">
        {!hasPages && t('launchCheck.noPages')}
        {isOld ? t('launchCheck.changed') : statusText(known, words)}
      </Text>
      {!isOld && <Answers known={known} />}
    </section>
  );
}
