import { useState } from 'react';
import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { RunsQuery } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { fakeApi, refusal } from '../../__testUtils__/fakeApi';
import { renderPage } from '../../__testUtils__/render';
import { aGate, aRun } from '../../__testUtils__/runs';
import { useHomeVisit } from '../../hooks/useHomeVisit';
import { GatesWaiting } from './GatesWaiting';
import { LatestRuns } from './LatestRuns';
import { WatchList } from './WatchList';

/** As a layout does it: it asks at once, and its boxes come when they are loaded. */
function Home() {
  const { isUsed, mayDecide } = useHomeVisit();
  const [loaded, setLoaded] = useState(false);
  return (
    <>
      <p>
        {isUsed ? 'used' : 'new'}, {mayDecide ? 'decides' : 'decides nothing'}
      </p>
      <button onClick={() => setLoaded(true)}>Load the boxes</button>
      {loaded && (
        <>
          <GatesWaiting />
          <WatchList />
          <LatestRuns />
        </>
      )}
    </>
  );
}

const run = aRun({
  name: 'week-46',
  objective: 'Week 46',
  phase: 'Running',
});

async function show(part: Parameters<typeof fakeApi>[0] = {}) {
  const { api, state } = fakeApi(part);
  const asked = { gates: 0, runs: state.queries as RunsQuery[] };
  const { listGates } = api;
  api.listGates = async signal => {
    asked.gates += 1;
    return listGates(signal);
  };
  await renderPage(<Home />, { api });
  return asked;
}

/** What stands there before any answer is no answer. */
async function isAnswered(asked: { gates: number; runs: RunsQuery[] }) {
  await waitFor(() => expect([asked.gates, asked.runs.length]).toEqual([1, 1]));
  await act(() => new Promise(resolve => setTimeout(resolve, 50)));
}

describe('the home page', () => {
  // An answer is as good as new for a second, which a busy machine takes for less than this.
  beforeEach(() => {
    jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-11-30T12:00:00Z'));
  });
  afterEach(() => jest.restoreAllMocks());

  it('asks once for what its order and its boxes have in common', async () => {
    const asked = await show({
      runs: { items: [run] },
      gates: [aGate(run, { allowed: true })],
    });
    await screen.findByText('used, decides');
    await userEvent.click(screen.getByRole('button'));
    await screen.findAllByRole('link', { name: 'Week 46' });
    await screen.findByText(/No change is known yet/);
    expect(asked.gates).toBe(1);
    expect(asked.runs).toHaveLength(1);
  });

  it('is that of a newcomer without a run', async () => {
    await isAnswered(await show());
    expect(screen.getByText('new, decides nothing')).toBeVisible();
  });

  it('keeps its order where it is refused an answer', async () => {
    const no = async () => {
      throw refusal(403, 'No.');
    };
    await isAnswered(await show({ runs: { items: [run] }, listGates: no }));
    expect(screen.getByText('new, decides nothing')).toBeVisible();
  });
});
