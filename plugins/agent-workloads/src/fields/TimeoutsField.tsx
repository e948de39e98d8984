import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Flex } from '@backstage/ui';
import { LEAST_TIMEOUTS } from '@agentworkloads/api';
import { durationProblem } from '../lib/durationText';
import { useWords } from '../translation/words';
import { DurationBox } from './DurationField';
import styles from './UrlListField.module.css';

/** @public */
export type Timeouts = Partial<
  Record<'execution' | 'suspendGate' | 'noProgress', string>
>;

/** How long people have, and folded away what is for who knows the machinery. */
export function TimeoutsField(props: FieldExtensionComponentProps<Timeouts>) {
  const { formData = {}, onChange, idSchema } = props;
  const words = useWords();
  const { t } = words;
  const box = (name: keyof Timeouts, label: string, description: string) => (
    <DurationBox
      id={`${idSchema?.$id ?? 'timeouts'}_${name}`}
      label={label}
      description={description}
      least={LEAST_TIMEOUTS[name]}
      value={formData[name] ?? ''}
      onChange={value => onChange({ ...formData, [name]: value })}
    />
  );
  const isWrong = (['execution', 'noProgress'] as const).some(name =>
    durationProblem(formData[name] ?? '', LEAST_TIMEOUTS[name], words),
  );
  return (
    <Flex direction="column" gap="4" className={styles.field}>
      {box('suspendGate', t('form.gateWaits'), t('form.gateWaitsText'))}
      {/* What is wrong in there must be seen. */}
      <details open={isWrong || undefined} className={styles.advanced}>
        <summary>{t('form.advanced')}</summary>
        <Flex direction="column" gap="4">
          {box('execution', t('form.runWorks'), t('form.runWorksText'))}
          {box('noProgress', t('form.noProgress'), t('form.noProgressText'))}
        </Flex>
      </details>
    </Flex>
  );
}
