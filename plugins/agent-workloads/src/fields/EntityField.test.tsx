import { useState } from 'react';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { EntityField } from './EntityField';

const entity = (kind: string, name: string, title?: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name, title },
});

const ENTITIES = [
  entity('Component', 'competitor-intelligence', 'Competitor intelligence'),
  entity('System', 'competitor-intelligence', 'Competitor intelligence'),
];

const CATALOG = { getEntities: async () => ({ items: ENTITIES }) };

async function show(initial?: string, catalog: object = CATALOG) {
  let value = initial;
  function Form() {
    const [formData, setFormData] = useState(initial);
    const field = {
      formData,
      onChange: (next?: string) => {
        value = next;
        setFormData(next);
      },
      schema: { title: 'Belongs to' },
    } as unknown as FieldExtensionComponentProps<string>;
    return <EntityField {...field} />;
  }
  renderInTestApp(<Form />, { apis: [[catalogApiRef, catalog]] as never });
  await screen.findByRole('combobox', { name: /Belongs to/ });
  return () => value;
}

const field = () => screen.findByRole('combobox', { name: /Belongs to/ });

describe('the entity that a run belongs to', () => {
  it('is chosen by title and kind, and both stay to be read', async () => {
    const value = await show();
    await userEvent.type(await field(), 'competitor');
    const options = await screen.findAllByRole('option');
    expect(options.map(({ textContent }) => textContent)).toEqual([
      'Competitor intelligence (component)',
      'Competitor intelligence (system)',
    ]);
    await userEvent.click(options[1]);
    expect(value()).toBe('system:default/competitor-intelligence');
    expect(await field()).toHaveValue('Competitor intelligence (system)');
  });

  it('can be changed, and taken out again', async () => {
    const value = await show('component:default/competitor-intelligence');
    const input = await screen.findByDisplayValue(
      'Competitor intelligence (component)',
    );
    await userEvent.clear(input);
    expect(value()).toBeUndefined();
    await userEvent.type(input, 'system');
    await userEvent.click(await screen.findByRole('option'));
    expect(value()).toBe('system:default/competitor-intelligence');
    expect(input).toHaveValue('Competitor intelligence (system)');
  });

  it('is read where the form was filled in by a link', async () => {
    await show('component:default/competitor-intelligence');
    expect(
      await screen.findByDisplayValue('Competitor intelligence (component)'),
    ).toBeVisible();
  });

  it('is named where the catalog has it no more', async () => {
    await show('component:default/gone');
    expect(
      await screen.findByDisplayValue(
        'component:default/gone (not in the catalog)',
      ),
    ).toBeVisible();
  });

  it('can be asked for again where the catalog does not answer', async () => {
    await show(undefined, {
      getEntities: async () => {
        throw Object.assign(new Error('away'), { statusCode: 503 });
      },
    });
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Not available now: the entities of the catalog',
    );
    expect(screen.getByRole('button', { name: 'Try again' })).toBeEnabled();
  });
});
