import { useState } from 'react';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { fakeApi } from '../__testUtils__/fakeApi';
import { aRun, aRunDetail } from '../__testUtils__/runs';
import { agentWorkloadsApiRef } from '../api';
import { UrlListField } from './UrlListField';

const ENTITY = 'component:default/tidepool';
const run = aRunDetail(
  aRun({ name: 'week-46', phase: 'Completed', entityRef: ENTITY }),
);
const { targetUrls } = run.resource.spec;

async function show(runs: (typeof run)[], written: string[]) {
  let value = written;
  const { api, state } = fakeApi({ run, runs: { items: runs } });
  function Form() {
    const [formData, setFormData] = useState(written);
    const field = {
      formData,
      onChange: (urls: string[]) => {
        value = urls;
        setFormData(urls);
      },
      schema: { title: 'Pages to visit' },
      formContext: { formData: { entityRef: ENTITY } },
    } as unknown as FieldExtensionComponentProps<string[]>;
    return <UrlListField {...field} />;
  }
  renderInTestApp(<Form />, { apis: [[agentWorkloadsApiRef, api]] as never });
  await screen.findByRole('textbox', { name: /Pages to visit/ });
  return { value: () => value, state };
}

describe('pages of the last run of the entity', () => {
  it('are added by one click, each once', async () => {
    const [first] = targetUrls;
    const { value, state } = await show([run], [first]);
    const button = await screen.findByRole('button', {
      name: /^Add the .* of the last run of component:default\/tidepool/,
    });
    await userEvent.click(button);
    expect(value()).toEqual(targetUrls);
    expect(button).toBeDisabled();
    expect(state.queries).toEqual([
      { entityRef: ENTITY, outcome: 'completed', limit: 1 },
    ]);
  });

  it('are not proposed where there was no run', async () => {
    const { state } = await show([], []);
    expect(state.queries).toHaveLength(1);
    expect(screen.queryByRole('button', { name: /last run/ })).toBeNull();
  });
});
