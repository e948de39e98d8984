import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fakeApi, refusal } from '../../__testUtils__/fakeApi';
import { renderPage } from '../../__testUtils__/render';
import type { RunDetail } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { aRun, aRunDetail } from '../../__testUtils__/runs';
import { RunPage } from './RunPage';

const at = (name: string, query = '') => ({
  mountPath: '/agent-workloads/runs/:cluster/:namespace/:name',
  at: `/agent-workloads/runs/local/agentworkloads/${name}${query}`,
});

const detail = (...args: Parameters<typeof aRun>) => aRunDetail(aRun(...args));

async function show(
  run: ReturnType<typeof detail>,
  part: Parameters<typeof fakeApi>[0] = {},
  query = '',
) {
  const fake = fakeApi({ run, ...part });
  await renderPage(<RunPage />, { api: fake.api, ...at(run.name, query) });
  await screen.findByRole('heading', { name: run.objective });
  return fake;
}

describe('RunPage', () => {
  it('says what to do when the run is not there', async () => {
    await renderPage(<RunPage />, { api: fakeApi().api, ...at('gone') });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      /There is no run gone.*deleted/,
    );
  });

  it('shows the steps as a list, each with its state, and the log of the chosen one', async () => {
    await show(detail({ phase: 'Running' }));
    const list = screen.getByRole('list', { name: 'Steps of the run' });
    expect(within(list).getAllByRole('listitem')).toHaveLength(5);
    const scrape = within(list).getByRole('button', {
      name: /^Scrape.*Done.*1 retry/,
    });
    await userEvent.click(scrape);
    expect(scrape).toHaveAttribute('aria-pressed', 'true');
    const log = await screen.findByRole('log', { name: 'Log of scrape' });
    expect(await within(log).findByText(/page saved/)).toBeInTheDocument();
    expect(within(log).getByText('plain line')).toBeInTheDocument();
  });

  it('tells the log of our steps in words, and each line as it was written on request', async () => {
    const line = (msg: string, fields: object = {}) =>
      `${JSON.stringify({ level: 'info', name: 'scrape', ...fields, msg })}\n`;
    const content = [
      line('step started', { startMs: 812, workflowUid: 'u-1' }),
      line('running as root, so the browser runs without its sandbox'),
      'Killed\n',
      line('page observed', { urlSha256: 'ab', host: 'a.example' }),
    ].join('');
    await show(detail({ phase: 'Completed' }), {
      openLog: async () =>
        ({ text: async () => content, body: null } as unknown as Response),
    });
    await userEvent.click(screen.getByRole('tab', { name: 'Overview' }));
    const log = await screen.findByRole('log');
    expect(await within(log).findByText('The step begins.')).toBeVisible();
    expect(within(log).getByText('a.example: seen.')).toBeVisible();
    expect(log).not.toHaveTextContent(/startMs|root/);
    expect(within(log).getByText('Killed')).toBeVisible();
    await userEvent.click(
      screen.getByRole('switch', { name: 'Show technical lines' }),
    );
    expect(log).toHaveTextContent(/startMs=812/);
    expect(log).toHaveTextContent('running as root');
    expect(log).not.toHaveTextContent('The step begins.');
  });

  it('names the tab of the browser after the run and how it stands', async () => {
    await show(detail({ phase: 'AwaitingApproval' }));
    await waitFor(() =>
      expect(document.title).toMatch(
        /^Gate waits: What do our three competitors/,
      ),
    );
  });

  it('tells how many pages a long scrape is done with', async () => {
    const run = detail({ phase: 'Running' });
    const page = '{"urlSha256":"ab","msg":"page observed"}\n';
    await show(
      {
        ...run,
        steps: run.steps.map(step =>
          step.name === 'scrape'
            ? { ...step, phase: 'Running' as const, hasLog: true }
            : { ...step, phase: 'Pending' as const },
        ),
      },
      {
        openLog: async () =>
          ({ text: async () => page, body: null } as unknown as Response),
      },
    );
    expect(
      await screen.findByText(
        `1 of ${run.resource.spec.targetUrls.length} pages`,
      ),
    ).toBeInTheDocument();
  });

  it('says until when a run that has ended is kept', async () => {
    const run = detail({ phase: 'Denied' });
    const { resource } = run;
    const status = { finishedAt: '2026-03-02T10:00:00Z' };
    await show({ ...run, resource: { ...resource, status } });
    const term = screen.getByText('Kept until');
    expect(term.nextElementSibling?.querySelector('time')).toHaveAttribute(
      'datetime',
      '2026-05-31T10:00:00.000Z',
    );
  });

  it('says nothing of that while a run goes on', async () => {
    await show(detail({ phase: 'Running' }));
    expect(screen.queryByText('Kept until')).not.toBeInTheDocument();
  });

  it('puts the gate first while it waits', async () => {
    await show(detail({ phase: 'AwaitingApproval' }));
    const gate = screen.getByRole('region', { name: 'Gate' });
    const steps = screen.getByRole('region', { name: 'Steps' });
    expect(
      gate.compareDocumentPosition(steps) & Node.DOCUMENT_POSITION_FOLLOWING,
    ).toBeTruthy();
  });

  describe('when somebody else decides first', () => {
    const decided = () => {
      const run = detail({ phase: 'Completed' });
      return {
        ...run,
        gateDetail: {
          ...run.gateDetail!,
          decision: 'approve' as const,
          decidedBy: 'carol',
          decidedAt: '2026-11-20T10:00:00Z',
          approvalName: 'of-carol',
        },
      };
    };
    /** Answers with the decided run from the moment that this person acts: before, a poll would take the buttons away. */
    const open = async (decideGate?: () => Promise<never>) => {
      const world = { isOver: false };
      const waiting = detail({ phase: 'AwaitingApproval' });
      await show(waiting, {
        getRun: async () => (world.isOver ? decided() : waiting),
        cancelRun: async () => {
          world.isOver = true;
        },
        ...(decideGate && {
          decideGate: async () => {
            world.isOver = true;
            return decideGate();
          },
        }),
      });
      await userEvent.type(
        await screen.findByLabelText(/Comment/),
        'Half is missing.',
      );
    };

    it('names all whose approvals counted', async () => {
      const votes = ['carol', 'dana'].map(username => ({
        username,
        decidedAt: '2026-11-20T10:00:00Z',
        approvalName: `of-${username}`,
        approvalUid: `uid-of-${username}`,
      }));
      const run = detail({ phase: 'Running' });
      await show({
        ...run,
        gateDetail: {
          ...run.gateDetail!,
          decision: 'approve',
          via: 'person',
          decidedBy: 'dana',
          decidedAt: '2026-11-20T10:00:00Z',
          votes,
        },
      });
      expect(
        await screen.findByRole('region', { name: 'Gate' }),
      ).toHaveTextContent(/by carol and dana/i);
    });

    it('says who, what became of the own decision, and keeps the comment', async () => {
      await open(async () => {
        throw refusal(409, 'This gate was decided already');
      });
      await userEvent.click(screen.getByRole('button', { name: 'Deny' }));
      await userEvent.click(
        await screen.findByRole('button', { name: 'Yes, deny' }),
      );
      expect(await screen.findByRole('alert')).toHaveTextContent(
        /decided before you did.*Approved by carol.*Your denial did not count/,
      );
      expect(screen.getByText('Half is missing.')).toBeVisible();
    });

    it('keeps what was not sent yet', async () => {
      await open();
      await userEvent.click(
        await screen.findByRole('button', { name: 'Cancel' }),
      );
      await userEvent.click(
        await screen.findByRole('button', { name: 'Cancel the run' }),
      );
      expect(await screen.findByRole('alert')).toHaveTextContent(
        /Approved by carol.*What you had written is kept here/,
      );
      expect(screen.getByText('Half is missing.')).toBeVisible();
    });
  });

  it('says nothing of a race to whom nobody was faster', async () => {
    await show(detail({ phase: 'Completed' }), {}, '?tab=overview');
    expect(screen.queryByText(/decided before you did/)).toBeNull();
  });

  it('opens with the report once there is one', async () => {
    await show(detail({ phase: 'Completed' }));
    expect(
      await screen.findByRole('article', { name: 'Competitor report' }),
    ).toBeInTheDocument();
  });

  it('tells why the policy did not let a run start', async () => {
    await show(detail({ phase: 'PolicyDenied' }));
    expect(
      screen.getByText(/The site intranet.example must not be visited/),
    ).toBeInTheDocument();
  });

  it('tells why a run failed, and that later steps were not run', async () => {
    await show(detail({ phase: 'Failed' }));
    expect(screen.getByText(/The step “Scrape” failed/)).toBeInTheDocument();
    expect(
      screen.getByRole('button', {
        name: /^Report.*Not run.*comes after Gate/,
      }),
    ).toBeInTheDocument();
  });

  it('says who cancelled it, when and why, and shows no failure', async () => {
    const run = detail({ phase: 'Cancelled' });
    const cancelledBy = { username: 'carol', reason: 'The wrong pages.' };
    const { spec } = run.resource;
    await show({
      ...run,
      steps: run.steps.map(step => ({
        ...step,
        phase: 'Failed' as const,
        message: 'Stopped: cancelled',
      })),
      resource: {
        ...run.resource,
        spec: { ...spec, cancel: true, cancelledBy },
      },
    });
    expect(screen.getByText(/^Cancelled by/)).toHaveTextContent(
      /Cancelled by carol, .*\d/,
    );
    expect(screen.getByText('Why: The wrong pages.')).toBeVisible();
    expect(screen.queryByText(/Somebody stopped/)).toBeNull();
    expect(screen.queryByText('Failed')).toBeNull();
    expect(screen.getAllByText('Stopped').length).toBeGreaterThan(0);
  });

  it('hides no step that broke before it was cancelled', async () => {
    const run = detail({ phase: 'Cancelled' });
    const [first, ...others] = run.steps;
    const message = 'main: Error (exit code 20)';
    await show({
      ...run,
      steps: [{ ...first, phase: 'Failed', message }, ...others],
    });
    expect(screen.getAllByText('Failed').length).toBeGreaterThan(0);
  });

  it('looks cancelled at once, before the operator has stopped it', async () => {
    const run = detail({ phase: 'Running' });
    const { spec } = run.resource;
    const cancelledBy = { username: 'carol' };
    await show({
      ...run,
      resource: {
        ...run.resource,
        spec: { ...spec, cancel: true, cancelledBy },
      },
    });
    expect(screen.getByText(/cancels this run/)).toHaveTextContent('carol');
  });

  it('cancels after asking, with a reason', async () => {
    const { state } = await show(detail({ phase: 'Running' }));
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(state.cancelled).toEqual([]);
    await userEvent.type(
      await screen.findByRole('textbox', { name: /^Why/ }),
      'The wrong pages.',
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Cancel the run' }),
    );
    await waitFor(() => expect(state.cancelled).toHaveLength(1));
    expect(state.cancelled[0].reason).toBe('The wrong pages.');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('keeps the dialog open with the reason when a cancel is refused', async () => {
    await show(detail({ phase: 'Running' }), {
      cancelRun: async () => {
        throw refusal(403, 'Only the owner may cancel.');
      },
    });
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    await userEvent.click(
      await screen.findByRole('button', { name: 'Cancel the run' }),
    );
    const dialog = screen.getByRole('dialog');
    expect(
      await within(dialog).findByText(/Only the owner may cancel/),
    ).toBeInTheDocument();
  });

  it('asks for one run again with one key, pressed as often as it takes', async () => {
    const keys: (string | undefined)[] = [];
    await show(detail({ phase: 'Completed' }), {
      rerun: async (_, key) => {
        keys.push(key);
        throw refusal(503, 'Try again shortly.');
      },
    });
    const ask = async () =>
      userEvent.click(screen.getByRole('button', { name: 'Run again' }));
    const confirm = async () => {
      const dialog = await screen.findByRole('dialog');
      await userEvent.click(
        within(dialog).getByRole('button', { name: 'Run again' }),
      );
      await within(dialog).findByText(/Try again shortly/);
    };
    await ask();
    await confirm();
    await confirm();
    await userEvent.click(screen.getByRole('button', { name: 'Go back' }));
    await ask();
    await confirm();
    expect(keys).toHaveLength(3);
    expect(keys[0]).toMatch(/^\d+(-\d+){3}$/);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
  });

  const late = detail({ phase: 'TimedOut' });
  const ranOut = (
    gate: object = {},
    mayOpenAgain: RunDetail['mayOpenAgain'] = { allowed: true },
  ) => ({
    ...late,
    mayOpenAgain,
    resource: {
      ...late.resource,
      status: {
        ...late.resource.status,
        phase: 'TimedOut' as const,
        argoWorkflow: { name: 'w', namespace: 'n', uid: 'u' },
        gate: {
          mode: 'human' as const,
          fourEyes: false,
          evidence: 'e'.repeat(64),
          via: 'timeout' as const,
          ...gate,
        },
      },
    },
  });
  const openAgain = { name: 'Open again on what was seen' };

  it('opens a run again whose gate ran out of time, by one click, and says why not', async () => {
    const keys: (string | undefined)[] = [];
    await show(ranOut(), {
      openAgain: async (_, key) => {
        keys.push(key);
        throw refusal(409, 'Its pages are gone.');
      },
    });
    expect(
      screen.getByText(/none is visited again, and people are asked anew/),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', openAgain));
    expect(await screen.findByText(/Its pages are gone/)).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', openAgain));
    await waitFor(() => expect(keys).toHaveLength(2));
    expect(keys[0]).toBeTruthy();
    expect(keys[1]).toBe(keys[0]);
  });

  it('opens no run again that somebody cancelled at its gate', async () => {
    const { mayOpenAgain: _none, ...run } = ranOut({ via: 'cancel' });
    await show(run);
    expect(screen.queryByRole('button', openAgain)).toBeNull();
  });

  it('offers no opening again that the operator would refuse, and says why', async () => {
    const said = { code: 'runDeniedInTime', values: { who: 'carol' } };
    await show(
      ranOut({}, { allowed: false, reason: 'carol denied in time', said }),
    );
    expect(
      screen.getByText(/^Not to be opened again: carol denied in time, though/),
    ).toBeVisible();
    expect(screen.queryByRole('button', openAgain)).toBeNull();
  });

  it('says when the pages were seen, and in which run, where this one visited none', async () => {
    const run = detail({ phase: 'AwaitingApproval' });
    const reused = { run: 'monday', seenAt: '2026-01-05T08:09:10Z' };
    await show({ ...run, reused });
    const fact = screen.getByText('Pages seen').parentElement!;
    expect(fact).toHaveTextContent(/Jan.*2026.*, in run monday/);
    expect(within(fact).getByRole('link', { name: 'monday' })).toBeVisible();
  });

  it('offers no cancel to a person who may not, nor when the run is over', async () => {
    await show({ ...detail({ phase: 'Running' }), mayCancel: false });
    expect(screen.queryByRole('button', { name: 'Cancel' })).toBeNull();
  });

  it('shows no step that runs once the run is cancelled', async () => {
    const run = detail({ phase: 'Cancelled' });
    const [scrape, ...others] = run.steps;
    await show({
      ...run,
      steps: [
        { ...scrape, phase: 'Running', finishedAt: undefined },
        ...others.map(step => ({ ...step, phase: 'Pending' as const })),
      ],
    });
    const list = screen.getByRole('list', { name: 'Steps of the run' });
    const step = within(list).getByRole('button', { name: /^Scrape.*Stopped/ });
    expect(step).not.toHaveTextContent('Running');
    expect(within(list).getAllByText('Not run')).toHaveLength(4);
  });

  it('opens the form filled in with what was asked', async () => {
    const run = detail({ phase: 'Completed' });
    await show(run);
    const link = screen.getByRole('link', { name: 'Run again with changes' });
    const query = new URL(link.getAttribute('href') ?? '', 'http://x').search;
    expect(
      JSON.parse(new URLSearchParams(query).get('formData') ?? '{}'),
    ).toMatchObject({
      objective: run.resource.spec.objective,
      targetUrls: run.resource.spec.targetUrls,
      gateMode: run.resource.spec.gate.mode,
    });
  });

  it.each([
    [{ approvals: 2 }, 2],
    [{ groups: ['legal'] }, 'no button'],
  ])('asks no fewer people again than before: %j', async (quorum, expected) => {
    const run = detail({ phase: 'Completed' });
    const { spec } = run.resource;
    await show({
      ...run,
      resource: {
        ...run.resource,
        spec: { ...spec, gate: { ...spec.gate, ...quorum } },
      },
    });
    await screen.findByRole('button', { name: /Run again/ });
    const link = screen.queryByRole('link', { name: 'Run again with changes' });
    const query = new URL(link?.getAttribute('href') ?? '', 'http://x').search;
    const form = JSON.parse(new URLSearchParams(query).get('formData') ?? '{}');
    expect(link ? form.approvals : 'no button').toBe(expected);
  });

  it('shows the resource as YAML', async () => {
    await show(detail({ phase: 'Running' }), {}, '?tab=resource');
    const yaml = await screen.findByLabelText('Resource as YAML');
    expect(yaml).toHaveTextContent('kind: AgentWorkload');
    expect(yaml).toHaveTextContent('- https://www.brightloop.example/pricing');
  });

  it('says that there are no events any more', async () => {
    await show(detail({ phase: 'Running' }), {}, '?tab=events');
    expect(await screen.findByText('No events')).toBeInTheDocument();
  });

  it('finds a fact by a word of its quote', async () => {
    await show(detail({ phase: 'Completed' }), {}, '?tab=facts');
    await userEvent.type(await screen.findByLabelText('Search'), 'single sign');
    expect(await screen.findByText('1 of 30 facts')).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Single sign-on' }),
    ).toBeInTheDocument();
  });
});
