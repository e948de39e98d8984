import { useState } from 'react';
import { screen } from '@testing-library/react';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import userEvent from '@testing-library/user-event';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { DurationField } from './DurationField';
import { validateDuration, type DurationOptions } from './validateDuration';
import { apiHolder } from '../__testUtils__/words';

const uiSchema = { 'ui:options': { least: '10s' } };

function Form() {
  const [formData, setFormData] = useState('30m');
  const field = {
    formData,
    onChange: setFormData,
    schema: { title: 'How long' },
    uiSchema,
  } as unknown as FieldExtensionComponentProps<string, DurationOptions>;
  return <DurationField {...field} />;
}

describe('DurationField', () => {
  it('says what to write while it is typed', async () => {
    renderInTestApp(<Form />);
    const field = await screen.findByRole('textbox', { name: /How long/ });
    expect(field).toBeValid();
    await userEvent.clear(field);
    await userEvent.type(field, '1x');
    expect(field).toBeInvalid();
    expect(field).toHaveAccessibleDescription(/number and a unit/);
    await userEvent.clear(field);
    await userEvent.type(field, '5s');
    expect(field).toHaveAccessibleDescription('At least 10s.');
    await userEvent.clear(field);
    await userEvent.type(field, '1m');
    expect(field).toBeValid();
  });

  it('writes words as the contract does once they are left', async () => {
    renderInTestApp(<Form />);
    const field = await screen.findByRole('textbox', { name: /How long/ });
    await userEvent.clear(field);
    await userEvent.type(field, '2 hours');
    expect(field).toBeValid();
    expect(field).toHaveValue('2 hours');
    await userEvent.tab();
    expect(field).toHaveValue('2h');
  });

  it.each([
    ['1h30m', []],
    ['10s', []],
    ['9s', ['At least 10s.']],
    ['', [expect.stringContaining('Write how long')]],
    ['2 hours', []],
    ['5 sec', ['At least 10s.']],
    ['30 m or so', [expect.stringContaining('the larger first')]],
    ['soon', [expect.stringContaining('Write a number')]],
  ])('judges "%s" before the next page', (value, expected) => {
    const errors: string[] = [];
    validateDuration(
      value,
      { addError: message => errors.push(message) },
      { apiHolder, uiSchema },
    );
    expect(errors).toEqual(expected);
  });
});
