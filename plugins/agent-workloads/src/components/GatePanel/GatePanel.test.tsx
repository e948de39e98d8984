import { useState } from 'react';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import type { PolicyRecord } from '@agentworkloads/api';
import type {
  MayDecide,
  RunDetail,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { EVIDENCE, FACTS } from '../../__testUtils__/evidence';
import { fakeApi, refusal } from '../../__testUtils__/fakeApi';
import { WORKFLOW_UID } from '../../__testUtils__/pages';
import { renderPage } from '../../__testUtils__/render';
import { aGate, aRun, aRunDetail } from '../../__testUtils__/runs';
import { GatePanel } from './GatePanel';

const waiting = (mayDecide?: MayDecide) =>
  aRunDetail(aRun({ phase: 'AwaitingApproval' }), mayDecide);

async function show(run: RunDetail, part: Parameters<typeof fakeApi>[0] = {}) {
  const fake = fakeApi({ run, ...part });
  const rendered = await renderPage(<GatePanel run={run} />, { api: fake.api });
  return { ...fake, ...rendered };
}

describe('GatePanel', () => {
  it('shows the reasons of the policy, what was seen and what could not be, before the decision', async () => {
    await show(waiting());
    expect(
      await screen.findByText('The policy asks for it:'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('Nothing is published in the week of the fair.'),
    ).toBeInTheDocument();
    expect(screen.getByText('2 of 5 pages were not seen.')).toBeInTheDocument();
    expect(screen.getByText('3 of 5')).toBeInTheDocument();
    expect(
      await screen.findByText(/robots.txt asks not to visit/),
    ).toBeInTheDocument();
    const prices = await screen.findByRole('table');
    expect(within(prices).getByText('$49')).toBeInTheDocument();
    expect(
      // A query of its own, which may be answered later.
      await screen.findByRole('button', {
        name: /Desktop screenshot of Pricing/,
      }),
    ).toBeInTheDocument();
  });

  it('shows what speaks against it most severe first, then what was found', async () => {
    const run = waiting();
    const counts = {
      price: 1,
      plan: 0,
      terms: 0,
      other: 0,
      notCompared: 1,
      unstable: 1,
    };
    const summary = {
      ...run.gateDetail!.summary!,
      changes: 1,
      compared: counts,
    };
    const url = 'https://www.brightloop.example/pricing';
    await show(
      { ...run, gateDetail: { ...run.gateDetail!, summary } },
      {
        getEvidence: async () => ({
          ...EVIDENCE,
          changes: {
            schemaVersion: 1,
            workflowUid: WORKFLOW_UID,
            comparedWith: {},
            changes: [
              {
                kind: 'changed',
                factKind: 'price',
                subject: 'Team',
                url,
                before: 45,
                after: 49,
              },
            ],
            noted: [],
            notCompared: [
              {
                url,
                reason: 'CUT_SHORT',
                scope: 'part',
                detail: 'There was more than what was read.',
              },
            ],
          },
        }),
      },
    );
    expect(await screen.findByText('45 → 49')).toBeInTheDocument();
    expect(
      screen.getByText('There was more than what was read.'),
    ).toBeInTheDocument();
    const evidence = screen
      .getAllByRole('heading', { level: 3 })
      .map(heading => heading.textContent)
      .filter(text => /^(What c|Plans)/.test(text ?? ''));
    expect(evidence).toEqual([
      'What could not be seen (2)',
      'What could not be compared (1)',
      'What changed',
      'Plans and prices found',
    ]);
  });

  it('names pages that were followed', async () => {
    const run = waiting();
    const summary = {
      ...run.gateDetail!.summary!,
      followed: ['https://acme.example/pricing'],
      followedTotal: 3,
    };
    const gateDetail = { ...run.gateDetail!, summary };
    await show({ ...run, gateDetail });
    expect(
      await screen.findByText(
        /beyond the targets.*https:\/\/acme\.example\/pricing, and 2 more/,
      ),
    ).toBeInTheDocument();
  });

  it('says nothing of pages that were followed where none was', async () => {
    await show(waiting());
    expect(await screen.findByText('3 of 5')).toBeInTheDocument();
    expect(screen.queryByText(/beyond the targets/)).not.toBeInTheDocument();
  });

  it('calls a company as the report will', async () => {
    const facts = FACTS.map(fact =>
      fact.kind === 'headline' && fact.url === FACTS[0].url
        ? { ...fact, subject: 'Bright Data Co' }
        : fact,
    );
    await show(waiting(), {
      getEvidence: async () => ({
        ...EVIDENCE,
        facts: { ...EVIDENCE.facts!, facts },
      }),
    });
    const prices = await screen.findByRole('table');
    expect(
      within(prices).getAllByText('Bright Data Co').length,
    ).toBeGreaterThan(0);
  });

  it('shows prices that stand under no plan, too', async () => {
    const facts = FACTS.filter(({ kind }) => kind === 'price').map(fact => ({
      ...fact,
      subject: '',
    }));
    await show(waiting(), {
      getEvidence: async () => ({
        ...EVIDENCE,
        facts: { ...EVIDENCE.facts!, facts },
      }),
    });
    const prices = await screen.findByRole('table');
    expect(within(prices).getByText('$49')).toBeInTheDocument();
    expect(within(prices).getAllByText('no plan named').length).toBeGreaterThan(
      0,
    );
  });

  it('wants a comment for a denial, and takes it where it asks once more', async () => {
    const { state } = await show(waiting());
    await userEvent.click(await screen.findByRole('button', { name: 'Deny' }));
    const dialog = await screen.findByRole('dialog');
    const yes = within(dialog).getByRole('button', { name: 'Yes, deny' });
    await userEvent.click(yes);
    expect(within(dialog).getByRole('alert')).toHaveTextContent(
      'Say why you deny',
    );
    expect(state.decisions).toEqual([]);
    const comment = within(dialog).getByLabelText(/Comment/);
    await waitFor(() => expect(comment).toHaveFocus());
    expect(comment).toHaveAccessibleDescription(/Say why you deny/);
    await userEvent.type(comment, 'Half is missing.');
    await userEvent.click(yes);
    expect(await screen.findByText('You denied')).toBeInTheDocument();
    expect(state.decisions).toMatchObject([
      { decision: 'deny', comment: 'Half is missing.' },
    ]);
  });

  it('denies with a comment, after asking once more', async () => {
    const { state } = await show(waiting());
    await userEvent.type(
      await screen.findByLabelText(/Comment/),
      '  Half is missing.  ',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Deny' }));
    const dialog = await screen.findByRole('dialog');
    expect(state.decisions).toEqual([]);
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Yes, deny' }),
    );
    expect(await screen.findByText('You denied')).toBeInTheDocument();
    expect(state.decisions).toEqual([
      {
        workloadUid: 'uid-pricing-week-47',
        workflowUid: WORKFLOW_UID,
        nodeId: 'pricing-week-47-3',
        evidence: 'e'.repeat(64),
        decision: 'deny',
        comment: 'Half is missing.',
      },
    ]);
  });

  describe('of several approvals', () => {
    const approved: MayDecide = {
      allowed: false,
      mayDeny: true,
      reason: 'You have approved; one more has to.',
    };

    it('lets who has approved still deny, and approve no second time', async () => {
      await show(waiting(approved));
      expect(await screen.findByText(/one more has to/)).toBeInTheDocument();
      expect(
        screen.queryByRole('button', { name: 'Approve' }),
      ).not.toBeInTheDocument();
      await userEvent.click(screen.getByRole('button', { name: 'Deny' }));
      expect(await screen.findByText('Deny this gate?')).toBeVisible();
    });

    it('does not ask by a key what has no button', async () => {
      await show(waiting(approved));
      await screen.findByRole('button', { name: 'Deny' });
      await userEvent.keyboard('a');
      expect(screen.queryByText('Approve this gate?')).toBeNull();
      await userEvent.keyboard('d');
      expect(await screen.findByText('Deny this gate?')).toBeVisible();
    });
  });

  describe('when there is too little time', () => {
    const withDay = (run: RunDetail): RunDetail => ({
      ...run,
      policyStart: {
        decision: 'allow',
        reasons: [],
        longestGateSeconds: 86400,
      },
      gateDetail: {
        ...run.gateDetail!,
        openedAt: '2026-11-20T10:00:00Z',
        deadline: '2026-11-20T11:00:00Z',
      },
    });

    it('leaves more, with a word why, and decides nothing', async () => {
      const { state } = await show(withDay(waiting()));
      await userEvent.click(
        await screen.findByRole('button', { name: 'More time' }),
      );
      await userEvent.type(
        await screen.findByLabelText(/Why/),
        'Legal is on leave',
      );
      await userEvent.click(
        screen.getByRole('button', { name: 'Leave more time' }),
      );
      await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
      expect(state.extensions).toEqual([
        {
          workloadUid: 'uid-pricing-week-47',
          workflowUid: WORKFLOW_UID,
          nodeId: 'pricing-week-47-3',
          // All that policy leaves: less than a day more.
          extendTo: '2026-11-21T10:00:00Z',
          comment: 'Legal is on leave',
        },
      ]);
      expect(state.decisions).toEqual([]);
    });

    it('says why it could not, and stays open', async () => {
      await show(withDay(waiting()), {
        extendGate: async () => {
          throw refusal(409, 'Another gate waits now');
        },
      });
      await userEvent.click(
        await screen.findByRole('button', { name: 'More time' }),
      );
      await userEvent.click(
        await screen.findByRole('button', { name: 'Leave more time' }),
      );
      const dialog = await screen.findByRole('dialog');
      expect(
        await within(dialog).findByText(/Another gate waits now/),
      ).toBeVisible();
    });

    it('is not offered to who may not decide, nor where policy leaves none', async () => {
      await show(withDay(waiting({ allowed: false, reason: 'Not you.' })));
      expect(await screen.findByText('Not you.')).toBeVisible();
      expect(screen.queryByRole('button', { name: 'More time' })).toBeNull();
    });

    it('tells who left more', async () => {
      const run = waiting();
      await show({
        ...run,
        gateDetail: {
          ...run.gateDetail!,
          extensions: [
            {
              until: '2026-11-21T10:00:00Z',
              by: 'carol',
              at: '2026-11-20T10:30:00Z',
              comment: 'Legal is on leave',
              approvalUid: 'e1',
            },
          ],
        },
      });
      expect(
        await screen.findByText(/carol left more time.*Legal is on leave/),
      ).toBeVisible();
    });
  });

  it('approves without a comment, by keyboard alone', async () => {
    const { state } = await show(waiting());
    const approve = await screen.findByRole('button', { name: 'Approve' });
    await userEvent.tab();
    while (document.activeElement !== approve) {
      await userEvent.tab();
    }
    await userEvent.keyboard('{Enter}');
    const yes = await screen.findByRole('button', { name: 'Yes, approve' });
    await waitFor(() =>
      expect(screen.getByRole('dialog')).toContainElement(
        document.activeElement as HTMLElement,
      ),
    );
    while (document.activeElement !== yes) {
      await userEvent.tab();
    }
    await userEvent.keyboard('{Enter}');
    expect(await screen.findByText('You approved')).toBeInTheDocument();
    expect(state.decisions).toMatchObject([{ decision: 'approve' }]);
  });

  it('keeps the focus near when the buttons are gone', async () => {
    await show(waiting());
    await userEvent.click(
      await screen.findByRole('button', { name: 'Approve' }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Yes, approve' }),
    );
    const note = await screen.findByText('You approved');
    await waitFor(() => expect(document.activeElement).toContainElement(note));
    expect(document.body).not.toHaveFocus();
  });

  it('gives the buttons back when the operator could not use the decision', async () => {
    const refused = 'You approved this gate, but the operator could not use it';
    const run = waiting({ allowed: true, refused });
    let change: (next: RunDetail) => void = () => {};
    function Live() {
      const [now, setNow] = useState(run);
      change = setNow;
      return <GatePanel run={now} />;
    }
    await renderPage(<Live />, { api: fakeApi({ run }).api });
    expect(
      await screen.findByText('Your last decision did not count'),
    ).toBeInTheDocument();
    expect(screen.getByText(/you may decide again/)).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Approve' }));
    await userEvent.click(
      await screen.findByRole('button', { name: 'Yes, approve' }),
    );
    expect(await screen.findByText('You approved')).toBeInTheDocument();
    act(() =>
      change({
        ...run,
        approvals: [
          {
            name: 'approval',
            approver: 'alice',
            decision: 'approve',
            comment: '',
            createdAt: run.createdAt,
            nodeId: 'pricing-week-47-3',
            accepted: {
              status: 'False',
              reason: 'AdmissionMissing',
              message: 'the policies were missing',
            },
          },
        ],
      }),
    );
    expect(
      await screen.findByRole('button', { name: 'Approve' }),
    ).toBeEnabled();
    expect(screen.queryByText('You approved')).toBeNull();
    const list = screen.getByRole('list', {
      name: 'Decisions that did not count',
    });
    expect(list).toHaveTextContent('alice approved');
    expect(list).toHaveTextContent('the policies were missing');
  });

  describe('keys', () => {
    afterEach(() => localStorage.clear());

    it('ask nothing where the switch for them is hidden', async () => {
      const was = globalThis.matchMedia;
      const nothing = () => undefined;
      globalThis.matchMedia = query =>
        ({
          matches: query.includes('hover: none'),
          addEventListener: nothing,
          removeEventListener: nothing,
          addListener: nothing,
          removeListener: nothing,
        } as unknown as MediaQueryList);
      try {
        await show(waiting());
        await screen.findByRole('button', { name: 'Deny' });
        await userEvent.keyboard('d');
        expect(screen.queryByText('Deny this gate?')).toBeNull();
      } finally {
        globalThis.matchMedia = was;
      }
    });

    it('A and D ask once more, and decide nothing by themselves', async () => {
      const { state } = await show(waiting());
      await screen.findByRole('button', { name: 'Approve' });
      await userEvent.keyboard('d');
      expect(await screen.findByText('Deny this gate?')).toBeVisible();
      // In the comment of the dialog it is a letter.
      await userEvent.keyboard('a');
      expect(screen.queryByText('Approve this gate?')).toBeNull();
      await userEvent.keyboard('{Escape}');
      await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
      await userEvent.keyboard('A');
      expect(await screen.findByText('Approve this gate?')).toBeVisible();
      expect(state.decisions).toEqual([]);
    });

    it('are letters while somebody writes, and with Control the browser has them', async () => {
      await show(waiting());
      const comment = await screen.findByLabelText(/Comment/);
      await userEvent.type(comment, 'add');
      expect(comment).toHaveValue('add');
      act(() => comment.blur());
      await userEvent.keyboard('{Control>}a{/Control}');
      expect(screen.queryByRole('dialog')).toBeNull();
    });

    it('do nothing once they are switched off, on the next gate too', async () => {
      const { container, unmount } = await show(waiting());
      expect(container).toBeInTheDocument();
      await userEvent.click(
        await screen.findByRole('switch', { name: /A approves/ }),
      );
      await userEvent.keyboard('a');
      unmount();
      await show(waiting());
      expect(
        await screen.findByRole('switch', { name: /A approves/ }),
      ).not.toBeChecked();
      await userEvent.keyboard('a');
      expect(screen.queryByRole('dialog')).toBeNull();
    });

    it('are nothing to who may not decide', async () => {
      await show(waiting({ allowed: false, reason: 'Not you.' }));
      await screen.findByText('Not you.');
      await userEvent.keyboard('a');
      expect(screen.queryByRole('dialog')).toBeNull();
      expect(screen.queryByRole('switch')).toBeNull();
    });
  });

  it('leads to the next gate that waits for the person, and says which one that is', async () => {
    const run = waiting();
    const gateOf = (name: string, allowed = true) =>
      aGate(aRun({ name, phase: 'AwaitingApproval' }), { allowed });
    await show(run, {
      gates: [
        gateOf('first'),
        gateOf(run.name),
        gateOf('not-mine', false),
        gateOf('third'),
      ],
    });
    expect(
      await screen.findByRole('link', { name: 'Next gate (3 of 3)' }),
    ).toHaveAttribute(
      'href',
      '/agent-workloads/runs/local/agentworkloads/third?tab=overview',
    );
  });

  it('tells how many of how many have approved, who, and of which group nobody has', async () => {
    const run = waiting();
    await show({
      ...run,
      gateDetail: {
        ...run.gateDetail!,
        approvals: 2,
        groups: ['legal'],
        votes: [
          {
            username: 'carol',
            decidedAt: '2026-11-20T10:30:00Z',
            comment: 'Fine by me.',
            approvalName: 'a1',
            approvalUid: 'u1',
          },
        ],
      },
    });
    expect(
      await screen.findByText('Approvals: 1 of 2, legal is missing'),
    ).toBeVisible();
    const votes = screen.getByRole('list', { name: 'Approvals' });
    expect(votes).toHaveTextContent(/carol, .*Fine by me\./);
  });

  it('says where an approval that counted was taken away', async () => {
    const run = waiting();
    const message = 'The approval a1 of carol is not there.';
    await show({
      ...run,
      conditions: [
        {
          type: 'Approved',
          status: 'Unknown',
          reason: 'ApprovalGone',
          message,
          lastTransitionTime: '2026-11-20T10:40:00Z',
        },
      ],
      gateDetail: { ...run.gateDetail!, approvals: 2 },
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /can't be opened any more.*The approval a1 of carol is not there/,
    );
  });

  it('names who may decide, but for who asked', async () => {
    const run = { ...waiting(), people: { bob: 'user:default/bob' } };
    const user = (name: string) => ({
      kind: 'User',
      metadata: { name, namespace: 'default' },
    });
    const getEntities = async () => ({
      items: ['alice', 'bob', 'carol'].map(user),
    });
    await renderPage(<GatePanel run={run} />, {
      api: fakeApi({ run }).api,
      apis: [[catalogApiRef, { getEntities }]],
    });
    await waitFor(() =>
      expect(screen.getByText(/^May decide/)).toHaveTextContent(
        'May decide: alice, carol (approvers), where the cluster lets them.',
      ),
    );
  });

  it('says whom to ask where nobody is known who may decide', async () => {
    const run = waiting();
    await show({
      ...run,
      gateDetail: { ...run.gateDetail!, deciders: { groups: [] } },
    });
    expect(
      await screen.findByText(/ask whoever runs it .* in agentworkloads/),
    ).toBeVisible();
  });

  it('says in words for people why it waits, the small print folded', async () => {
    const run = waiting();
    const policy: PolicyRecord = {
      decision: 'hold',
      reasons: [
        'a price moved by 18 %',
        'a person decides: the gate is in mode human',
      ],
      said: [
        { code: 'priceMoved', values: { percent: '18' } },
        { code: 'modeHuman', values: {} },
      ],
      revision: 'sha256:0123',
    };
    await show({ ...run, gateDetail: { ...run.gateDetail!, policy } });
    expect(
      await screen.findByText('Whoever asked for the run asked for it.'),
    ).toBeVisible();
    expect(screen.getByText('A price moved by 18 %.')).toBeVisible();
    expect(screen.queryByText(/mode human/)).toBeNull();
    expect(screen.getByText(/sha256:0123/)).not.toBeVisible();
  });

  it('decides nothing when the person goes back', async () => {
    const { state } = await show(waiting());
    await userEvent.click(
      await screen.findByRole('button', { name: 'Approve' }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Go back' }),
    );
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(state.decisions).toEqual([]);
    expect(screen.getByRole('button', { name: 'Approve' })).toBeEnabled();
  });

  it('gives no buttons to a person who may not decide, and says why', async () => {
    await show(
      waiting({ allowed: false, reason: 'You asked for this run yourself.' }),
    );
    expect(
      await screen.findByText('You asked for this run yourself.'),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Approve' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Deny' })).toBeNull();
  });

  it('tells the second of two people that the first was faster', async () => {
    await show(waiting(), {
      decideGate: async () => {
        throw refusal(409, 'carol approved this gate 3 seconds ago.');
      },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Approve' }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Yes, approve' }),
    );
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('something else came first');
    expect(alert).toHaveTextContent('carol approved this gate');
  });

  it('shows who decided, when and why', async () => {
    await show(aRunDetail(aRun({ phase: 'Denied' })));
    expect(await screen.findByText('alice')).toBeInTheDocument();
    expect(screen.getByText('Denied')).toBeInTheDocument();
    expect(screen.getByText(/run it again tomorrow/)).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Approve' })).toBeNull();
  });

  it('still lets a person decide when the evidence can not be read', async () => {
    await show(waiting(), {
      getEvidence: async () => {
        throw refusal(404, 'The object store has no manifest.');
      },
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The object store has no manifest.',
    );
    expect(screen.getByRole('button', { name: 'Deny' })).toBeEnabled();
    expect(screen.getByText(/walled.example/)).toBeInTheDocument();
  });
});
