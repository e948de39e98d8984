import { useState } from 'react';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { apiHolder } from '../__testUtils__/words';
import { TimeoutsField, type Timeouts } from './TimeoutsField';
import { validateTimeouts } from './validateTimeouts';

let value: Timeouts;

function Form() {
  const [formData, setFormData] = useState<Timeouts>({
    execution: '2h',
    suspendGate: '72h',
    noProgress: '5m',
  });
  value = formData;
  const field = {
    formData,
    onChange: setFormData,
  } as unknown as FieldExtensionComponentProps<Timeouts>;
  return <TimeoutsField {...field} />;
}

const box = (name: RegExp) => screen.findByRole('textbox', { name });

describe('TimeoutsField', () => {
  it('asks how long people have, and folds the rest', async () => {
    renderInTestApp(<Form />);
    expect(await box(/gate waits/)).toHaveValue('72h');
    expect(
      screen.getByText(/^Advanced/).closest('details'),
    ).not.toHaveAttribute('open');
  });

  it('takes words', async () => {
    renderInTestApp(<Form />);
    const gate = await box(/gate waits/);
    await userEvent.clear(gate);
    await userEvent.type(gate, '2 days');
    await userEvent.tab();
    expect(value).toEqual({
      execution: '2h',
      suspendGate: '48h',
      noProgress: '5m',
    });
  });

  it.each([
    [{ execution: '2 hours', suspendGate: '10s', noProgress: '1m' }, []],
    [
      { execution: 'soon', suspendGate: '9s', noProgress: '1m' },
      [
        'How long the gate waits for a decision: At least 10s.',
        expect.stringMatching(/^How long the run may work: Write a number/),
      ],
    ],
  ])('judges %j before the next page', (timeouts, expected) => {
    const errors: string[] = [];
    validateTimeouts(
      timeouts,
      { addError: message => errors.push(message) },
      { apiHolder },
    );
    expect(errors).toEqual(expected);
  });
});
