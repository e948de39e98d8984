import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Change, ChangeSide, PageRecord } from '@agentworkloads/api';
import type { RunRef } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { EVIDENCE } from '../../__testUtils__/evidence';
import { fakeApi, refusal } from '../../__testUtils__/fakeApi';
import { pageRecord, PAGES } from '../../__testUtils__/pages';
import { renderPage } from '../../__testUtils__/render';
import { ChangePictures } from './ChangePictures';

const RUN: RunRef = { cluster: 'local', namespace: 'ns', name: 'week-47' };
const NOW: PageRecord = {
  ...pageRecord(PAGES[0]),
  layoutKey: 'layout.json',
  layoutSha256: 'c'.repeat(64),
};
/** As the earlier run saved it: another text, and another screenshot. */
const THEN: PageRecord = {
  ...NOW,
  textSha256: 'b'.repeat(64),
  shots: NOW.shots.map(shot => ({ ...shot, key: `before/${shot.key}` })),
};
const side = (page: PageRecord, quote: string): ChangeSide => ({
  subject: 'Team',
  value: 49,
  quote,
  factId: 'f',
  source: 'text',
  sourceSha256: page.textSha256!,
  start: 0,
  end: 3,
  box: { x: 600, y: 700, width: 100, height: 30 },
  url: page.url,
  workflowUid: 'w',
});
const CHANGE: Change = {
  kind: 'changed',
  factKind: 'price',
  aspect: 'amount',
  subject: 'Team',
  url: NOW.url,
  was: side(THEN, '$45'),
  is: side(NOW, '$49'),
};
const COMPARED = {
  changes: [CHANGE],
  comparedWith: {
    baseline: {
      name: 'week-46',
      workflowUid: 'before',
      completedAt: '2026-11-15T09:00:00.000Z',
      artifacts: {},
    },
  },
} as never;

const earlier = async ({ name }: RunRef) => ({
  ...EVIDENCE,
  manifest: {
    ...EVIDENCE.manifest!,
    pages: name === 'week-46' ? [THEN] : [NOW],
  },
});

async function show(change: Change, getEvidence: typeof earlier = earlier) {
  const opened: string[] = [];
  const { api } = fakeApi({ getEvidence });
  const openObject: typeof api.openObject = (ref, key, signal) => {
    opened.push(`${ref.name} ${key.startsWith('before/')}`);
    return api.openObject(ref, key, signal);
  };
  await renderPage(
    <>
      <p>page</p>
      <ChangePictures
        run={RUN}
        change={change}
        pages={[NOW]}
        comparison={COMPARED}
      >
        $45 → $49
      </ChangePictures>
    </>,
    { api: { ...api, openObject } },
  );
  await screen.findByText('page');
  return opened;
}

async function open() {
  await userEvent.click(
    screen.getByRole('button', { name: 'Pictures of before and now: Team' }),
  );
  await screen.findByText(/^Now/);
}

describe('ChangePictures', () => {
  it('shows the same part of both screenshots in one size, each out of its own run', async () => {
    const opened = await show(CHANGE);
    await open();
    const shown = [
      await screen.findByAltText(/^Before: “\$45” on brightloop.example/),
      await screen.findByAltText(/^Now: “\$49” on brightloop.example/),
    ];
    expect(opened.sort()).toEqual(['week-46 true', 'week-47 false']);
    for (const picture of shown)
      expect(picture.parentElement).toHaveStyle({
        width: '460px',
        aspectRatio: '460 / 260',
      });
  });

  it('says in words what was not there before', async () => {
    await show({ ...CHANGE, kind: 'added', was: undefined });
    await open();
    expect(screen.getByText('It was not there.')).toBeInTheDocument();
    expect(await screen.findByAltText(/^Now/)).toBeInTheDocument();
  });

  it('says in words what is gone', async () => {
    await show({ ...CHANGE, kind: 'removed', is: undefined });
    await open();
    expect(screen.getByText('It is not there any more.')).toBeInTheDocument();
    expect(await screen.findByAltText(/^Before/)).toBeInTheDocument();
  });

  it('says that the earlier run can’t be had, and shows what is now', async () => {
    await show(CHANGE, async () => {
      throw refusal(404, 'There is no run week-46.');
    });
    await open();
    expect(
      screen.getByText(/No picture\. What that run saved can’t be had\./),
    ).toBeInTheDocument();
    expect(await screen.findByAltText(/^Now/)).toBeInTheDocument();
  });

  it('has the words of both runs, and where they stand', async () => {
    await show(CHANGE);
    await open();
    expect(screen.getByText('$45')).toBeInTheDocument();
    expect(screen.getByText('$49')).toBeInTheDocument();
    expect(
      screen.getAllByText(/characters 0 to 3 of the saved visible text/),
    ).toHaveLength(2);
  });

  it('is not there for a change of before, which has no sides', async () => {
    await show({ ...CHANGE, was: undefined, is: undefined });
    expect(screen.queryByRole('button')).toBeNull();
  });
});
