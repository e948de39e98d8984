import { english } from '../__testUtils__/words';
import { entityOptions } from './entityOptions';

const entity = (kind: string, name: string, more: object = {}) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name, ...more },
});

describe('entities to choose from', () => {
  it('are told apart by what they are', () => {
    const title = 'Competitor intelligence';
    const same = { title };
    expect(
      entityOptions(
        [
          entity('System', 'competitor-intelligence', same),
          entity('Component', 'competitor-intelligence', same),
          entity('API', 'prices'),
        ],
        english,
      ),
    ).toEqual([
      {
        id: 'component:default/competitor-intelligence',
        label: 'Competitor intelligence (component)',
      },
      {
        id: 'system:default/competitor-intelligence',
        label: 'Competitor intelligence (system)',
      },
      { id: 'api:default/prices', label: 'prices (API)' },
    ]);
  });

  it('have their names where all else is the same', () => {
    const title = 'Tidepool';
    expect(
      entityOptions(
        [
          entity('Component', 'tidepool', { title }),
          entity('Component', 'pool', { title, namespace: 'sales' }),
        ],
        english,
      ).map(({ label }) => label),
    ).toEqual([
      'Tidepool (component, sales/pool)',
      'Tidepool (component, tidepool)',
    ]);
  });
});
