import { useEntity } from '@backstage/plugin-catalog-react';
import { usePermission } from '@backstage/plugin-permission-react';
import { workloadCreatePermission } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { RiRadarLine } from '@remixicon/react';
import { useNewScrapeHref } from '../components/Links';
import { scrapeValues } from '../lib/competitors';

/** The link in an entity's About card. */
export function useNewScrapeIconLink() {
  const { entity } = useEntity();
  const href = useNewScrapeHref()(scrapeValues(entity));
  const { allowed } = usePermission({ permission: workloadCreatePermission });
  return {
    label: 'New scrape',
    icon: <RiRadarLine />,
    href,
    disabled: !href || !allowed,
  };
}
