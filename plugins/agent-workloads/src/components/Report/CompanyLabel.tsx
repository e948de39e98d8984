import type { Company } from '../../lib/comparison';
import { CompanyMark } from '../CompanyMark';
import styles from './Report.module.css';

/** What it calls itself, and its host, which nobody can choose. */
export function CompanyLabel({ company }: { company: Company }) {
  return (
    <>
      <CompanyMark name={company.name} />
      <bdi>{company.name}</bdi>{' '}
      {company.name !== company.host && (
        <span className={styles.terms}>{company.host}</span>
      )}
    </>
  );
}
