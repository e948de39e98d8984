import { Route, Routes } from 'react-router-dom';
import { WithQueries } from '../hooks/queries';
import { ChangesPage } from './ChangesPage';
import { GatesPage } from './GatesPage';
import { NoSuchPage } from './NoSuchPage';
import { RunPage } from './RunPage';
import { RunsPage } from './RunsPage';
import { SchedulePage, SchedulesPage } from './SchedulesPage';

/** Below `runs/`: the table, and the page of each run. */
export function RunsRoutes() {
  return (
    <WithQueries>
      <main>
        <Routes>
          <Route index element={<RunsPage />} />
          <Route path=":cluster/:namespace/:name/*" element={<RunPage />} />
          <Route path="*" element={<NoSuchPage />} />
        </Routes>
      </main>
    </WithQueries>
  );
}

export function GatesRoutes() {
  return (
    <WithQueries>
      <main>
        <GatesPage />
      </main>
    </WithQueries>
  );
}

export function ChangesRoutes() {
  return (
    <WithQueries>
      <main>
        <ChangesPage />
      </main>
    </WithQueries>
  );
}

/** Below `schedules/`: the table, and the page of each schedule. */
export function SchedulesRoutes() {
  return (
    <WithQueries>
      <main>
        <Routes>
          <Route index element={<SchedulesPage />} />
          <Route path=":cluster/:namespace/:name" element={<SchedulePage />} />
          <Route path="*" element={<NoSuchPage />} />
        </Routes>
      </main>
    </WithQueries>
  );
}
