import { useId } from 'react';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Flex, TextField } from '@backstage/ui';
import { readDuration } from '@agentworkloads/api';
import { RiErrorWarningLine } from '@remixicon/react';
import { durationProblem } from '../lib/durationText';
import { useWords } from '../translation/words';
import { leastOf, type DurationOptions } from './validateDuration';
import styles from './UrlListField.module.css';

/** How long something may take. Words such as "2 hours" become `2h` when it is left. */
export function DurationBox(props: {
  id?: string;
  label?: string;
  description?: string;
  isRequired?: boolean;
  least?: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const { value, onChange, least } = props;
  const id = useId();
  const problem = durationProblem(value, least, useWords());
  const tidy = () => {
    const read = readDuration(value);
    if (read !== undefined && read !== value) onChange(read);
  };
  return (
    <Flex direction="column" gap="2" className={styles.field}>
      <TextField
        id={props.id}
        label={props.label}
        description={props.description}
        isRequired={props.isRequired}
        isInvalid={problem !== undefined}
        aria-describedby={problem ? id : undefined}
        className={styles.short}
        value={value}
        onChange={onChange}
        onBlur={tidy}
      />
      <div id={id} aria-live="polite" className={styles.problems}>
        {problem && (
          <span className={styles.problem} data-severity="error">
            <RiErrorWarningLine size={16} aria-hidden />
            {problem}
          </span>
        )}
      </div>
    </Flex>
  );
}

/** The same as a field of a template's own. */
export function DurationField(
  props: FieldExtensionComponentProps<string, DurationOptions>,
) {
  const { formData, onChange, schema, uiSchema, required, idSchema } = props;
  return (
    <DurationBox
      id={idSchema?.$id}
      label={schema?.title}
      description={uiSchema?.['ui:description'] ?? schema?.description}
      isRequired={required}
      least={leastOf(uiSchema)}
      value={formData ?? ''}
      onChange={onChange}
    />
  );
}
