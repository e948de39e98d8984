import { webcrypto } from 'node:crypto';
import { screen } from '@testing-library/react';
import type { Fact } from '@agentic/api';
import { EVIDENCE, FACTS } from '../../__testUtils__/evidence';
import { fakeApi, refusal } from '../../__testUtils__/fakeApi';
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

  it('says so when the saved page can not be read', async () => {
    await show(team, {
      openObject: async () => {
        throw refusal(404, 'No such object.');
      },
    });
    expect(await screen.findByText(/No such object/)).toBeInTheDocument();
  });
});
