import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { PageRecord } from '@agentworkloads/api';
import type { RunRef } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { fakeApi } from '../../__testUtils__/fakeApi';
import { pageRecord, PAGES } from '../../__testUtils__/pages';
import { renderPage } from '../../__testUtils__/render';
import { PageThumbnails } from './PageThumbnails';

const RUN: RunRef = { cluster: 'local', namespace: 'ns', name: 'week-47' };
const FIRST = pageRecord(PAGES[0]);
const SECOND: PageRecord = {
  ...FIRST,
  fetchedAt: '2026-11-22T09:00:50.000Z',
  textKey: FIRST.textKey!.replace('page.txt', 'second-look/page.txt'),
  shots: FIRST.shots.map(shot => ({ ...shot, key: `second/${shot.key}` })),
};

async function show(page: PageRecord): Promise<string[]> {
  const { api } = fakeApi();
  const opened: string[] = [];
  const openObject: typeof api.openObject = (ref, key, signal) => {
    opened.push(key);
    return api.openObject(ref, key, signal);
  };
  await renderPage(<PageThumbnails run={RUN} pages={[page]} />, {
    api: { ...api, openObject },
  });
  await screen.findByText(PAGES[0].title);
  return opened;
}

const press = (name: RegExp) =>
  userEvent.click(screen.getByRole('button', { name }));

describe('the second look at a page', () => {
  it('has its pictures and its text beside those of the first', async () => {
    const opened = await show({ ...FIRST, secondLook: SECOND });
    await press(/^Desktop screenshot of the second look/);
    expect(
      await screen.findByText(/^Desktop, second look:/),
    ).toBeInTheDocument();
    expect(opened).toContain(SECOND.shots[0].key);
  });

  it('has its text', async () => {
    const opened = await show({ ...FIRST, secondLook: SECOND });
    await press(/^Text of the second look/);
    expect(await screen.findByLabelText('The saved text')).toHaveTextContent(
      /Single sign-on/,
    );
    expect(opened).toContain(SECOND.textKey);
  });

  it('says why it failed', async () => {
    await show({
      ...FIRST,
      secondLook: { ...SECOND, reason: 'TIMEOUT', shots: [] },
    });
    expect(
      screen.getByText(/Second look.*did not load in time/),
    ).toBeInTheDocument();
  });

  it('is not mentioned where there was none', async () => {
    await show(FIRST);
    expect(screen.queryByText(/Second look/)).toBeNull();
  });
});
