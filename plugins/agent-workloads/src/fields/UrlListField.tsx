import { useState } from 'react';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Flex, Text, TextAreaField } from '@backstage/ui';
import { LIMITS } from '@agentworkloads/api';
import { RiAlertLine, RiErrorWarningLine } from '@remixicon/react';
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
  const check = checkUrlList(text);
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
