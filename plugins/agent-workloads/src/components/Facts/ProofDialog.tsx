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
import { factKindInText, factText } from '../../lib/factText';
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
import { useWords, type Words } from '../../translation/words';
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
  const { t } = useWords();
  const sameFile =
    checked.sha256 === undefined || checked.sha256 === fact.sourceSha256;
  if (checked.excerpt.matches && sameFile) {
    return (
      <Alert
        status="success"
        icon
        title={t('proof.proven')}
        description={
          checked.sha256 ? t('proof.provenHashText') : t('proof.provenText')
        }
      />
    );
  }
  return (
    <Alert
      status="danger"
      icon
      role="alert"
      title={t('proof.notProven')}
      description={sameFile ? t('proof.otherWords') : t('proof.otherFile')}
    />
  );
}

function Quote(props: { excerpt: Excerpt; url: string }) {
  const { before, quote, after } = props.excerpt;
  const { t } = useWords();
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
      aria-label={t('proof.words')}
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
  const { t } = useWords();
  const shot = shotOf(props.shots, 'desktop');
  const box = shot && boxInPercent(props.fact.box, shot);
  if (!shot) {
    return null;
  }
  return (
    <Flex direction="column" gap="2">
      <Text as="h3" variant="body-medium" weight="bold">
        {t('proof.onScreenshot')}
      </Text>
      {!box && (
        <Text as="p" variant="body-small" color="secondary">
          {props.fact.box ? t('proof.below') : t('proof.noPlace')}
        </Text>
      )}
      <RunImage
        run={props.run}
        shot={shot}
        alt={t('shots.altProof', { url: props.fact.url })}
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
  const { t } = useWords();
  if (source?.isPending) return <LoadingState what={t('what.pageList')} />;
  if (source?.error) {
    return (
      <ErrorState
        error={source.error}
        what={t('what.savedList')}
        onRetry={source.retry}
      />
    );
  }
  return (
    <Alert
      status="warning"
      icon
      title={t('proof.notSaved')}
      description={t('proof.notSavedText')}
    />
  );
}

function titleOf({ subject, kind }: Fact, words: Words): string {
  const what = factKindInText(kind, words);
  return subject
    ? words.t('proof.titleOf', { subject, kind: what })
    : words.t('proof.title', { kind: what });
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
  const words = useWords();
  const { t } = words;
  const { page, view, key } = sourceKey(fact, props.pages);
  const seenAs = viewText(view, words);
  const { checked, error, retry } = useChecked(run, fact, key);
  return (
    <Dialog isOpen width={960} onOpenChange={open => !open && props.onClose()}>
      <DialogHeader>{titleOf(fact, words)}</DialogHeader>
      <DialogBody>
        <Flex direction="column" gap="4">
          <Text as="p" variant="title-small" weight="bold">
            {factText(fact, words)}
          </Text>
          {!key && <NoSavedPage source={source} />}
          {key && Boolean(error) && (
            <ErrorState
              error={error}
              what={t('what.savedPage')}
              onRetry={retry}
            />
          )}
          {key && !error && !checked && (
            <LoadingState what={t('what.savedPage')} />
          )}
          {checked && (
            <>
              <Verdict fact={fact} checked={checked} />
              <Quote excerpt={checked.excerpt} url={fact.url} />
            </>
          )}
          <dl className={styles.source}>
            <dt>{t('proof.page')}</dt>
            <dd>
              <UntrustedLink url={fact.url} />
              {seenAs && ` ${seenAs}`}
              {page?.fetchedAt &&
                ` ${t('proof.seen', {
                  date: formatDate(page.fetchedAt, words),
                })}`}
            </dd>
            <dt>{t('proof.place')}</dt>
            <dd>
              {t(fact.source === 'html' ? 'proof.inHtml' : 'proof.inText', {
                start: String(fact.start),
                end: String(fact.end),
              })}
            </dd>
            <dt>{t('proof.sha256')}</dt>
            <dd>
              <code>{fact.sourceSha256}</code>
            </dd>
            {fact.selector && (
              <>
                <dt>{t('proof.element')}</dt>
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
