import { useState } from 'react';
import { ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import { hasPrices, type Company } from '../../lib/comparison';
import { useWords } from '../../translation/words';
import type { OnProof } from './PriceParts';
import { PriceTable } from './PriceTable';
import { TierTable } from './TierTable';
import styles from './Report.module.css';

type View = 'sideBySide' | 'details';

/** More columns than this are read better one below the other. */
const MOST_COLUMNS = 5;

/** What the companies ask: side by side, or each with all that is in its plans. One company alone has no sides. */
export function Prices(props: {
  companies: readonly Company[];
  onProof: OnProof;
}) {
  const { companies, onProof } = props;
  const { t } = useWords();
  const priced = companies.filter(({ plans }) => plans.length > 0);
  const [view, setView] = useState<View>(
    priced.length <= MOST_COLUMNS ? 'sideBySide' : 'details',
  );
  if (priced.length < 2)
    return <PriceTable companies={companies} onProof={onProof} />;
  return (
    <>
      <ToggleButtonGroup
        className={styles.onScreen}
        aria-label={t('prices.view')}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[view]}
        onSelectionChange={keys => setView([...keys][0] as View)}
      >
        <ToggleButton id="sideBySide">{t('prices.sideBySide')}</ToggleButton>
        <ToggleButton id="details">{t('prices.details')}</ToggleButton>
      </ToggleButtonGroup>
      {view === 'sideBySide' ? (
        <TierTable companies={companies.filter(hasPrices)} onProof={onProof} />
      ) : (
        <PriceTable companies={companies} onProof={onProof} />
      )}
    </>
  );
}
