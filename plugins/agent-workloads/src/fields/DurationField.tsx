import { useId } from 'react';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Flex, TextField } from '@backstage/ui';
import { RiErrorWarningLine } from '@remixicon/react';
import { durationProblem } from '../lib/durationText';
import { useWords } from '../translation/words';
import { leastOf, type DurationOptions } from './validateDuration';
import styles from './UrlListField.module.css';

/** How long something may take, such as `1h30m`, checked while it is typed. */
export function DurationField(
  props: FieldExtensionComponentProps<string, DurationOptions>,
) {
  const { formData, onChange, schema, uiSchema, required, idSchema } = props;
  const id = useId();
  const problem = durationProblem(
    formData ?? '',
    leastOf(uiSchema),
    useWords(),
  );
  return (
    <Flex direction="column" gap="2" className={styles.field}>
      <TextField
        id={idSchema?.$id}
        label={schema?.title}
        description={uiSchema?.['ui:description'] ?? schema?.description}
        isRequired={required}
        isInvalid={problem !== undefined}
        aria-describedby={problem ? id : undefined}
        className={styles.short}
        value={formData ?? ''}
        onChange={onChange}
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
