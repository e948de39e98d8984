import { screen, waitFor } from '@testing-library/react';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { fakeApi } from '../../__testUtils__/fakeApi';
import { agentWorkloadsApiRef } from '../../api';
import { WithQueries } from '../../hooks/queries';
import { EntityHint } from './EntityHint';

const run = {
  entityRef: 'component:default/tidepool',
  resource: {
    spec: { targetUrls: ['https://a.example', 'https://b.example'] },
  },
} as never;

/** The run's header with a catalog that has this entity, or none of the name. */
async function show(annotations?: Record<string, string>, there = true) {
  const getEntityByRef = jest.fn(async () =>
    there
      ? { kind: 'Component', metadata: { name: 'tidepool', annotations } }
      : undefined,
  );
  renderInTestApp(
    <WithQueries>
      <EntityHint run={run} />
      <p>the rest</p>
    </WithQueries>,
    {
      apis: [
        [agentWorkloadsApiRef, fakeApi().api],
        [catalogApiRef, { getEntityByRef }],
      ] as never,
    },
  );
  await screen.findByText('the rest');
  await waitFor(() => expect(getEntityByRef).toHaveReturned());
}

describe('the run of an entity', () => {
  it('without the annotation shows the line to add', async () => {
    await show({});
    expect(
      await screen.findByText(
        'agentworkloads.io/competitors: https://a.example, https://b.example',
      ),
    ).toBeInTheDocument();
  });

  it.each([
    ['that shows reports', { 'agentworkloads.io/competitors': 'x' }, true],
    ['that the catalog does not have', undefined, false],
  ])('%s says nothing of it', async (_, annotations, there) => {
    await show(annotations as never, there);
    expect(screen.queryByText(/shows no reports/)).toBeNull();
  });
});
