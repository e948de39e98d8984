import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fakeApi, refusal } from '../../__testUtils__/fakeApi';
import { renderPage } from '../../__testUtils__/render';
import { aRun } from '../../__testUtils__/runs';
import { RunsPage } from './RunsPage';

describe('RunsPage', () => {
  it('shows each run with its phase in words, and how long a waiting gate has', async () => {
    const { api } = fakeApi({
      runs: {
        items: [
          aRun({ name: 'week-47', phase: 'AwaitingApproval' }),
          aRun({ name: 'week-46', phase: 'Completed' }),
        ],
      },
    });
    await renderPage(<RunsPage />, { api });
    const waiting = await screen.findByRole('row', { name: /week-47/ });
    expect(within(waiting).getByText('Gate waits')).toBeInTheDocument();
    expect(within(waiting).getByText(/min.* left/)).toBeInTheDocument();
    const done = screen.getByRole('row', { name: /week-46/ });
    expect(within(done).getByText('Completed')).toBeInTheDocument();
    expect(
      within(done).getByRole('link', { name: '2 changes: report of week-46' }),
    ).toHaveAttribute(
      'href',
      '/agent-workloads/runs/local/agentworkloads/week-46?tab=report',
    );
  });

  it('tells a newcomer what to do when there are no runs', async () => {
    const { api } = fakeApi();
    await renderPage(<RunsPage />, { api });
    expect(await screen.findByText('No runs yet')).toBeInTheDocument();
    expect(
      await screen.findByRole('link', { name: 'New scrape' }),
    ).toHaveAttribute('href', '/create/default/competitor-scrape');
  });

  it('says what to do when the person may not see runs', async () => {
    const { api } = fakeApi({
      listRuns: async () => {
        throw refusal(403, 'agent-workloads.workload.read is not allowed.');
      },
    });
    await renderPage(<RunsPage />, { api });
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('You may not see the runs');
    expect(alert).toHaveTextContent('Ask the owners');
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
  });

  it('tries again on request after a failure', async () => {
    let broken = true;
    const { api } = fakeApi({
      listRuns: async () => {
        if (broken) {
          throw refusal(400, 'The server could not answer.');
        }
        return {
          items: [aRun({ name: 'week-47', phase: 'Running' })],
          total: 1,
          facets: { requestedBy: [], hosts: [], entityRefs: [] },
          clusters: [],
        };
      },
    });
    await renderPage(<RunsPage />, { api });
    await screen.findByRole('alert');
    broken = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('week-47')).toBeInTheDocument();
  });

  it('keeps showing the runs of a cluster that can not be read, with a banner', async () => {
    const { api } = fakeApi({
      runs: {
        items: [aRun({ name: 'week-47', phase: 'Running' })],
        clusters: [
          { name: 'local', synced: false, error: 'connection refused' },
        ],
      },
    });
    await renderPage(<RunsPage />, { api });
    expect(
      await screen.findByText(/Cluster local can't be read now/),
    ).toBeInTheDocument();
    expect(screen.getByText(/connection refused/)).toBeInTheDocument();
    expect(screen.getByText('week-47')).toBeInTheDocument();
  });

  it('asks the server with the filters of the URL', async () => {
    const { api, state } = fakeApi({
      runs: { items: [aRun({ name: 'week-47', phase: 'Failed' })], total: 60 },
    });
    await renderPage(<RunsPage />, {
      api,
      at: '/?search=price&phase=Failed&phase=Denied&requestedBy=bob&sort=name&order=asc&offset=25',
    });
    await screen.findByText('week-47');
    expect(state.queries[0]).toEqual({
      search: 'price',
      phase: ['Failed', 'Denied'],
      requestedBy: 'bob',
      entityRef: undefined,
      host: undefined,
      sort: 'name',
      order: 'asc',
      offset: 25,
      limit: 25,
    });
  });

  it('goes back to the first page when something is searched for', async () => {
    const { api, state } = fakeApi({
      runs: { items: [aRun({ name: 'week-47', phase: 'Failed' })], total: 60 },
    });
    await renderPage(<RunsPage />, { api, at: '/?offset=25' });
    await screen.findByText('week-47');
    await userEvent.type(screen.getByLabelText('Search'), 'peak');
    await waitFor(() =>
      expect(state.queries[state.queries.length - 1]).toMatchObject({
        search: 'peak',
        offset: 0,
      }),
    );
  });

  it('keeps filters under a name, and opens them again', async () => {
    const { api, state } = fakeApi({
      runs: { items: [aRun({ name: 'week-47', phase: 'Failed' })] },
    });
    await renderPage(<RunsPage />, { api, at: '/?requestedBy=bob&mine=true' });
    await screen.findByText('week-47');
    await userEvent.click(
      screen.getByRole('button', { name: 'Save this view' }),
    );
    await userEvent.type(
      await screen.findByLabelText('Name of the view'),
      'Mine',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await screen.findByRole('button', { name: 'Forget “Mine”' });
    await userEvent.click(
      screen.getByRole('button', { name: 'Clear filters' }),
    );
    await waitFor(() => expect(state.queries.at(-1)?.mine).toBeUndefined());
    await userEvent.click(screen.getByRole('button', { name: /Saved views/ }));
    await userEvent.click(await screen.findByRole('option', { name: 'Mine' }));
    await waitFor(() =>
      expect(state.queries.at(-1)).toMatchObject({
        requestedBy: 'bob',
        mine: true,
      }),
    );
  });

  it('says how many there are and goes to any page of them', async () => {
    const { api, state } = fakeApi({
      runs: { items: [aRun({ name: 'week-47', phase: 'Failed' })], total: 612 },
    });
    await renderPage(<RunsPage />, { api });
    expect(await screen.findByText('612 runs')).toBeInTheDocument();
    const page = screen.getByLabelText('Page');
    await userEvent.clear(page);
    await userEvent.type(page, '99{Enter}');
    await waitFor(() => expect(state.queries.at(-1)?.offset).toBe(600));
  });

  it('finds what the words mean to the reader', async () => {
    const { api, state } = fakeApi({
      runs: { items: [aRun({ name: 'week-47', phase: 'Failed' })] },
    });
    await renderPage(<RunsPage />, { api, at: '/?search=gate+waits' });
    await screen.findByText('week-47');
    expect(state.queries[0]).toMatchObject({
      search: 'gate waits',
      searchPhase: ['AwaitingApproval'],
    });
  });

  it('sorts by a column with the keyboard', async () => {
    const { api, state } = fakeApi({
      runs: { items: [aRun({ name: 'week-47', phase: 'Failed' })] },
    });
    await renderPage(<RunsPage />, { api });
    await screen.findByText('week-47');
    const header = screen.getByRole('columnheader', { name: /Duration/ });
    act(() => header.focus());
    await userEvent.keyboard('{Enter}');
    await waitFor(() =>
      expect(state.queries[state.queries.length - 1]).toMatchObject({
        sort: 'duration',
      }),
    );
  });
});
