import { useState } from 'react';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { apiHolder } from '../__testUtils__/words';
import { ObjectiveField } from './ObjectiveField';
import { validateObjective } from './validateObjective';

function Form() {
  const [formData, setFormData] = useState('');
  const field = {
    formData,
    onChange: setFormData,
    schema: { title: 'Objective' },
  } as unknown as FieldExtensionComponentProps<string>;
  return <ObjectiveField {...field} />;
}

describe('ObjectiveField', () => {
  it('says that it is too short once it is left', async () => {
    renderInTestApp(<Form />);
    const field = await screen.findByRole('textbox', { name: /Objective/ });
    await userEvent.type(field, 'Prices');
    expect(field).toBeValid();
    await userEvent.tab();
    expect(field).toBeInvalid();
    expect(field).toHaveAccessibleDescription(/at least 10 characters/);
  });

  it('says at once what no run may have', async () => {
    renderInTestApp(<Form />);
    const field = await screen.findByRole('textbox', { name: /Objective/ });
    await userEvent.click(field);
    await userEvent.paste('What do {{they}} charge?');
    expect(field).toHaveAccessibleDescription(/^Leave out \{\{/);
  });

  it.each([
    ['What do they charge?', []],
    ['', ['Say what you want to know.']],
    ['   prices   ', [expect.stringContaining('at least 10 characters')]],
    ['x'.repeat(2001), [expect.stringContaining('At most 2,000')]],
    ['What do {{they}} charge?', [expect.stringContaining('Leave out {{')]],
  ])('judges "%s" before the next page', (value, expected) => {
    const errors: string[] = [];
    validateObjective(
      value,
      { addError: message => errors.push(message) },
      { apiHolder },
    );
    expect(errors).toEqual(expected);
  });
});
