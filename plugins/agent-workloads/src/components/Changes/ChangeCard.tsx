import { Fragment, useId, type ReactNode } from 'react';
import { Button, Flex, Link, Text } from '@backstage/ui';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { RiAlarmWarningLine } from '@remixicon/react';
import type { Change } from '@agentworkloads/api';
import type {
  ChangeItem,
  RunRef,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { CompanyMark } from '../CompanyMark';
import { suspicionText } from '../../lib/changes';
import { changeText, factKindLabel } from '../../lib/factText';
import type { ShownChange } from '../../lib/shownChange';
import { formatDate } from '../../lib/time';
import { useWords } from '../../translation/words';
import { UntrustedLink, useRunHref } from '../Links';
import { ToneBadge } from '../PhaseBadge';
import { Ago } from '../Times';
import styles from './Changes.module.css';

export type Side = 'was' | 'is';

const WORDS = {
  added: 'change.new',
  removed: 'change.gone',
  changed: 'change.changed',
} as const satisfies Record<Change['kind'], string>;

/** Where the change can be marked: it was taken in, and the person may. */
export interface CardActions {
  onSeen: (item: ChangeItem) => void;
  onTestPage: (item: ChangeItem) => void;
  /** Absent where the policy does not let the person say that a change is none. */
  onWrong?: (item: ChangeItem) => void;
}

function Small(props: { children: ReactNode }) {
  return (
    <Text as="div" variant="body-small" color="secondary">
      {props.children}
    </Text>
  );
}

/** Broken at its dots where it does not fit, and not within a word. */
function Host(props: { host: string }) {
  return (
    <>
      {props.host.split('.').map((part, index) => (
        <Fragment key={index}>
          {index > 0 && (
            <>
              .<wbr />
            </>
          )}
          {part}
        </Fragment>
      ))}
    </>
  );
}

function Badges(props: { shown: ShownChange }) {
  const { change, unread, item } = props.shown;
  const { wrong, seenAt } = item ?? {};
  const { t } = useWords();
  return (
    <Flex gap="1" className={styles.badges}>
      <ToneBadge tone={change.kind === 'removed' ? 'neutral' : 'info'}>
        {t(WORDS[change.kind])}
      </ToneBadge>
      {unread && !seenAt && !wrong && (
        <ToneBadge tone="info" title={t('card.unreadTip')}>
          {t('changes.unread')}
        </ToneBadge>
      )}
      {seenAt && (
        <ToneBadge plain tone="neutral" title={t('card.seenTip')}>
          {t('card.seen')}
        </ToneBadge>
      )}
      {change.suspect && (
        <ToneBadge
          tone="warning"
          icon={<RiAlarmWarningLine size={16} aria-hidden />}
        >
          {t('card.unusual')}
        </ToneBadge>
      )}
      {wrong && <ToneBadge tone="danger">{t('changes.calledWrong')}</ToneBadge>}
    </Flex>
  );
}

function From(props: { shown: ShownChange }) {
  const { run, when, title, earlier } = props.shown;
  const { t } = useWords();
  const runHref = useRunHref();
  if (!when) return null;
  const before: RunRef | undefined = earlier && { ...run, name: earlier.name };
  return (
    <Small>
      <Ago time={when} /> ·{' '}
      <Link
        variant="body-small"
        href={runHref(run, 'report')}
        aria-label={t('card.reportOf', { name: run.name })}
        title={run.name}
      >
        {title ?? run.name}
      </Link>
      {before && (
        <>
          {' '}
          ·{' '}
          <Link
            variant="body-small"
            href={runHref(before, 'report')}
            aria-label={t('card.reportBefore', { name: before.name })}
            title={before.name}
          >
            {t('card.runBefore')}
          </Link>
        </>
      )}
    </Small>
  );
}

const MAX_QUOTE = 160;

const shortened = (text: string) =>
  text.length > MAX_QUOTE ? `${text.slice(0, MAX_QUOTE)}…` : text;

/** Opens the proof of a side. */
function QuoteButton(props: {
  quote: string;
  side: Side;
  title?: string;
  onClick: () => void;
}) {
  const { quote, side } = props;
  const { t } = useWords();
  return (
    <button
      type="button"
      className={styles.quote}
      title={props.title}
      aria-label={t(side === 'was' ? 'card.proofWas' : 'card.proofIs', {
        quote,
      })}
      onClick={props.onClick}
    >
      {quote}
    </button>
  );
}

/** Reports of before have no sides; what it is now may be among their facts. */
function BareQuote(props: {
  shown: ShownChange;
  onProof: (shown: ShownChange, side: Side) => void;
}) {
  const { shown } = props;
  const { t } = useWords();
  if (!shown.fact) return null;
  return (
    <div className={styles.quotes}>
      <QuoteButton
        quote={t('card.quote', { words: shortened(shown.fact.quote) })}
        side="is"
        onClick={() => props.onProof(shown, 'is')}
      />
    </div>
  );
}

/** The words that a side stands on; they open the proof where the run that saved them can be named. */
function Quotes(props: {
  shown: ShownChange;
  onProof: (shown: ShownChange, side: Side) => void;
}) {
  const { shown } = props;
  const { was, kind } = shown.change;
  const { t } = useWords();
  const sides = (
    kind === 'changed'
      ? (['was', 'is'] as const)
      : ([was ? 'was' : 'is'] as const)
  ).filter(side => shown.change[side]);
  if (!sides.length) return <BareQuote {...props} />;
  return (
    <div className={styles.quotes}>
      {sides.map((side, index) => {
        const words = shown.change[side]!.quote;
        const quote = t('card.quote', { words: shortened(words) });
        return (
          <Fragment key={side}>
            {index > 0 && <span aria-hidden> → </span>}
            {shown.provable[side] ? (
              <QuoteButton
                quote={quote}
                side={side}
                title={words}
                onClick={() => props.onProof(shown, side)}
              />
            ) : (
              <span className={styles.words} title={words}>
                {quote}
              </span>
            )}
          </Fragment>
        );
      })}
    </div>
  );
}

function WrongNote(props: { wrong: NonNullable<ChangeItem['wrong']> }) {
  const { by, at, reason, mine } = props.wrong;
  const words = useWords();
  const { t } = words;
  const date = formatDate(at, words);
  return (
    <div className={styles.wrong}>
      <Text as="div" variant="body-small">
        {mine
          ? t('card.youSaidWrong', { date })
          : t('card.saidWrong', {
              who: <EntityRefLink entityRef={by} defaultKind="user" />,
              date,
            })}
      </Text>
      <Text as="div" variant="body-small" className={styles.reason}>
        <bdi>{reason}</bdi>
      </Text>
    </div>
  );
}

function Actions(props: {
  item: ChangeItem;
  actions: CardActions;
  name: string;
}) {
  const { item, actions, name } = props;
  const { t } = useWords();
  const labelOf = (action: string) =>
    t('card.actionOf', { action, change: name });
  const { wrong, seenAt } = item;
  const seen = seenAt ? t('card.markUnseen') : t('card.markSeen');
  const mayJudge = actions.onWrong && (!wrong || wrong.mine);
  return (
    <div className={styles.actions}>
      <Button
        size="small"
        variant="tertiary"
        aria-label={labelOf(seen)}
        onPress={() => actions.onSeen(item)}
      >
        {seen}
      </Button>
      {mayJudge && (
        <Button
          size="small"
          variant="tertiary"
          aria-label={labelOf(wrong ? t('card.notWrong') : t('card.wrongName'))}
          onPress={() => actions.onWrong!(item)}
        >
          {wrong ? t('card.notWrong') : t('card.wrong')}
        </Button>
      )}
      <Button
        size="small"
        variant="tertiary"
        aria-label={labelOf(t('card.testPage'))}
        onPress={() => actions.onTestPage(item)}
      >
        {t('card.testPage')}
      </Button>
    </div>
  );
}

/** One change: whose, what, was → is, the words that prove it, and what people say of it. */
export function ChangeCard(props: {
  shown: ShownChange;
  actions: CardActions;
  pictures?: ReactNode;
  onProof: (shown: ShownChange, side: Side) => void;
}) {
  const { shown, actions } = props;
  const { change, company, host, item, fact } = shown;
  const words = useWords();
  const { t } = words;
  const title = useId();
  const about = t('card.about', {
    kind: factKindLabel(change.factKind, words),
    subject: change.subject,
  });
  return (
    <li
      className={styles.card}
      aria-labelledby={title}
      data-wrong={item?.wrong ? true : undefined}
      data-seen={item?.seenAt ? true : undefined}
    >
      <div className={styles.who}>
        <Text as="div" weight="bold">
          <CompanyMark name={company} />
          <bdi>{company}</bdi>
        </Text>
        {company !== host && (
          <Small>
            <UntrustedLink url={change.url}>
              <Host host={host || change.url} />
            </UntrustedLink>
          </Small>
        )}
      </div>
      <div className={styles.what}>
        <Flex gap="2" className={styles.badges} align="center">
          <Text as="div" id={title}>
            <bdi>{about}</bdi>
          </Text>
          <Badges shown={shown} />
        </Flex>
        <Text as="div" weight="bold" className={styles.change}>
          {changeText(change, fact, words)}
        </Text>
        <Quotes shown={shown} onProof={props.onProof} />
        {props.pictures}
        {change.suspect && (
          <Small>
            {t('card.unusualWhy', { why: suspicionText(change, words) })}
          </Small>
        )}
        {item?.wrong && <WrongNote wrong={item.wrong} />}
        <From shown={shown} />
      </div>
      {item && (
        <Actions
          item={item}
          actions={actions}
          name={t('card.changeOf', { company, about })}
        />
      )}
    </li>
  );
}
