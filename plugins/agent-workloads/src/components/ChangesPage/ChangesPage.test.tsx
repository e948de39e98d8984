import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router-dom';
import { aChange, PRICE_CHANGE } from '../../__testUtils__/changes';
import { fakeApi, refusal } from '../../__testUtils__/fakeApi';
import { renderPage } from '../../__testUtils__/render';
import { ChangesPage } from './ChangesPage';

function Address() {
  return <output aria-label="Address">{useLocation().search}</output>;
}

const page = (
  <>
    <ChangesPage />
    <Address />
  </>
);

const address = () => screen.getByLabelText('Address').textContent;

describe('ChangesPage', () => {
  // First of all: an answer about a permission is kept, over the tests of a file, too.
  it('lets nobody call a change wrong whom the policy does not let', async () => {
    const { api } = fakeApi({ changes: { items: [aChange()] } });
    await renderPage(page, { api, mayCreate: false });
    const row = await screen.findByRole('listitem', { name: /Price: Team/ });
    expect(
      within(row).getByRole('button', { name: /^Mark seen: / }),
    ).toBeInTheDocument();
    await waitFor(() =>
      expect(within(row).queryByRole('button', { name: /^Wrong/ })).toBeNull(),
    );
  });

  it('says of each change when, who, what, and what it was and is, with the words it stands on', async () => {
    const { api } = fakeApi({ changes: { items: [aChange()] } });
    await renderPage(page, { api });
    const row = await screen.findByRole('listitem', { name: /Price: Team/ });
    [
      '3 min ago',
      'Brightloop',
      'www.brightloop.example',
      'Changed',
      '$45 → $49 per user a month',
      '“$45 per user a month”',
      '“$49 per user a month”',
    ].forEach(text => expect(within(row).getByText(text)).toBeInTheDocument());
    expect(within(row).queryByText('Unusual')).toBeNull();
    const runs = '/agent-workloads/runs/local/agentworkloads';
    expect(
      within(row).getByRole('link', { name: 'Report of pricing-week-46' }),
    ).toHaveAttribute('href', `${runs}/pricing-week-46?tab=report`);
    expect(
      within(row).getByRole('link', {
        name: 'Report of pricing-week-45, the run before',
      }),
    ).toHaveAttribute('href', `${runs}/pricing-week-45?tab=report`);
  });

  it('marks what came after the last visit', async () => {
    const now = Date.now();
    const { api } = fakeApi({
      changes: {
        items: [
          aChange({ position: 1, company: 'Newcomer' }, now),
          aChange({
            position: 2,
            company: 'Known',
            takenInAt: new Date(now - 2 * 86_400_000).toISOString(),
          }),
        ],
      },
      visitChanges: async () => ({
        unreadSince: new Date(now - 86_400_000).toISOString(),
      }),
    });
    await renderPage(page, { api });
    const rowOf = async (company: string) =>
      (await screen.findByText(company)).closest('li') as HTMLElement;
    const unread = await rowOf('Newcomer');
    expect(await within(unread).findByText('Unread')).toBeInTheDocument();
    expect(within(await rowOf('Known')).queryByText('Unread')).toBeNull();
  });

  it('marks everything on a first visit, as the filter has it', async () => {
    const { api } = fakeApi({
      changes: { items: [aChange()] },
      visitChanges: async () => ({}),
    });
    await renderPage(page, { api });
    const row = await screen.findByRole('listitem', { name: /Price: Team/ });
    expect(await within(row).findByText('Unread')).toBeInTheDocument();
  });

  it('shows the list without marks where the visit can not be told', async () => {
    const { api } = fakeApi({
      changes: { items: [aChange()] },
      visitChanges: async () => {
        throw refusal(503, 'The database does not answer.');
      },
    });
    await renderPage(page, { api });
    const row = await screen.findByRole('listitem', { name: /Price: Team/ });
    expect(within(row).queryByText('Unread')).toBeNull();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('marks what is unusual, and says why', async () => {
    const { api } = fakeApi({
      changes: {
        items: [
          aChange({
            change: { ...PRICE_CHANGE, suspect: ['currency', 'factor'] },
          }),
        ],
      },
    });
    await renderPage(page, { api });
    const row = await screen.findByRole('listitem', { name: /Price: Team/ });
    expect(within(row).getByText('Unusual')).toBeInTheDocument();
    expect(
      within(row).getByText(/another currency, more than three times/),
    ).toBeInTheDocument();
  });

  it('shows a change of a report of before, which has no sides, and follows no strange address', async () => {
    const url = 'data:text/html,x';
    const { api } = fakeApi({
      changes: {
        items: [
          aChange({
            host: '',
            comparedWith: undefined,
            change: {
              kind: 'added',
              factKind: 'plan',
              subject: 'Scale',
              url,
              after: 'Scale',
            },
          }),
        ],
      },
    });
    await renderPage(page, { api });
    const row = await screen.findByRole('listitem', { name: /Plan: Scale/ });
    expect(within(row).getByText('New: Scale')).toBeInTheDocument();
    expect(within(row).getByText(url)).not.toHaveAttribute('href');
  });

  it.each([
    [{ takenIn: false }, '', 'Nothing taken in yet'],
    [{ takenIn: true }, '', 'No change has been found yet'],
    [{ takenIn: true }, '?kind=plan', 'No change matches'],
    [{ takenIn: true }, '?show=wrong', 'No change matches'],
    [{ takenIn: true }, '?show=unread', 'Nothing is unread'],
    [{ takenIn: true }, '?show=unread&company=bright', 'No change matches'],
    [{ takenIn: true }, '?show=unread&kind=price&days=7', 'No change matches'],
    [{ takenIn: true }, '?show=unread&namespace=team-a', 'No change matches'],
    [{ takenIn: false }, '?kind=plan', 'Nothing taken in yet'],
    [{ takenIn: true }, '?cursor=1.1.1', 'Nothing to show on this page'],
    [
      { takenIn: true, nextCursor: '1.1.1' },
      '',
      'Nothing to show on this page',
    ],
  ])(
    'says of nothing why it is nothing: %j at "%s"',
    async (changes, at, title) => {
      const { api } = fakeApi({ changes });
      await renderPage(page, { api, at: `/${at}` });
      expect(await screen.findByText(title)).toBeInTheDocument();
      expect(screen.queryByRole('button', { name: /CSV/ })).toBeNull();
    },
  );

  it('says how many completed runs are missing in the list', async () => {
    const { api } = fakeApi({ changes: { items: [aChange()], waiting: 2 } });
    await renderPage(page, { api });
    expect(
      await screen.findByText(/2 completed runs are not taken in \(yet\)/),
    ).toBeInTheDocument();
  });

  it('says what to do when the person may not see changes', async () => {
    const { api } = fakeApi({
      listChanges: async () => {
        throw refusal(403, 'agent-workloads.artifact.read is not allowed.');
      },
    });
    await renderPage(page, { api });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'You may not see the changes',
    );
    expect(screen.queryByText('Nothing taken in yet')).toBeNull();
  });

  it('asks for what the address says', async () => {
    const { api, state } = fakeApi();
    await renderPage(page, {
      api,
      at: '/?company=bright&kind=price&kind=terms&kind=nonsense&days=7&namespace=team-a&run=week-46',
    });
    expect(
      await screen.findByText('Only changes of team-a / week-46.'),
    ).toBeInTheDocument();
    const [query] = state.changesQueries;
    expect(query).toMatchObject({
      company: 'bright',
      kind: ['price', 'terms'],
      namespace: 'team-a',
      run: 'week-46',
    });
    const days = (Date.now() - Date.parse(query.since ?? '')) / 86_400_000;
    expect(days).toBeGreaterThanOrEqual(7);
    expect(days).toBeLessThan(8.1);
  });

  it('keeps in the address what is searched for, and begins at the newest again', async () => {
    const { api, state } = fakeApi({ changes: { items: [aChange()] } });
    await renderPage(page, { api, at: '/?cursor=1.1.1' });
    await userEvent.type(
      await screen.findByRole('searchbox', { name: 'Company' }),
      'bright',
    );
    await waitFor(() => expect(address()).toBe('?company=bright'));
    expect(state.changesQueries.at(-1)).toEqual({ company: 'bright' });
    await userEvent.click(
      screen.getByRole('button', { name: 'Clear filters' }),
    );
    await waitFor(() => expect(address()).toBe(''));
  });

  it('goes to older changes and back to the newest', async () => {
    const { api, state } = fakeApi({
      changes: { items: [aChange()], nextCursor: '9.9.9' },
    });
    await renderPage(page, { api });
    await userEvent.click(await screen.findByRole('button', { name: 'Older' }));
    await waitFor(() => expect(address()).toBe('?cursor=9.9.9'));
    expect(state.changesQueries.at(-1)).toMatchObject({ cursor: '9.9.9' });
    await userEvent.click(screen.getByRole('button', { name: 'Newest' }));
    await waitFor(() => expect(address()).toBe(''));
  });

  it('saves all that the filters find as a file', async () => {
    // jsdom has neither, and follows no link.
    URL.createObjectURL = () => 'blob:changes';
    URL.revokeObjectURL = () => {};
    const saved: string[] = [];
    const onClick = (event: MouseEvent) => {
      const link = event.target as HTMLAnchorElement;
      if (link.download) {
        event.preventDefault();
        saved.push(link.download);
      }
    };
    document.addEventListener('click', onClick);
    const { api, state } = fakeApi({ changes: { items: [aChange()] } });
    await renderPage(page, { api, at: '/?kind=price&cursor=1.1.1' });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Download as CSV' }),
    );
    await waitFor(() => expect(state.files).toEqual([{ kind: ['price'] }]));
    await waitFor(() => expect(saved).toEqual(['changes.csv']));
    document.removeEventListener('click', onClick);
  });

  it('says why there is no file', async () => {
    const { api } = fakeApi({
      changes: { items: [aChange()] },
      openChangesCsv: async () => {
        throw refusal(503, 'The database does not answer.');
      },
    });
    await renderPage(page, { api });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Download as CSV' }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The database does not answer.',
    );
  });
});
