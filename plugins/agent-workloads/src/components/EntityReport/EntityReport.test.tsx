import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { aChange } from '../../__testUtils__/changes';
import { fakeApi } from '../../__testUtils__/fakeApi';
import { renderPage } from '../../__testUtils__/render';
import { aRun } from '../../__testUtils__/runs';
import { EntityReportCard } from './EntityReportCard';
import { EntityReportContent } from './EntityReportContent';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'pricing-page', namespace: 'default' },
};

async function show(
  element: JSX.Element,
  part: Parameters<typeof fakeApi>[0] = {},
) {
  const fake = fakeApi(part);
  await renderPage(<EntityProvider entity={entity}>{element}</EntityProvider>, {
    api: fake.api,
  });
  return fake;
}

describe('Competitor report of an entity', () => {
  it('asks for the runs of this entity and shows the last report', async () => {
    const { state } = await show(<EntityReportContent />, {
      runs: {
        items: [
          aRun({ name: 'week-47', phase: 'AwaitingApproval' }),
          aRun({ name: 'week-46', phase: 'Completed' }),
          aRun({ name: 'week-45', phase: 'Completed' }),
        ],
      },
    });
    expect(
      await screen.findByRole('article', { name: 'Competitor report' }),
    ).toBeInTheDocument();
    expect(state.queries[0]).toMatchObject({
      entityRef: 'component:default/pricing-page',
      hasReport: true,
      outcome: 'completed',
      sort: 'pagesSeenAt',
      order: 'desc',
    });
    expect(
      screen.getByText('A new report waits at its gate'),
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'week-46' })).toBeInTheDocument();
  });

  it('dates a report that was opened again by when its pages were seen', async () => {
    const seenAt = '2026-01-05T08:09:10Z';
    const again = {
      ...aRun({ name: 'again', phase: 'Completed' }),
      seenAt,
      reused: { run: 'monday', seenAt },
    };
    await show(<EntityReportCard />, { runs: { items: [again] } });
    const time = await screen.findByText(/ago|2026/, { selector: 'time' });
    expect(time).toHaveAttribute('datetime', seenAt);
  });

  it('lets the reader go back to an earlier report', async () => {
    await show(<EntityReportContent />, {
      runs: {
        items: [
          aRun({ name: 'week-46', phase: 'Completed' }),
          aRun({ name: 'week-45', phase: 'Completed' }),
        ],
      },
    });
    const list = await screen.findByRole('navigation', {
      name: 'Reports of this entity',
    });
    await userEvent.click(within(list).getAllByRole('button')[1]);
    expect(
      await screen.findByRole('link', { name: 'week-45' }),
    ).toBeInTheDocument();
  });

  it('finds the report however many runs came to nothing since', async () => {
    await show(<EntityReportContent />, {
      runs: {
        items: [
          ...Array.from({ length: 60 }, (_, n) =>
            aRun({ name: `nightly-${n}`, phase: 'Failed' }),
          ),
          aRun({ name: 'week-46', phase: 'Completed' }),
        ],
      },
    });
    expect(
      await screen.findByRole('link', { name: 'week-46' }),
    ).toBeInTheDocument();
    expect(screen.queryByText('No competitor report yet')).toBeNull();
  });

  it('holds two reports side by side, and says in words where they are the same', async () => {
    await show(<EntityReportContent />, {
      runs: {
        items: [
          aRun({ name: 'week-46', phase: 'Completed' }),
          aRun({ name: 'week-45', phase: 'Completed' }),
        ],
      },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: /^Compare with the report/ }),
    );
    const section = await screen.findByRole('region', {
      name: 'Two reports side by side',
    });
    expect(
      await within(section).findByText('Both reports have the same prices.'),
    ).toBeInTheDocument();
    await userEvent.click(
      within(section).getByRole('switch', { name: /what is the same/ }),
    );
    expect(within(section).getAllByRole('row').length).toBeGreaterThan(2);
    await userEvent.click(
      within(section).getByRole('button', { name: 'Back to one report' }),
    );
    expect(
      await screen.findByRole('link', { name: 'week-46' }),
    ).toBeInTheDocument();
  });

  it('begins a scrape for the entity when it has no report', async () => {
    await show(<EntityReportContent />);
    expect(
      await screen.findByText('No competitor report yet'),
    ).toBeInTheDocument();
    const link = await screen.findByRole('link', { name: 'New scrape' });
    const formData = new URL(
      link.getAttribute('href')!,
      'http://x',
    ).searchParams.get('formData');
    expect(JSON.parse(formData!)).toEqual({
      entityRef: 'component:default/pricing-page',
    });
  });

  it('tells the last changes of its other reports', async () => {
    const shown = aRun({ name: 'week-46', phase: 'Completed' });
    const { state } = await show(<EntityReportContent />, {
      runs: { items: [shown] },
      changes: {
        items: [
          aChange({ workloadUid: shown.uid, company: 'In the report' }),
          aChange({ workloadUid: 'older', company: 'Quayside' }),
        ],
      },
    });
    const section = await screen.findByRole('region', {
      name: 'Latest changes in other reports',
    });
    expect(
      within(section).getByRole('link', { name: /Quayside/ }),
    ).toBeInTheDocument();
    expect(within(section).queryByText('In the report')).toBeNull();
    expect(
      within(section).getByRole('link', { name: /All changes/ }),
    ).toHaveAttribute(
      'href',
      '/agent-workloads/changes?entityRef=component%3Adefault%2Fpricing-page',
    );
    expect(state.changesQueries[0].entityRef).toBe(
      'component:default/pricing-page',
    );
  });

  it('shows the newest runs on the card', async () => {
    await show(<EntityReportCard />, {
      runs: {
        items: [
          aRun({ name: 'week-47', objective: 'Week 47', phase: 'Running' }),
        ],
      },
    });
    expect(
      await screen.findByRole('link', { name: 'Week 47' }),
    ).toBeInTheDocument();
    expect(screen.getByText('Running')).toBeInTheDocument();
    expect(screen.getByText(/No report yet/)).toBeInTheDocument();
  });
});
