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
import { ErrorState, LoadingState } from '../states';
import styles from './Screenshots.module.css';

function SavedText(props: { run: RunRef; textKey: string }) {
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
    return <ErrorState error={error} what="the saved text" onRetry={refetch} />;
  }
  return text === undefined ? (
    <LoadingState what="the saved text" rows={6} />
  ) : (
    // A region that scrolls must be reachable by keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <pre className={styles.text} tabIndex={0} aria-label="The saved text">
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
  const [reads, setReads] = useState(false);
  const look = page.secondLook;
  if (!look) {
    return null;
  }
  const when = look.fetchedAt ? `, ${formatDate(look.fetchedAt)}` : '';
  if (look.reason) {
    return (
      <Text as="p" variant="body-small" color="secondary">
        Second look{when}: {notObservedSentence(look.reason)}
      </Text>
    );
  }
  const name = page.title || page.url;
  const picture = (kind: 'desktop' | 'mobile', device: string) => {
    const shot = shotOf(look.shots, kind);
    return (
      shot && (
        <Button
          variant="tertiary"
          size="small"
          aria-label={`${device} screenshot of the second look at ${name}`}
          onPress={() =>
            props.onOpen({ page, shot, device: `${device}, second look` })
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
        Second look{when}:
      </Text>
      {picture('desktop', 'Desktop')}
      {picture('mobile', 'Mobile')}
      {look.textKey && (
        <Button
          variant="tertiary"
          size="small"
          aria-label={`Text of the second look at ${name}`}
          onPress={() => setReads(true)}
        >
          Text
        </Button>
      )}
      {reads && look.textKey && (
        <Dialog
          isOpen
          width={760}
          onOpenChange={open => !open && setReads(false)}
        >
          <DialogHeader>Text, second look: {name}</DialogHeader>
          <DialogBody>
            <SavedText run={run} textKey={look.textKey} />
          </DialogBody>
        </Dialog>
      )}
    </Flex>
  );
}
