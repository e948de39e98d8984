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
import { LoadingState } from '../states';
import styles from './Report.module.css';

const percent = (part: number, whole: number) => `${(100 * part) / whole}%`;

/** A part of a screenshot at its own scale; narrower where there is less room. */
function Part(props: { run: RunRef; cut: Cut; alt: string }) {
  const { cut } = props;
  const { shot, area, mark } = cut;
  const { url, problem, onError } = usePicture(props.run, shot.key);
  if (problem) {
    return <NoPicture why="The screenshot could not be read." />;
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
  return (
    <Text as="p" variant="body-small" color="secondary">
      No picture. {props.why}
    </Text>
  );
}

/** What the page says, and where it stands in what was saved of it. */
function Words(props: { side: ChangeSide }) {
  const { quote, start, end, source } = props.side;
  return (
    <Text as="p" variant="body-small">
      <q className={styles.words}>{quote}</q>{' '}
      <span className={styles.terms}>
        (characters {start} to {end} of the saved{' '}
        {source === 'html' ? 'HTML' : 'visible text'})
      </span>
    </Text>
  );
}

function Side(props: {
  title: 'Before' | 'Now';
  run: RunRef;
  side?: ChangeSide;
  cut?: CutOrMissing;
  /** Where the change has no such side. */
  none: string;
}) {
  const { title, run, side, cut } = props;
  const torn = cut && 'whole' in cut && !cut.whole;
  return (
    <figure className={styles.side}>
      <figcaption>
        {title}
        {side?.at && `, ${formatDate(side.at)}`}
        {torn && ' (only part of the text fits in)'}
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
          alt={`${title}: “${side.quote}” on ${hostOf(side.url)}`}
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
        title="Before"
        run={props.before}
        side={was}
        cut={cuts.before}
        none="It was not there."
      />
      <Side
        title="Now"
        run={props.run}
        side={is}
        cut={cuts.after}
        none="It is not there any more."
      />
    </div>
  );
}

function WithEarlierRun(props: Pictured & { before: RunRef }) {
  const { data, error } = useEvidence(props.before);
  if (!data && !error) {
    return <LoadingState what="what the earlier run saved" rows={4} />;
  }
  return <Pair {...props} pagesBefore={data?.manifest?.pages} />;
}

/** A button that shows a change on both screenshots, in one size, with what each says; nothing for changes of before, which have no sides. */
export function ChangePictures(
  props: Pictured & { comparison: Comparison; children: ReactNode },
) {
  const { run, change, comparison } = props;
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
        aria-label={`Pictures of before and now: ${change.subject}`}
        onPress={() => setOpen(true)}
      >
        Before and now
      </Button>
      {open && (
        <Dialog
          isOpen
          width={1060}
          onOpenChange={next => !next && setOpen(false)}
        >
          <DialogHeader>Before and now: {change.subject}</DialogHeader>
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
