import { useState } from 'react';
import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Button, Flex, Text, TextAreaField } from '@backstage/ui';
import { LIMITS } from '@agentworkloads/api';
import { RiAlertLine, RiErrorWarningLine } from '@remixicon/react';
import { demoPages, isOfDemo, type DemoPage } from '../lib/demo';
import { checkUrlList, type LineProblem } from '../lib/urlList';
import styles from './UrlListField.module.css';

const SHOWN_PROBLEMS = 8;

function Problem(props: { problem: LineProblem }) {
  const { line, severity, message, text } = props.problem;
  const Icon = severity === 'error' ? RiErrorWarningLine : RiAlertLine;
  return (
    <li className={styles.problem} data-severity={severity}>
      <Icon size={16} aria-hidden />
      <span>
        <strong>Line {line}:</strong> {message}{' '}
        <code className={styles.text}>{text.slice(0, 120)}</code>
      </span>
    </li>
  );
}

/** One click a company, where the portal says that there are invented ones. */
function DemoButtons(props: {
  pages: DemoPage[];
  urls: string[];
  onAdd: (url: string) => void;
}) {
  const { pages } = props;
  if (pages.length === 0) return null;
  return (
    <Flex
      gap="2"
      align="center"
      role="group"
      aria-label="Invented competitors"
      style={{ flexWrap: 'wrap' }}
    >
      <Text variant="body-small">To try it, an invented competitor:</Text>
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

/** URLs, one a line, checked while they are typed. Its value is an array of strings. */
export function UrlListField(props: FieldExtensionComponentProps<string[]>) {
  const {
    formData,
    onChange,
    schema,
    uiSchema,
    required,
    rawErrors,
    idSchema,
  } = props;
  // What was typed, blank lines included: the form's value has none.
  const [text, setText] = useState(() => (formData ?? []).join('\n'));
  const pages = demoPages(useApi(configApiRef));
  const found = checkUrlList(text);
  // That they look private is no news: they are allowed where they are offered.
  const check = {
    ...found,
    problems: found.problems.filter(
      one => one.severity === 'error' || !isOfDemo(pages, one.text),
    ),
  };
  const shown = check.problems.slice(0, SHOWN_PROBLEMS);
  const hasError =
    check.listProblems.length > 0 ||
    check.problems.some(problem => problem.severity === 'error');
  const type = (value: string) => {
    setText(value);
    onChange(checkUrlList(value).urls);
  };
  return (
    <Flex direction="column" gap="2" className={styles.field}>
      <TextAreaField
        id={idSchema?.$id}
        label={schema?.title ?? 'Pages to visit'}
        description={
          uiSchema?.['ui:description'] ??
          schema?.description ??
          'One URL a line, http or https.'
        }
        secondaryLabel={required ? 'Required' : undefined}
        isRequired={required}
        isInvalid={hasError || (rawErrors?.length ?? 0) > 0}
        placeholder="https://competitor.example/pricing"
        rows={6}
        className={styles.area}
        value={text}
        onChange={type}
      />
      <DemoButtons
        pages={pages}
        urls={check.urls}
        onAdd={url => type([...check.urls, url].join('\n'))}
      />
      <Text variant="body-small" color="secondary" role="status">
        {check.urls.length} of {LIMITS.targetUrls} URLs
      </Text>
      {(shown.length > 0 || check.listProblems.length > 0) && (
        <ul
          className={styles.problems}
          aria-live="polite"
          aria-label="Problems"
        >
          {check.listProblems.map(message => (
            <li key={message} className={styles.problem} data-severity="error">
              <RiErrorWarningLine size={16} aria-hidden />
              <span>{message}</span>
            </li>
          ))}
          {shown.map(problem => (
            <Problem key={problem.line} problem={problem} />
          ))}
          {check.problems.length > shown.length && (
            <li>and {check.problems.length - shown.length} more lines</li>
          )}
        </ul>
      )}
    </Flex>
  );
}
