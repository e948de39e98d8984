import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { LaunchCheckPanel } from '../components/LaunchCheck';
import type { NewScrapeValues } from '../lib/newScrapeValues';
import styles from './UrlListField.module.css';

/** Holds no value: it looks at what the other fields of the form hold. */
export function LaunchCheckField(props: FieldExtensionComponentProps<string>) {
  const form: NewScrapeValues = props.formContext?.formData ?? {};
  return (
    <div className={styles.field}>
      <LaunchCheckPanel form={form} />
    </div>
  );
}
