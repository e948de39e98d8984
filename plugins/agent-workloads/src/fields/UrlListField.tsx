import type { FocusEvent } from 'react';
import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Button, Flex, Text, TextAreaField } from '@backstage/ui';
import { LIMITS } from '@agentworkloads/api';
import { RiAlertLine, RiErrorWarningLine } from '@remixicon/react';
import { allowedPrivateHosts } from '../lib/allowedHosts';
import { demoPages, type DemoPage } from '../lib/demo';
import type { NewScrapeValues } from '../lib/newScrapeValues';
import {
  checkUrlList,
  type LineProblem,
  type UrlListCheck,
} from '../lib/urlList';
import { useWords } from '../translation/words';
import { LastRunPages } from './LastRunPages';
import { Mends } from './Mends';
import { useMendedText } from './useMendedText';
import styles from './UrlListField.module.css';

const SHOWN_PROBLEMS = 8;

function Problem(props: { problem: LineProblem }) {
  const { line, severity, message, text } = props.problem;
  const { t } = useWords();
  const Icon = severity === 'error' ? RiErrorWarningLine : RiAlertLine;
  return (
    <li className={styles.problem} data-severity={severity}>
      <Icon size={16} aria-hidden />
      <span>
        <strong>{t('form.line', { line: String(line) })}</strong> {message}{' '}
        <code className={styles.text}>{text.slice(0, 120)}</code>
      </span>
    </li>
  );
}

/** The first of them, and how many more there are. */
function Problems({ check }: { check: UrlListCheck }) {
  const { t } = useWords();
  const shown = check.problems.slice(0, SHOWN_PROBLEMS);
  if (shown.length === 0 && check.listProblems.length === 0) return null;
  return (
    <ul
      className={styles.problems}
      aria-live="polite"
      aria-label={t('common.problems')}
    >
      {check.listProblems.map(message => (
        <li key={message} className={styles.problem} data-severity="error">
          <RiErrorWarningLine size={16} aria-hidden />
          <span>{message}</span>
        </li>
      ))}
      {shown.map(problem => (
        <Problem key={`${problem.line} ${problem.text}`} problem={problem} />
      ))}
      {check.problems.length > shown.length && (
        <li>
          {t('form.moreLines', {
            count: check.problems.length - shown.length,
          })}
        </li>
      )}
    </ul>
  );
}

/** One click a company, where the portal says that there are invented ones. */
function DemoButtons(props: {
  pages: DemoPage[];
  urls: string[];
  onAdd: (url: string) => void;
}) {
  const { pages } = props;
  const { t } = useWords();
  if (pages.length === 0) return null;
  return (
    <Flex
      gap="2"
      align="center"
      role="group"
      aria-label={t('form.demo')}
      style={{ flexWrap: 'wrap' }}
    >
      <Text variant="body-small">{t('form.tryDemo')}</Text>
      {pages.map(({ title, url }) => (
        <Button
          key={url}
          size="small"
          variant="secondary"
          isDisabled={props.urls.includes(url)}
          onPress={() => props.onAdd(url)}
        >
          {title}
        </Button>
      ))}
    </Flex>
  );
}

/** Whether the pointer or the key goes on to a button, which must not move away under it. */
const goesToButton = ({ relatedTarget }: FocusEvent): boolean =>
  relatedTarget instanceof Element &&
  relatedTarget.closest('button, a') !== null;

/** When the press is over, nothing moves away under it any more. */
const afterPress = (act: () => void): void =>
  document.addEventListener('click', () => act(), { once: true });

/** URLs, one a line, mended when they are pasted and checked while they are typed. Its value is an array of strings. */
export function UrlListField(props: FieldExtensionComponentProps<string[]>) {
  const { schema, uiSchema, required, rawErrors, idSchema } = props;
  const words = useWords();
  const { t } = words;
  const config = useApi(configApiRef);
  const { entityRef } = (props.formContext?.formData ?? {}) as NewScrapeValues;
  const written = useMendedText(props.formData ?? [], props.onChange);
  const check = checkUrlList(written.text, words, {
    willBeMended: !written.isAsWritten,
    isAllowed: allowedPrivateHosts(config),
  });
  const hasError =
    check.listProblems.length > 0 ||
    check.problems.some(problem => problem.severity === 'error');
  return (
    <Flex direction="column" gap="2" className={styles.field}>
      <div
        onInputCapture={({ nativeEvent }) =>
          written.comesBy((nativeEvent as InputEvent).inputType)
        }
        onBlur={event => {
          if (goesToButton(event)) afterPress(written.tell);
          else written.mend();
        }}
      >
        <TextAreaField
          id={idSchema?.$id}
          label={schema?.title ?? t('form.pagesToVisit')}
          description={
            uiSchema?.['ui:description'] ??
            schema?.description ??
            t('form.oneUrlALine')
          }
          secondaryLabel={required ? t('common.required') : undefined}
          isRequired={required}
          isInvalid={hasError || (rawErrors?.length ?? 0) > 0}
          placeholder="https://competitor.example/pricing"
          rows={6}
          className={styles.area}
          value={written.text}
          onChange={written.type}
        />
      </div>
      <DemoButtons
        pages={demoPages(config)}
        urls={check.urls}
        onAdd={url => written.add([url])}
      />
      {entityRef && (
        <LastRunPages
          entityRef={entityRef}
          urls={check.urls}
          onAdd={written.add}
        />
      )}
      <Text variant="body-small" color="secondary" role="status">
        {t('form.ofUrls', {
          urls: check.urls.length,
          most: LIMITS.targetUrls,
        })}
      </Text>
      <Mends mends={written.mends} onUndo={written.undo} />
      <Problems check={check} />
    </Flex>
  );
}
