import { useEffect, useState, type FormEvent } from 'react';
import { Button, Flex, Text } from '@backstage/ui';
import type { RunsView } from '../../lib/runsQuery';
import { useWords } from '../../translation/words';
import styles from './RunsPage.module.css';

/** How many there are, and the way to any page of them. */
export function Found(props: {
  total: number | undefined;
  view: Pick<RunsView, 'offset' | 'limit'>;
  onGo: (offset: number) => void;
}) {
  const { t } = useWords();
  const { total, view } = props;
  const page = Math.floor(view.offset / view.limit) + 1;
  const pages = Math.max(1, Math.ceil((total ?? 0) / view.limit));
  const [typed, setTyped] = useState(String(page));
  useEffect(() => setTyped(String(page)), [page]);
  const go = (event: FormEvent) => {
    event.preventDefault();
    const wanted = Number(typed);
    const isPage = Number.isInteger(wanted) && wanted >= 1;
    if (isPage) props.onGo((Math.min(wanted, pages) - 1) * view.limit);
    else setTyped(String(page));
  };
  return (
    <Flex justify="between" align="center" gap="3" className={styles.found}>
      <Text as="p" weight="bold" role="status">
        {total === undefined ? '' : t('finding.total', { count: total })}
      </Text>
      {pages > 1 && (
        <form onSubmit={go} className={styles.jump}>
          <label>
            {t('finding.page')}{' '}
            <input
              className={styles.input}
              inputMode="numeric"
              size={4}
              value={typed}
              onChange={event => setTyped(event.target.value)}
            />
          </label>
          <span>{t('finding.ofPages', { count: pages })}</span>
          <Button type="submit" size="small" variant="secondary">
            {t('finding.go')}
          </Button>
        </form>
      )}
    </Flex>
  );
}
