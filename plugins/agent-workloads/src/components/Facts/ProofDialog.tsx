import { useEffect, useRef, useState } from 'react';
import {
  Alert,
  Dialog,
  DialogBody,
  DialogHeader,
  Flex,
  Text,
} from '@backstage/ui';
import {
  shotsOf,
  type Fact,
  type PageRecord,
  type Shot,
} from '@agentworkloads/api';
import type { RunRef } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { useObject } from '../../hooks/queries';
import { factKindLabel, factText } from '../../lib/factText';
import {
  boxInPercent,
  decodeSaved,
  excerptOf,
  sha256Hex,
  shotOf,
  sourceKey,
  viewText,
  type Excerpt,
} from '../../lib/proof';
import { formatDate } from '../../lib/time';
import { UntrustedLink } from '../Links';
import { RunImage } from '../Screenshots/RunImage';
import { ErrorState, LoadingState } from '../states';
import styles from './Facts.module.css';

interface Checked {
  excerpt: Excerpt;
  /** Undefined where this browser can't compute it. */
  sha256?: string;
}

/** Reads the saved file and checks in the browser that the quote stands where the fact says. */
function useChecked(run: RunRef, fact: Fact, key: string | undefined) {
  const object = useObject(run, key);
  const [checked, setChecked] = useState<Checked>();
  const [problem, setProblem] = useState<unknown>();
  const { data } = object;
  useEffect(() => {
    let current = true;
    if (!data) {
      return undefined;
    }
    const check = async () => {
      const bytes = await data.arrayBuffer();
      const sha256 = await sha256Hex(bytes);
      const excerpt = excerptOf(decodeSaved(bytes), fact);
      if (current) {
        setChecked({ excerpt, sha256 });
      }
    };
    check().catch(cause => current && setProblem(cause));
    return () => {
      current = false;
    };
  }, [data, fact]);
  return { checked, error: object.error ?? problem, retry: object.refetch };
}

function Verdict(props: { fact: Fact; checked: Checked }) {
  const { fact, checked } = props;
  const sameFile =
    checked.sha256 === undefined || checked.sha256 === fact.sourceSha256;
  if (checked.excerpt.matches && sameFile) {
    return (
      <Alert
        status="success"
        icon
        title="Proven"
        description={
          checked.sha256
            ? 'These words stand in the saved page at this place, and the file has the hash that was recorded.'
            : 'These words stand in the saved page at this place.'
        }
      />
    );
  }
  return (
    <Alert
      status="danger"
      icon
      role="alert"
      title="Not proven"
      description={
        sameFile
          ? 'The saved page does not have these words at this place. Do not rely on this fact.'
          : 'The saved page is not the file that the fact was taken from. Do not rely on this fact.'
      }
    />
  );
}

function Quote(props: { excerpt: Excerpt; url: string }) {
  const { before, quote, after } = props.excerpt;
  const box = useRef<HTMLQuoteElement>(null);
  const mark = useRef<HTMLElement>(null);
  useEffect(() => {
    const scroll = () => {
      if (box.current && mark.current) {
        box.current.scrollTop =
          mark.current.offsetTop -
          (box.current.clientHeight - mark.current.offsetHeight) / 2;
      }
    };
    scroll();
    // The dialog has no height yet while it opens.
    const timer = setTimeout(scroll, 300);
    return () => clearTimeout(timer);
  }, [before, quote]);
  return (
    // A region that scrolls must be reachable by keyboard.
    <blockquote
      ref={box}
      className={styles.quote}
      cite={props.url}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      aria-label="The words on the saved page"
    >
      {before}
      <mark ref={mark}>{quote}</mark>
      {after}
    </blockquote>
  );
}

function ShotWithBox(props: {
  run: RunRef;
  fact: Fact;
  shots: readonly Shot[];
}) {
  const shot = shotOf(props.shots, 'desktop');
  const box = shot && boxInPercent(props.fact.box, shot);
  if (!shot) {
    return null;
  }
  return (
    <Flex direction="column" gap="2">
      <Text as="h3" variant="body-medium" weight="bold">
        On the screenshot
      </Text>
      {!box && (
        <Text as="p" variant="body-small" color="secondary">
          {props.fact.box
            ? 'The place lies below the part of the page that was photographed.'
            : 'No place on the screenshot is known for this fact.'}
        </Text>
      )}
      <RunImage
        run={props.run}
        shot={shot}
        alt={`Screenshot of ${props.fact.url}`}
        box={box}
        className={styles.shot}
        scrolls
      />
    </Flex>
  );
}

/** How the list of a run's pages is come by, where it is not there yet. */
interface Source {
  isPending: boolean;
  error: unknown;
  retry: () => void;
}

function NoSavedPage(props: { source?: Source }) {
  const { source } = props;
  if (source?.isPending) return <LoadingState what="the list of pages" />;
  if (source?.error) {
    return (
      <ErrorState
        error={source.error}
        what="the list of what that run saved"
        onRetry={source.retry}
      />
    );
  }
  return (
    <Alert
      status="warning"
      icon
      title="The saved page is not there"
      description="The page's record does not name a saved file, so this fact can't be checked here."
    />
  );
}

/** Where a fact comes from: the words in the saved page, the place on the screenshot, the address and the hash. */
export function ProofDialog(props: {
  run: RunRef;
  fact: Fact;
  pages: readonly PageRecord[];
  source?: Source;
  onClose: () => void;
}) {
  const { run, fact, source } = props;
  const { page, view, key } = sourceKey(fact, props.pages);
  const seenAs = viewText(view);
  const { checked, error, retry } = useChecked(run, fact, key);
  return (
    <Dialog isOpen width={960} onOpenChange={open => !open && props.onClose()}>
      <DialogHeader>
        Proof: {fact.subject && `${fact.subject}, `}
        {factKindLabel(fact.kind).toLowerCase()}
      </DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="4">
          <Text as="p" variant="title-small" weight="bold">
            {factText(fact)}
          </Text>
          {!key && <NoSavedPage source={source} />}
          {key && Boolean(error) && (
            <ErrorState error={error} what="the saved page" onRetry={retry} />
          )}
          {key && !error && !checked && <LoadingState what="the saved page" />}
          {checked && (
            <>
              <Verdict fact={fact} checked={checked} />
              <Quote excerpt={checked.excerpt} url={fact.url} />
            </>
          )}
          <dl className={styles.source}>
            <dt>Page</dt>
            <dd>
              <UntrustedLink url={fact.url} />
              {seenAs && ` ${seenAs}`}
              {page?.fetchedAt && ` (seen ${formatDate(page.fetchedAt)})`}
            </dd>
            <dt>Place</dt>
            <dd>
              characters {fact.start} to {fact.end} of the saved{' '}
              {fact.source === 'html' ? 'HTML' : 'visible text'}
            </dd>
            <dt>SHA-256</dt>
            <dd>
              <code>{fact.sourceSha256}</code>
            </dd>
            {fact.selector && (
              <>
                <dt>Element</dt>
                <dd>
                  <code>{fact.selector}</code>
                </dd>
              </>
            )}
          </dl>
          <ShotWithBox run={run} fact={fact} shots={shotsOf(page, view)} />
        </Flex>
      </DialogBody>
    </Dialog>
  );
}
