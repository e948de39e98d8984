import { useEntity } from '@backstage/plugin-catalog-react';
import { usePermission } from '@backstage/plugin-permission-react';
import { workloadCreatePermission } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { RiRadarLine } from '@remixicon/react';
import { useNewScrapeHref } from '../components/Links';
import { scrapeValues } from '../lib/competitors';
import { useWords } from '../translation/words';

/** The link in an entity's About card. */
export function useNewScrapeIconLink() {
  const { t } = useWords();
  const { entity } = useEntity();
  const href = useNewScrapeHref()(scrapeValues(entity));
  const { allowed } = usePermission({ permission: workloadCreatePermission });
  return {
    label: t('common.newScrape'),
    icon: <RiRadarLine />,
    href,
    disabled: !href || !allowed,
  };
}
