import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Change } from '@agentworkloads/api';
import { aChange, PRICE_CHANGE } from '../../__testUtils__/changes';
import { EVIDENCE } from '../../__testUtils__/evidence';
import { fakeApi, refusal } from '../../__testUtils__/fakeApi';
import { PAGES } from '../../__testUtils__/pages';
import { renderPage } from '../../__testUtils__/render';
import { formatDate } from '../../lib/time';
import { ChangesPage } from '../ChangesPage';
import { UnreadChanges } from '../HomeWidgets';
import { english } from '../../__testUtils__/words';

type Part = Parameters<typeof fakeApi>[0];

async function show(part: Part = { changes: { items: [aChange()] } }) {
  const fake = fakeApi(part);
  await renderPage(<ChangesPage />, { api: fake.api });
  const card = await screen.findByRole('listitem', { name: /Price: Team/ });
  return { ...fake, card };
}

const button = (card: HTMLElement, name: RegExp) =>
  within(card).getByRole('button', { name });

describe('what a person says of a change', () => {
  it('is that they have seen it, until they say otherwise', async () => {
    const { card } = await show();
    await userEvent.click(button(card, /^Mark seen: Brightloop, Price: Team/));
    expect(await within(card).findByText('Seen')).toBeInTheDocument();
    await userEvent.click(button(card, /^Mark unseen/));
    await waitFor(() =>
      expect(button(card, /^Mark seen: /)).toBeInTheDocument(),
    );
  });

  it('is that it is wrong, with a reason', async () => {
    const { card } = await show();
    await userEvent.click(button(card, /^Wrong: /));
    const dialog = await screen.findByRole('dialog');
    const say = within(dialog).getByRole('button', { name: 'It is wrong' });
    await userEvent.click(say);
    expect(
      await within(dialog).findByText(/Write why it is wrong/),
    ).toBeInTheDocument();
    await userEvent.type(within(dialog).getByLabelText(/Why\?/), 'A banner');
    await userEvent.click(say);
    expect(await within(card).findByText('A banner')).toBeInTheDocument();
    expect(within(card).getByText('Called wrong')).toBeInTheDocument();
    expect(within(card).getByText(/^You said on/)).toBeInTheDocument();
    // It is still told what it was.
    expect(
      within(card).getByText('$45 → $49 per user a month'),
    ).toBeInTheDocument();
    const back = button(card, /^Not wrong: /);
    await userEvent.click(back);
    await waitFor(() =>
      expect(within(card).queryByText('A banner')).toBeNull(),
    );
    // Whoever works by keyboard stays where they were.
    expect(back).toHaveFocus();
    expect(back).toHaveAccessibleName(/^Wrong: /);
  });

  it('stays theirs: others read it, and have no button to take it back', async () => {
    const wrong = {
      by: 'user:default/alice',
      at: '2026-11-28T10:00:00.000Z',
      reason: 'Dollars, from abroad',
      mine: false,
    };
    const { card } = await show({ changes: { items: [aChange({ wrong })] } });
    expect(within(card).getByText('Dollars, from abroad')).toBeInTheDocument();
    expect(
      within(card).getByRole('link', { name: /alice/ }),
    ).toBeInTheDocument();
    expect(within(card).queryByRole('button', { name: /rong: / })).toBeNull();
  });

  it('is refused with the reason, in the dialog and on the page', async () => {
    const somebody = refusal(409, 'alice said before you that it is wrong');
    const { card } = await show({
      changes: { items: [aChange()] },
      callWrong: async () => {
        throw somebody;
      },
      openTestPage: async () => {
        throw refusal(404, 'There is no test page.');
      },
    });
    await userEvent.click(button(card, /^Test page: /));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'There is no test page.',
    );
    await userEvent.click(button(card, /^Wrong: /));
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(within(dialog).getByLabelText(/Why\?/), 'x');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'It is wrong' }),
    );
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      'alice said before you',
    );
  });
});

