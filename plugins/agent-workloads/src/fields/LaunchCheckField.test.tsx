import { useState } from 'react';
import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import type { Wording } from '@agentworkloads/api';
import type {
  CheckPagesRequest,
  CreateRunRequest,
  PageCheck,
  StartCheck,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { fakeApi, refusal } from '../__testUtils__/fakeApi';
import { agentWorkloadsApiRef, type AgentWorkloadsApi } from '../api';
import type { NewScrapeValues } from '../lib/newScrapeValues';
import { LaunchCheckField } from './LaunchCheckField';

const page = (site: string, path = '/pricing') => `https://${site}${path}`;

const FORM: NewScrapeValues = {
  objective: 'What do they charge?',
  targetUrls: [page('a.example'), page('b.example')],
  follow: 'none',
  entityRef: '',
  gateMode: 'human',
  fourEyes: true,
  timeouts: { suspendGate: '72h', execution: '' },
};

const starts = (policy: Partial<StartCheck['policy']> = {}): StartCheck => ({
  cluster: { answer: 'accepted' },
  policy: {
    answer: 'starts',
    reasons: [],
    gate: { mode: 'human', fourEyes: true },
    ...policy,
  },
});

type Found = Partial<PageCheck> & Pick<PageCheck, 'outcome'>;

async function show(
  options: {
    form?: NewScrapeValues;
    start?: StartCheck | Error;
    /** By address; the others are allowed. */
    pages?: Record<string, Found>;
    methods?: Partial<AgentWorkloadsApi>;
  } = {},
) {
  const { form = FORM, start = starts(), pages = {}, methods } = options;
  const asked: { start: CreateRunRequest[]; pages: CheckPagesRequest[] } = {
    start: [],
    pages: [],
  };
  const { api } = fakeApi({
    checkStart: async request => {
      asked.start.push(request);
      if (start instanceof Error) throw start;
      return start;
    },
    checkPages: async request => {
      asked.pages.push(request);
      return {
        items: request.targetUrls.map(url => ({
          url,
          ...(pages[url] ?? { outcome: 'allowed' }),
        })),
      };
    },
    ...methods,
  });
  let change: (form: NewScrapeValues) => void = () => {};
  function Form() {
    const [formData, setFormData] = useState(form);
    change = setFormData;
    const field = {
      formContext: { formData },
    } as unknown as FieldExtensionComponentProps<string>;
    return <LaunchCheckField {...field} />;
  }
  renderInTestApp(<Form />, { apis: [[agentWorkloadsApiRef, api]] as never });
  await screen.findByRole('region', { name: 'Check before launch' });
  return { asked, change: (next: NewScrapeValues) => act(() => change(next)) };
}

const press = (name: string) =>
  userEvent.click(screen.getByRole('button', { name }));
const check = () => press('Check before launch');
const status = () => screen.getByRole('status');

describe('the check before a launch', () => {
  it('asks nothing before it is pressed, and then for the run that the form would make', async () => {
    const { asked } = await show();
    expect(asked).toEqual({ start: [], pages: [] });
    await check();
    await screen.findByText('The run may start');
    expect(asked.start).toEqual([
      {
        spec: {
          objective: 'What do they charge?',
          targetUrls: FORM.targetUrls,
          follow: 'none',
          gate: { mode: 'human', fourEyes: true },
          timeouts: { suspendGate: '72h' },
        },
      },
    ]);
    expect(asked.pages).toEqual([
      { targetUrls: FORM.targetUrls, follow: 'none' },
    ]);
    expect(status()).toHaveTextContent(
      'The run may start. Checked. May be visited: 2. Would not be visited: 0. Not checked: 0.',
    );
  });

  it('says who will have to decide, and why the policy wants more than the form', async () => {
    const gate = { mode: 'human', fourEyes: true, approvals: 2 } as const;
    const reasons = ['2 people must approve here', 'ask Carol first'];
    const said: Wording[] = [
      { code: 'approvals', values: { many: '2' } },
      { code: '', values: {} },
    ];
    await show({ start: starts({ gate, reasons, said }) });
    await check();
    expect(
      await screen.findByText(
        /2 people have to approve. That must be somebody other than you. The policy asks for that:/,
      ),
    ).toBeVisible();
    expect(screen.getByText('2 people have to approve.')).toBeVisible();
    expect(screen.getByText('ask Carol first')).toBeVisible();
  });

  it('says what policy denies and what to mend, in words for people', async () => {
    const reasons = [
      'host b.example is denied',
      '259200 seconds of timeouts.suspendGate, at most 86400 are allowed',
    ];
    const said: Wording[] = [
      { code: 'hostDenied', values: { host: 'b.example' } },
      {
        code: 'time',
        values: { field: 'suspendGate', many: '259200', most: '86400' },
      },
    ];
    const { url: _, ...denied } = {
      url: '',
      outcome: 'denied' as const,
      reasons: reasons.slice(0, 1),
      said: said.slice(0, 1),
    };
    await show({
      start: starts({ answer: 'denied', reasons, said, gate: undefined }),
      pages: { [page('b.example')]: denied },
    });
    await check();
    await screen.findByText('The policy would not let the run start');
    expect(screen.getByText(/^“How long the gate waits/)).toHaveTextContent(
      '3 d is too long, at most 1 d.',
    );
    expect(screen.getByText(/^Mend that/)).toBeVisible();
    const stopped = screen.getByRole('list', {
      name: 'Would not be visited (1)',
    });
    expect(stopped).toHaveTextContent(
      'The policy would not let it be visited: The site b.example must not be visited.',
    );
  });

  it('tells of each page what was learnt of it and no more', async () => {
    const found: Record<string, Found> = {
      [page('a.example')]: { outcome: 'noRules', status: 404 },
      [page('b.example')]: {
        outcome: 'disallowed',
        rule: { line: 3, text: 'Disallow: /pricing' },
      },
      [page('c.example')]: { outcome: 'notNow', status: 503 },
      [page('d.example')]: { outcome: 'unreachable', reason: 'DNS_FAILED' },
      [page('e.example')]: { outcome: 'unreachable', reason: 'TIMEOUT' },
      [page('f.example')]: { outcome: 'notChecked', why: 'tooMany' },
    };
    await show({
      form: { ...FORM, targetUrls: Object.keys(found) },
      pages: found,
    });
    await check();
    const stopped = within(
      await screen.findByRole('list', { name: 'Would not be visited (4)' }),
    );
    expect(
      stopped
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent?.trim()),
    ).toEqual([
      'https://b.example/pricingLine 3 of its robots.txt asks not to visit this page: Disallow: /pricing',
      "https://c.example/pricingThe site's robots.txt can't be read now (status 503), so the page would be left out. Try again later.",
      "https://d.example/pricingThe host's name could not be resolved. Check the spelling of the address.",
      'https://e.example/pricingThe site did not answer in time.',
    ]);
    expect(
      screen.getByText(/gives no robots.txt \(status 404\)/),
    ).toBeVisible();
    expect(
      screen.getByText(/^Its site was not asked: you had many/),
    ).toBeVisible();
    expect(screen.queryByText(/page (loads|opens|answers)/)).toBeNull();
  });

  it('shows answers as they come, and stops when somebody wants that', async () => {
    const targetUrls = ['a', 'b', 'c', 'd'].map(name =>
      page(`${name}.example`),
    );
    let ended: AbortSignal | undefined;
    let calls = 0;
    await show({
      form: { ...FORM, targetUrls },
      methods: {
        checkPages: async (request, signal) => {
          calls += 1;
          ended = signal;
          if (calls > 1) await new Promise(() => {});
          return {
            items: request.targetUrls.map(url => ({ url, outcome: 'allowed' })),
          };
        },
      },
    });
    await check();
    expect(await screen.findByText('May be visited (3)')).toBeVisible();
    expect(status()).toHaveTextContent('3 of 4 pages asked about');
    expect(
      screen.getByRole('progressbar', { name: 'Check before launch' }),
    ).toHaveAttribute('value', '3');
    const button = screen.getByRole('button', { name: 'Stop checking' });
    await userEvent.click(button);
    expect(ended?.aborted).toBe(true);
    expect(status()).toHaveTextContent('Stopped.');
    expect(screen.getByText('May be visited (3)')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Check again' })).toHaveFocus();
  });

  it('says once that this portal is not set up for it, and asks no further', async () => {
    const targetUrls = Array.from({ length: 9 }, (_, at) =>
      page(`s${at}.example`),
    );
    const none = { outcome: 'notChecked', why: 'noProxy' } as const;
    const { asked } = await show({
      form: { ...FORM, targetUrls },
      start: starts({
        answer: 'unknown',
        why: 'notConfigured',
        gate: undefined,
      }),
      pages: Object.fromEntries(targetUrls.map(url => [url, none])),
    });
    await check();
    await screen.findByText(
      'What the sites of 9 pages say is not checked: this portal is not set up to ask sites.',
    );
    expect(screen.getByText('The cluster would take the run')).toBeVisible();
    expect(screen.getByText(/^The policy was not asked/)).toBeVisible();
    expect(screen.queryByText('The run may start')).toBeNull();
    expect(asked.pages).toHaveLength(1);
    expect(status()).toHaveTextContent('Not checked: 9.');
  });

  it('tells of a failure, and can be tried again', async () => {
    await show({ start: refusal(403, 'The permission is missing.') });
    await check();
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'You may not check this run beforehand',
    );
    expect(screen.getByRole('button', { name: 'Check again' })).toBeEnabled();
  });

  it('tells nothing of a form that has changed since', async () => {
    const { change } = await show();
    await check();
    await screen.findByText('The run may start');
    change({ ...FORM, fourEyes: false });
    expect(status()).toHaveTextContent('The form has changed since');
    expect(screen.queryByText('The run may start')).toBeNull();
    change(FORM);
    expect(screen.getByText('The run may start')).toBeVisible();
  });

  it('has nothing to check without pages', async () => {
    await show({ form: {} });
    expect(
      screen.getByRole('button', { name: 'Check before launch' }),
    ).toBeDisabled();
    expect(status()).toHaveTextContent('There are no pages to check yet');
  });
});
