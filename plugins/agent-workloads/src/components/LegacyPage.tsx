import { Navigate, Route, Routes } from 'react-router-dom';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { PluginHeader } from '@backstage/ui';
import { RiRadarLine } from '@remixicon/react';
import { WithQueries } from '../hooks/queries';
import { useGatesLabel } from '../hooks/useGatesLabel';
import { rootRouteRef } from '../routes';
import { useWords } from '../translation/words';
import {
  ChangesRoutes,
  GatesRoutes,
  RunsRoutes,
  SchedulesRoutes,
} from './AgentWorkloadsRoutes';
import { NewScrapeButton } from './Links';

/** What the new frontend system draws by itself: header, tabs and routes. */
export function LegacyPage() {
  return (
    <WithQueries>
      <Pages />
    </WithQueries>
  );
}

function Pages() {
  const { t } = useWords();
  const gatesLabel = useGatesLabel();
  const root = useRouteRef(rootRouteRef)?.() ?? '/agent-workloads';
  return (
    <>
      <PluginHeader
        title={t('common.nav.title')}
        icon={<RiRadarLine />}
        titleLink={root}
        customActions={<NewScrapeButton />}
        tabs={[
          {
            id: 'runs',
            label: t('common.nav.runs'),
            href: `${root}/runs`,
            matchStrategy: 'prefix',
          },
          {
            id: 'gates',
            label: gatesLabel,
            href: `${root}/gates`,
            matchStrategy: 'prefix',
          },
          {
            id: 'changes',
            label: t('common.nav.changes'),
            href: `${root}/changes`,
            matchStrategy: 'prefix',
          },
          {
            id: 'schedules',
            label: t('common.nav.schedules'),
            href: `${root}/schedules`,
            matchStrategy: 'prefix',
          },
        ]}
      />
      <Routes>
        <Route index element={<Navigate to="runs" replace />} />
        <Route path="runs/*" element={<RunsRoutes />} />
        <Route path="gates/*" element={<GatesRoutes />} />
        <Route path="changes/*" element={<ChangesRoutes />} />
        <Route path="schedules/*" element={<SchedulesRoutes />} />
      </Routes>
    </>
  );
}
