import { useId, useState } from 'react';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Flex, TextAreaField } from '@backstage/ui';
import { RiErrorWarningLine } from '@remixicon/react';
import { objectiveProblem } from '../lib/objective';
import { useWords } from '../translation/words';
import styles from './UrlListField.module.css';

/** What somebody wants to know, in their own words; says what is wrong with it once they have left it. */
export function ObjectiveField(props: FieldExtensionComponentProps<string>) {
  const { formData = '', schema, uiSchema, required, idSchema } = props;
  const id = useId();
  const { t, ...words } = useWords();
  const [wasLeft, setWasLeft] = useState(false);
  const problem = objectiveProblem(formData, { t, ...words });
  // Nobody is told that it is too short while they write it.
  const isTold = problem !== undefined && (wasLeft || !problem.isTooShort);
  return (
    <Flex direction="column" gap="2" className={styles.field}>
      <TextAreaField
        id={idSchema?.$id}
        label={schema?.title}
        description={uiSchema?.['ui:description'] ?? schema?.description}
        secondaryLabel={required ? t('common.required') : undefined}
        isRequired={required}
        isInvalid={isTold}
        aria-describedby={isTold ? id : undefined}
        placeholder={uiSchema?.['ui:placeholder']}
        // eslint-disable-next-line jsx-a11y/no-autofocus -- the template asks for it: it is the first question
        autoFocus={uiSchema?.['ui:autofocus']}
        rows={3}
        value={formData}
        onChange={props.onChange}
        onBlur={() => setWasLeft(true)}
      />
      <div id={id} aria-live="polite" className={styles.problems}>
        {isTold && (
          <span className={styles.problem} data-severity="error">
            <RiErrorWarningLine size={16} aria-hidden />
            {problem.message}
          </span>
        )}
      </div>
    </Flex>
  );
}
