import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { GateItem } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { fakeApi, refusal } from '../../__testUtils__/fakeApi';
import { renderPage } from '../../__testUtils__/render';
import { aGate, aRun } from '../../__testUtils__/runs';
import { GatesPage } from './GatesPage';

function gateOf(name: string, part: Partial<GateItem> = {}): GateItem {
  const run = aRun({ name, objective: name, phase: 'AwaitingApproval' });
  return {
    ...aGate(run, { allowed: true }),
    evidence: `digest of ${name}`,
    unchanged: true,
    ...part,
  };
}

const box = (name: string) =>
  screen.queryByRole('checkbox', {
    name: `Choose to approve together: ${name}`,
  });

describe('several gates at once', () => {
  it('are those alone where everything was compared and nothing changed, and that this person may decide', async () => {
    const { api } = fakeApi({
      gates: [
        gateOf('calm'),
        gateOf('quiet'),
        gateOf('moved', { unchanged: false }),
        gateOf('not-mine', { mayDecide: { allowed: false } }),
      ],
    });
    await renderPage(<GatesPage />, { api });
    await screen.findByText('calm', { selector: 'h3' });
    expect([box('calm'), box('quiet')]).not.toContain(null);
    expect([box('moved'), box('not-mine')]).toEqual([null, null]);
    expect(
      screen.getByRole('button', { name: 'Approve those chosen (0)' }),
    ).toBeDisabled();
  });

  it('is not offered where there is one', async () => {
    const { api } = fakeApi({
      gates: [gateOf('calm'), gateOf('moved', { unchanged: false })],
    });
    await renderPage(<GatesPage />, { api });
    await screen.findByText('calm', { selector: 'h3' });
    expect(screen.queryByRole('checkbox')).toBeNull();
  });

  it('get one approval each with the digest of their own row, and one that fails stops none', async () => {
    const sent: unknown[] = [];
    const { api } = fakeApi({
      gates: [gateOf('calm'), gateOf('late'), gateOf('quiet')],
      decideGate: async (run, request) => {
        if (run.name === 'late') {
          throw refusal(409, 'carol denied this gate 3 seconds ago');
        }
        sent.push([run.name, request.decision, request.evidence]);
        return { approval: { name: 'a', uid: 'u' } };
      },
    });
    await renderPage(<GatesPage />, { api });
    await userEvent.click(
      await screen.findByRole('checkbox', { name: /^All 3 where/ }),
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Approve those chosen (3)' }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(sent).toEqual([]);
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Yes, approve all 3' }),
    );
    await waitFor(() =>
      expect(within(dialog).getByRole('status')).toHaveTextContent(
        'Approved: 2. Not approved: 1.',
      ),
    );
    expect(
      within(dialog)
        .getAllByRole('listitem')
        .map(row => row.textContent),
    ).toEqual([
      'calmApproved.',
      'lateNot approved: carol denied this gate 3 seconds ago.',
      'quietApproved.',
    ]);
    expect(sent).toEqual([
      ['calm', 'approve', 'digest of calm'],
      ['quiet', 'approve', 'digest of quiet'],
    ]);
  });

  it('are twenty at most', async () => {
    const names = Array.from({ length: 22 }, (_, index) => `gate-${index}`);
    const { api } = fakeApi({ gates: names.map(name => gateOf(name)) });
    await renderPage(<GatesPage />, { api });
    await userEvent.click(
      await screen.findByRole('checkbox', { name: /^The first 20 of 22/ }),
    );
    expect(
      screen.getByRole('button', { name: 'Approve those chosen (20)' }),
    ).toBeEnabled();
    await userEvent.click(screen.getByRole('button', { name: 'Show 2 more' }));
    expect(box('gate-21')).toBeDisabled();
  });
});

describe('the order of gates', () => {
  it('is that of the address', async () => {
    const changes = (count?: number) => ({
      unchanged: false,
      summary: { pages: 1, changes: count },
    });
    const { api } = fakeApi({
      gates: [
        gateOf('few', changes(1)),
        gateOf('unknown', changes()),
        gateOf('many', changes(9)),
      ],
    });
    await renderPage(<GatesPage />, { api, at: '/?order=changes' });
    await screen.findByText('few', { selector: 'h3' });
    expect(
      screen.getAllByRole('heading', { level: 3 }).map(one => one.textContent),
    ).toEqual(['unknown', 'many', 'few']);
  });
});
