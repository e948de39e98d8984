import { createHash, webcrypto } from 'node:crypto';
import { screen } from '@testing-library/react';
import type { Fact } from '@agentworkloads/api';
import { EVIDENCE, FACTS } from '../../__testUtils__/evidence';
import { fakeApi, refusal, responseOf } from '../../__testUtils__/fakeApi';
import { renderPage } from '../../__testUtils__/render';
import { ProofDialog } from './ProofDialog';

const run = { cluster: 'local', namespace: 'agentworkloads', name: 'week-47' };
const team = FACTS.find(
  fact => fact.kind === 'price' && fact.subject === 'Team',
)!;

async function show(fact: Fact, part: Parameters<typeof fakeApi>[0] = {}) {
  await renderPage(
    <ProofDialog
      run={run}
      fact={fact}
      pages={EVIDENCE.manifest!.pages}
      onClose={() => {}}
    />,
    { api: fakeApi(part).api },
  );
}

describe('ProofDialog', () => {
  beforeAll(() => {
    Object.defineProperty(globalThis, 'crypto', { value: webcrypto });
  });

  it('marks the quote in the saved page and says that it is proven', async () => {
    await show(team);
    expect(await screen.findByText('Proven')).toBeInTheDocument();
    expect(screen.getByText('$49', { selector: 'mark' })).toBeInTheDocument();
    expect(screen.getByText(team.sourceSha256)).toBeInTheDocument();
    expect(screen.getByRole('link', { name: team.url })).toHaveAttribute(
      'rel',
      'noopener noreferrer nofollow',
    );
  });

  it('warns when the words do not stand there', async () => {
    await show({ ...team, quote: '$12' });
    expect(await screen.findByText('Not proven')).toBeInTheDocument();
  });

  it('warns when the saved page is another file', async () => {
    await show({ ...team, sourceSha256: 'f'.repeat(64) });
    expect(await screen.findByText('Not proven')).toBeInTheDocument();
    expect(screen.getByText(/not the file/)).toBeInTheDocument();
  });

  describe('of another view of the page', () => {
    const yearly = 'Team\n$39';
    const sha256 = createHash('sha256').update(yearly).digest('hex');
    const key = 'runs/u/pages/p/views/state-1/page.txt';
    const fact: Fact = {
      ...team,
      value: 39,
      state: 'Yearly',
      view: 'state-1',
      source: 'text',
      sourceSha256: sha256,
      start: 5,
      end: 8,
      quote: '$39',
    };
    const [first, ...others] = EVIDENCE.manifest!.pages;
    const files = (id: string, textKey: string, textSha256: string) => ({
      id,
      textKey,
      textSha256,
      htmlKey: 'h',
      htmlSha256: 'b'.repeat(64),
      layoutKey: 'l',
      layoutSha256: 'c'.repeat(64),
      shots: [],
      truncated: false,
    });
    const pages = [
      {
        ...first,
        url: team.url,
        views: [
          files('page', 'p', 'a'.repeat(64)),
          { ...files('state-1', key, sha256), state: 'Yearly' },
        ],
      },
      ...others,
    ];

    it('shows the saved text of that view, and what was chosen to see it', async () => {
      const asked: string[] = [];
      await renderPage(
        <ProofDialog run={run} fact={fact} pages={pages} onClose={() => {}} />,
        {
          api: fakeApi({
            openObject: async (_run, wanted) => {
              asked.push(wanted);
              return responseOf(wanted === key ? yearly : '', 'text/plain');
            },
          }).api,
        },
      );
      expect(await screen.findByText('Proven')).toBeInTheDocument();
      expect(screen.getByText('$39', { selector: 'mark' })).toBeInTheDocument();
      expect(screen.getAllByText(/with “Yearly” chosen/)).not.toHaveLength(0);
      expect(new Set(asked)).toEqual(new Set([key]));
    });
  });

  it('says so when the saved page can not be read', async () => {
    await show(team, {
      openObject: async () => {
        throw refusal(404, 'No such object.');
      },
    });
    expect(await screen.findByText(/No such object/)).toBeInTheDocument();
  });
});
