/* eslint-disable no-script-url -- the tests are about such URLs */
import { useState } from 'react';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { UrlListField } from './UrlListField';
import { validateUrlList } from './validateUrlList';
import { apiHolder } from '../__testUtils__/words';

function Form(props: { onValue: (urls: string[]) => void }) {
  const [formData, setFormData] = useState<string[]>([]);
  const field = {
    formData,
    onChange: (urls: string[]) => {
      setFormData(urls);
      props.onValue(urls);
    },
    schema: { title: 'Pages to visit' },
    uiSchema: {},
    required: true,
    rawErrors: [],
  } as unknown as FieldExtensionComponentProps<string[]>;
  return <UrlListField {...field} />;
}

async function type(text: string): Promise<string[]> {
  let value: string[] = [];
  renderInTestApp(<Form onValue={urls => (value = urls)} />);
  const area = await screen.findByRole('textbox', { name: /Pages to visit/ });
  await userEvent.click(area);
  await userEvent.paste(text);
  return value;
}

function errorsOf(value: unknown): string[] {
  const errors: string[] = [];
  validateUrlList(
    value,
    { addError: message => errors.push(message) },
    { apiHolder },
  );
  return errors;
}

describe('UrlListField', () => {
  it('gives the form one URL a line, blank lines left out', async () => {
    expect(
      await type('https://a.example/x\n\n  https://b.example  \n'),
    ).toEqual(['https://a.example/x', 'https://b.example']);
    expect(screen.getByText('2 of 500 URLs')).toBeInTheDocument();
    expect(screen.queryByRole('list', { name: 'Problems' })).toBeNull();
  });

  it('names the line and what is wrong with it while it is typed', async () => {
    await type('https://a.example\nftp://b.example');
    expect(screen.getByText('Line 2:')).toBeInTheDocument();
    expect(screen.getByText(/Only http:\/\/ and https/)).toBeInTheDocument();
  });

  it('offers the invented competitors of a demo, and does not warn of them', async () => {
    let value: string[] = [];
    const url = 'http://tidepool.localhost:4180/pricing';
    const demo = { pages: [{ title: 'Tidepool', url }] };
    renderInTestApp(<Form onValue={urls => (value = urls)} />, {
      config: { agentWorkloads: { demo } },
    });
    const offer = await screen.findByRole('button', { name: 'Tidepool' });
    await userEvent.click(offer);
    expect(value).toEqual([url]);
    expect(offer).toBeDisabled();
    expect(screen.queryByRole('list', { name: 'Problems' })).toBeNull();
  });

  it('offers nothing where there is no demo', async () => {
    await type('https://a.example');
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('lets no list with an error through, but one with a warning', () => {
    expect(errorsOf(['https://a.example', 'javascript:alert(1)'])).toHaveLength(
      1,
    );
    expect(errorsOf(['http://10.0.0.1/'])).toEqual([]);
    expect(errorsOf([])).toEqual(['Name at least one page to visit.']);
  });
});
