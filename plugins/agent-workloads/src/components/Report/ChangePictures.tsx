import { useState, type ReactNode } from 'react';
import {
  Button,
  Dialog,
  DialogBody,
  DialogHeader,
  Flex,
  Text,
} from '@backstage/ui';
import {
  cutPair,
  spotOf,
  type Change,
  type ChangeSide,
  type Cut,
  type CutOrMissing,
  type PageRecord,
} from '@agentworkloads/api';
import type { RunRef } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { useEvidence } from '../../hooks/queries';
import { usePicture } from '../../hooks/usePicture';
import type { Comparison } from '../../lib/changes';
import { hostOf } from '../../lib/safeUrl';
import { formatDate } from '../../lib/time';
import { useWords } from '../../translation/words';
import { LoadingState } from '../states';
import styles from './Report.module.css';

const percent = (part: number, whole: number) => `${(100 * part) / whole}%`;

/** A part of a screenshot at its own scale; narrower where there is less room. */
function Part(props: { run: RunRef; cut: Cut; alt: string }) {
  const { cut } = props;
  const { shot, area, mark } = cut;
  const { url, problem, onError } = usePicture(props.run, shot.key);
  const { t } = useWords();
  if (problem) {
    return <NoPicture why={t('comparison.shotUnread')} />;
  }
  return (
    <div
      className={styles.cut}
      style={{
        width: area.width,
        aspectRatio: `${area.width} / ${area.height}`,
      }}
    >
      {url && (
        <>
          <img
            src={url}
            alt={props.alt}
            onError={onError}
            style={{
              width: percent(shot.width, area.width),
              left: percent(-area.left, area.width),
              top: percent(-area.top, area.height),
            }}
          />
          <span
            aria-hidden
            style={{
              left: percent(mark.left, area.width),
              top: percent(mark.top, area.height),
              width: percent(mark.width, area.width),
              height: percent(mark.height, area.height),
            }}
          />
        </>
      )}
    </div>
  );
}

function NoPicture(props: { why: string }) {
  const { t } = useWords();
  return (
    <Text as="p" variant="body-small" color="secondary">
      {t('comparison.noPicture', { why: props.why })}
    </Text>
  );
}

/** What the page says, and where it stands in what was saved of it. */
function Words(props: { side: ChangeSide }) {
  const { quote, start, end, source } = props.side;
  const { t } = useWords();
  return (
    <Text as="p" variant="body-small">
      <q className={styles.words}>{quote}</q>{' '}
      <span className={styles.terms}>
        {t(
          source === 'html'
            ? 'comparison.placeInHtml'
            : 'comparison.placeInText',
          { start: String(start), end: String(end) },
        )}
      </span>
    </Text>
  );
}

function Side(props: {
  title: string;
  run: RunRef;
  side?: ChangeSide;
  cut?: CutOrMissing;
  /** Where the change has no such side. */
  none: string;
}) {
  const { title, run, side, cut } = props;
  const words = useWords();
  const { t } = words;
  const torn = cut && 'whole' in cut && !cut.whole;
  return (
    <figure className={styles.side}>
      <figcaption>
        {side?.at
          ? t('comparison.sideAt', {
              side: title,
              date: formatDate(side.at, words),
            })
          : title}
        {torn && t('comparison.torn')}
      </figcaption>
      {!side && (
        <Text as="p" variant="body-small" color="secondary">
          {props.none}
        </Text>
      )}
      {cut && 'missing' in cut && <NoPicture why={cut.missing} />}
      {side && cut && 'area' in cut && (
        <Part
          run={run}
          cut={cut}
          alt={t('comparison.altSide', {
            side: title,
            quote: side.quote,
            host: hostOf(side.url),
          })}
        />
      )}
      {side && <Words side={side} />}
    </figure>
  );
}

interface Pictured {
  run: RunRef;
  change: Change;
  pages: readonly PageRecord[];
}

/** Both sides where the earlier run's pages are known, or known not to be had. */
function Pair(
  props: Pictured & { before: RunRef; pagesBefore?: readonly PageRecord[] },
) {
  const { was, is } = props.change;
  const { t } = useWords();
  const { pagesBefore } = props;
  const cuts = cutPair({
    ...(was && {
      before: spotOf(was, pagesBefore && { pages: [...pagesBefore] }),
    }),
    ...(is && { after: spotOf(is, { pages: [...props.pages] }) }),
  });
  return (
    <div className={styles.pair}>
      <Side
        title={t('comparison.before')}
        run={props.before}
        side={was}
        cut={cuts.before}
        none={t('comparison.wasNotThere')}
      />
      <Side
        title={t('comparison.now')}
        run={props.run}
        side={is}
        cut={cuts.after}
        none={t('comparison.isNotThere')}
      />
    </div>
  );
}

function WithEarlierRun(props: Pictured & { before: RunRef }) {
  const { t } = useWords();
  const { data, error } = useEvidence(props.before);
  if (!data && !error) {
    return <LoadingState what={t('what.savedByEarlier')} rows={4} />;
  }
  return <Pair {...props} pagesBefore={data?.manifest?.pages} />;
}

/** A button that shows a change on both screenshots, in one size, with what each says; nothing for changes of before, which have no sides. */
export function ChangePictures(
  props: Pictured & { comparison: Comparison; children: ReactNode },
) {
  const { run, change, comparison } = props;
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const baseline = comparison.comparedWith?.baseline;
  if (!baseline || !(change.was ?? change.is)) {
    return null;
  }
  const before = { ...run, name: baseline.name };
  return (
    <>
      <Button
        variant="tertiary"
        size="small"
        aria-label={t('comparison.picturesOf', { subject: change.subject })}
        onPress={() => setOpen(true)}
      >
        {t('comparison.pictures')}
      </Button>
      {open && (
        <Dialog
          isOpen
          width={1060}
          onOpenChange={next => !next && setOpen(false)}
        >
          <DialogHeader>
            {t('comparison.picturesTitle', { subject: change.subject })}
          </DialogHeader>
          <DialogBody>
            <Flex direction="column" gap="4">
              <Text as="p" weight="bold">
                {props.children}
              </Text>
              <WithEarlierRun {...props} before={before} />
            </Flex>
          </DialogBody>
        </Dialog>
      )}
    </>
  );
}
