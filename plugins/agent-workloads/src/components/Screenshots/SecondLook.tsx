import { useEffect, useState } from 'react';
import {
  Button,
  Dialog,
  DialogBody,
  DialogHeader,
  Flex,
  Text,
} from '@backstage/ui';
import type { PageRecord, Shot } from '@agentworkloads/api';
import type { RunRef } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { useObject } from '../../hooks/queries';
import { notObservedSentence } from '../../lib/notObserved';
import { decodeSaved, shotOf } from '../../lib/proof';
import { formatDate } from '../../lib/time';
import { useWords } from '../../translation/words';
import { ErrorState, LoadingState } from '../states';
import styles from './Screenshots.module.css';

function SavedText(props: { run: RunRef; textKey: string }) {
  const { t } = useWords();
  const { data, error, refetch } = useObject(props.run, props.textKey);
  const [text, setText] = useState<string>();
  useEffect(() => {
    let current = true;
    void data?.arrayBuffer().then(bytes => {
      if (current) setText(decodeSaved(bytes));
    });
    return () => {
      current = false;
    };
  }, [data]);
  if (error) {
    return (
      <ErrorState error={error} what={t('what.savedText')} onRetry={refetch} />
    );
  }
  return text === undefined ? (
    <LoadingState what={t('what.savedText')} rows={6} />
  ) : (
    // A region that scrolls must be reachable by keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <pre className={styles.text} tabIndex={0} aria-label={t('shots.savedText')}>
      {text}
    </pre>
  );
}

/** What a second visit to a page saved: its pictures and its text; nothing for a page that was visited once. */
export function SecondLook(props: {
  run: RunRef;
  page: PageRecord;
  onOpen: (large: { page: PageRecord; shot: Shot; device: string }) => void;
}) {
  const { run, page } = props;
  const words = useWords();
  const { t } = words;
  const [reads, setReads] = useState(false);
  const look = page.secondLook;
  if (!look) {
    return null;
  }
  const title = look.fetchedAt
    ? t('shots.secondLookAt', { date: formatDate(look.fetchedAt, words) })
    : t('shots.secondLook');
  if (look.reason) {
    return (
      <Text as="p" variant="body-small" color="secondary">
        {title} {notObservedSentence(look.reason, words)}
      </Text>
    );
  }
  const name = page.title || page.url;
  const picture = (kind: 'desktop' | 'mobile') => {
    const shot = shotOf(look.shots, kind);
    const device = t(`shots.${kind}`);
    return (
      shot && (
        <Button
          variant="tertiary"
          size="small"
          aria-label={t('shots.altSecondLook', { device, name })}
          onPress={() =>
            props.onOpen({
              page,
              shot,
              device: t('shots.deviceSecondLook', { device }),
            })
          }
        >
          {device}
        </Button>
      )
    );
  };
  return (
    <Flex gap="1" align="center" style={{ flexWrap: 'wrap' }}>
      <Text variant="body-small" color="secondary">
        {title}
      </Text>
      {picture('desktop')}
      {picture('mobile')}
      {look.textKey && (
        <Button
          variant="tertiary"
          size="small"
          aria-label={t('shots.textOfSecondLook', { name })}
          onPress={() => setReads(true)}
        >
          {t('shots.text')}
        </Button>
      )}
      {reads && look.textKey && (
        <Dialog
          isOpen
          width={760}
          onOpenChange={open => !open && setReads(false)}
        >
          <DialogHeader>{t('shots.textSecondLook', { name })}</DialogHeader>
          <DialogBody>
            <SavedText run={run} textKey={look.textKey} />
          </DialogBody>
        </Dialog>
      )}
    </Flex>
  );
}
