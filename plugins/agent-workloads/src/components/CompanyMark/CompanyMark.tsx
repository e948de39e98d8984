import { initials } from '../../lib/initials';
import styles from './CompanyMark.module.css';

/** Stands for a company's picture: a browser that fetched theirs would tell them who reads about them. */
export function CompanyMark({ name }: { name: string }) {
  return (
    // Drawn and no text: who copies or searches finds the name.
    <span aria-hidden className={styles.mark} data-letters={initials(name)} />
  );
}
