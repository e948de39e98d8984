import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fakeApi, refusal } from '../../__testUtils__/fakeApi';
import { renderPage } from '../../__testUtils__/render';
import { aGate, aRun } from '../../__testUtils__/runs';
import { GatesPage } from './GatesPage';

describe('GatesPage', () => {
  it('puts the gates that I may decide first, and says why the others are not mine', async () => {
    const { api } = fakeApi({
      gates: [
        aGate(
          aRun({
            name: 'mine',
            objective: 'What do they ask?',
            phase: 'AwaitingApproval',
          }),
          {
            allowed: true,
          },
        ),
        aGate(aRun({ name: 'theirs', phase: 'AwaitingApproval' }), {
          allowed: false,
          reason: 'You asked for this run, and its gate wants four eyes.',
        }),
      ],
    });
    await renderPage(<GatesPage />, { api });
    const mine = await screen.findByRole('region', { name: 'Waiting for you' });
    expect(within(mine).getByText('mine')).toBeInTheDocument();
    expect(within(mine).getByText(/min.* left/)).toBeInTheDocument();
    expect(
      within(mine).getByRole('link', {
        name: 'Review and decide: the gate of What do they ask?',
      }),
    ).toHaveAttribute(
      'href',
      '/agent-workloads/runs/local/agentworkloads/mine?tab=overview',
    );
    const others = screen.getByRole('region', { name: 'Waiting for others' });
    expect(
      within(others).getByText(
        'You asked for this run, and its gate wants four eyes.',
      ),
    ).toBeInTheDocument();
  });

  it('shows the first of many, more on request, and finds one by its name', async () => {
    const { api } = fakeApi({
      gates: Array.from({ length: 45 }, (_, index) =>
        aGate(aRun({ name: `gate-${index + 1}`, phase: 'AwaitingApproval' }), {
          allowed: true,
        }),
      ).map((gate, index) => ({ ...gate, uid: `uid-${index}` })),
    });
    await renderPage(<GatesPage />, { api });
    const mine = await screen.findByRole('region', { name: 'Waiting for you' });
    expect(within(mine).getByRole('heading', { level: 2 })).toHaveTextContent(
      'Waiting for you (45)',
    );
    expect(within(mine).getAllByRole('listitem')).toHaveLength(20);
    await userEvent.click(
      within(mine).getByRole('button', { name: 'Show 20 more' }),
    );
    await userEvent.click(
      within(mine).getByRole('button', { name: 'Show 5 more' }),
    );
    expect(within(mine).getAllByRole('listitem')).toHaveLength(45);
    await userEvent.type(screen.getByRole('searchbox'), 'GATE-31');
    expect(within(mine).getAllByRole('listitem')).toHaveLength(1);
    await userEvent.type(screen.getByRole('searchbox'), ' nowhere');
    expect(
      within(mine).getByText('No gate of these matches.'),
    ).toBeInTheDocument();
  });

  it('says that nothing waits', async () => {
    await renderPage(<GatesPage />, { api: fakeApi().api });
    expect(await screen.findByText('No gate waits')).toBeInTheDocument();
  });

  it('tells of a refusal in words', async () => {
    const { api } = fakeApi({
      listGates: async () => {
        throw refusal(403, 'Not allowed.');
      },
    });
    await renderPage(<GatesPage />, { api });
    expect(await screen.findByRole('alert')).toHaveTextContent('Not allowed.');
  });
});
