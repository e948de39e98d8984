import { screen } from '@testing-library/react';
import { aChange } from '../../__testUtils__/changes';
import { fakeApi } from '../../__testUtils__/fakeApi';
import { renderPage } from '../../__testUtils__/render';
import { aRun } from '../../__testUtils__/runs';
import { WatchList } from './WatchList';

describe('the watch list of the home page', () => {
  it('shows three steps to who has run nothing yet', async () => {
    const { api } = fakeApi();
    await renderPage(<WatchList />, { api });
    expect(await screen.findAllByRole('listitem')).toHaveLength(3);
    expect(
      await screen.findByRole('link', { name: 'New scrape' }),
    ).toBeInTheDocument();
  });

  it('says what comes once a run has begun', async () => {
    const { api } = fakeApi({
      runs: { items: [aRun({ name: 'week-1', phase: 'Running' })] },
    });
    await renderPage(<WatchList />, { api });
    expect(
      await screen.findByText(/No change is known yet/),
    ).toBeInTheDocument();
  });

  it('tells of each company what changed last, and how much is new', async () => {
    const { api } = fakeApi({ changes: { items: [aChange()] } });
    await renderPage(<WatchList />, { api });
    expect(await screen.findByText('Brightloop')).toBeInTheDocument();
    expect(screen.getByText(/1 new/)).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'All changes' })).toHaveAttribute(
      'href',
      '/agent-workloads/changes',
    );
  });
});
