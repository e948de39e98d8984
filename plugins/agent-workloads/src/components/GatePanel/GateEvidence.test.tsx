import { screen, within } from '@testing-library/react';
import { EVIDENCE, FACTS } from '../../__testUtils__/evidence';
import { fakeApi } from '../../__testUtils__/fakeApi';
import { WORKFLOW_UID } from '../../__testUtils__/pages';
import { renderPage } from '../../__testUtils__/render';
import { aRun, aRunDetail } from '../../__testUtils__/runs';
import { GateEvidence } from './GateEvidence';

const REF = { bucket: 'b', key: 'k', sha256: 'a'.repeat(64) };

async function show(part: Parameters<typeof fakeApi>[0]) {
  const run = aRunDetail(aRun({ phase: 'AwaitingApproval' }));
  await renderPage(<GateEvidence run={run} gate={run.gateDetail!} open />, {
    api: fakeApi(part).api,
  });
}

describe('the evidence at a gate', () => {
  it('folds what is as it was, without the plans whose prices changed', async () => {
    const team = FACTS.filter(
      ({ kind, subject }) => kind === 'price' && subject === 'Team',
    );
    await show({
      getEvidence: async () => ({
        ...EVIDENCE,
        changes: {
          schemaVersion: 1,
          workflowUid: WORKFLOW_UID,
          comparedWith: {
            baseline: {
              name: 'week-46',
              workflowUid: 'before',
              completedAt: '2026-11-15T09:00:00.000Z',
              artifacts: {
                manifest: REF,
                facts: REF,
              },
            },
          },
          changes: team.map(fact => ({
            kind: 'changed' as const,
            factKind: 'price' as const,
            subject: 'Team',
            url: fact.url,
            before: 45,
            after: fact.value,
            factId: fact.id,
          })),
          noted: [],
          notCompared: [],
        },
      }),
    });
    const summary = await screen.findByText(
      'Plans and prices that are as they were (5 prices)',
    );
    const fold = summary.closest('details')!;
    expect(fold).not.toHaveAttribute('open');
    expect(within(fold).getByText('Starter')).toBeInTheDocument();
    expect(within(fold).queryByText('Team')).toBeNull();
    expect(screen.queryByText('Plans and prices found')).toBeNull();
  });
});