describe('the proof of a change', () => {
  it('is that of the earlier run for what it was, and of the run for what it is', async () => {
    const asked: string[] = [];
    const was = { ...PRICE_CHANGE.was!, workflowUid: 'of-week-45' };
    const { card } = await show({
      changes: {
        items: [
          aChange({
            comparedWithWorkflowUid: 'of-week-45',
            change: { ...PRICE_CHANGE, was },
          }),
        ],
      },
      getEvidence: async ({ name }) => {
        asked.push(name);
        return EVIDENCE;
      },
    });
    for (const side of ['was', 'is']) {
      await userEvent.click(
        button(card, new RegExp(`proof of what it ${side}`)),
      );
      const dialog = await screen.findByRole('dialog');
      expect(await within(dialog).findByText(PAGES[0].url)).toBeInTheDocument();
      await userEvent.keyboard('{Escape}');
      await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    }
    expect(asked).toEqual(['pricing-week-45', 'pricing-week-46']);
  });

  it('is not offered where nobody knows which run saved the page', async () => {
    const { card } = await show({
      changes: { items: [aChange({ comparedWithWorkflowUid: 'another' })] },
    });
    expect(within(card).getByText('“$45 per user a month”')).not.toHaveRole(
      'button',
    );
    expect(button(card, /proof of what it is/)).toBeInTheDocument();
  });

  it('says so where what the run saved can not be read', async () => {
    const { card } = await show({
      changes: { items: [aChange()] },
      getEvidence: async () => {
        throw refusal(404, 'There is no run pricing-week-46.');
      },
    });
    await userEvent.click(button(card, /proof of what it is/));
    const dialog = await screen.findByRole('dialog');
    expect(await within(dialog).findByRole('alert')).toHaveTextContent(
      'There is no run pricing-week-46.',
    );
  });
});

describe('a price that moved while the page could not be compared', () => {
  const older = {
    ...PRICE_CHANGE.was!,
    workflowUid: 'uid-of-long-before',
    at: '2025-10-25T08:00:00.000Z',
  };
  const missed = { ...PRICE_CHANGE, was: older };
  const since = (told: Change): Part => ({
    changes: {
      items: [
        aChange({ change: { ...told, since: { was: older, percent: 8.89 } } }),
      ],
      takenIn: true,
    },
  });

  it('is told with the day that it is held against, in the list', async () => {
    const { card } = await show(since(missed));
    expect(
      within(card).getByText(
        `$45 → $49 per user a month since ${formatDate(older.at, english)}`,
      ),
    ).toBeInTheDocument();
  });

  it('is told with what small steps add up to, on the home page', async () => {
    const { api } = fakeApi(since(PRICE_CHANGE));
    await renderPage(<UnreadChanges />, { api });
    expect(
      await screen.findByText(
        new RegExp(
          `; since ${formatDate(older.at, english)}: \\$45, \\+8.89 %$`,
        ),
      ),
    ).toBeInTheDocument();
  });
});

describe('what changed since one looked, on the home page', () => {
  const home = async (part: Part) => {
    const fake = fakeApi(part);
    await renderPage(<UnreadChanges />, { api: fake.api });
    return fake;
  };

  it('is a few lines with the way to the rest', async () => {
    const { state } = await home({
      changes: { items: [aChange()], takenIn: true, nextCursor: '1.1.1' },
    });
    expect(
      await screen.findByRole('link', { name: 'Brightloop: price Team' }),
    ).toHaveAttribute(
      'href',
      '/agent-workloads/runs/local/agentworkloads/pricing-week-46?tab=report',
    );
    expect(
      screen.getByRole('link', { name: 'All that is unread' }),
    ).toHaveAttribute('href', '/agent-workloads/changes?show=unread');
    expect(state.changesQueries[0]).toEqual({ show: 'unread', limit: 5 });
  });

  it.each([
    [true, 'Nothing has changed since you last looked.'],
    [false, /No run is completed yet/],
  ])('says why it is empty (a run was taken in: %s)', async (takenIn, text) => {
    await home({ changes: { items: [], takenIn } });
    expect(await screen.findByText(text)).toBeInTheDocument();
  });

  it('says what is wrong where it can not be read', async () => {
    await home({
      listChanges: async () => {
        throw refusal(403, 'agent-workloads.artifact.read is not allowed.');
      },
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'You may not see the changes',
    );
  });
});
