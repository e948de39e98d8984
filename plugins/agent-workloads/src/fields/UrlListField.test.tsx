/* eslint-disable no-script-url -- the tests are about such URLs */
import { useState } from 'react';
import { fireEvent, screen } from '@testing-library/react';
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

let value: string[];
const area = () => screen.findByRole('textbox', { name: /Pages to visit/ });

async function show(config = {}): Promise<HTMLElement> {
  value = [];
  renderInTestApp(<Form onValue={urls => (value = urls)} />, { config });
  return area();
}

async function paste(text: string, config = {}): Promise<string[]> {
  await userEvent.click(await show(config));
  await userEvent.paste(text);
  return value;
}

function errorsOf(given: unknown): string[] {
  const errors: string[] = [];
  validateUrlList(
    given,
    { addError: message => errors.push(message) },
    { apiHolder },
  );
  return errors;
}

describe('UrlListField', () => {
  it('gives the form one URL a line, blank lines left out', async () => {
    expect(
      await paste('https://a.example/x\n\n  https://b.example  \n'),
    ).toEqual(['https://a.example/x', 'https://b.example']);
    expect(screen.getByText('2 of 500 URLs')).toBeInTheDocument();
    expect(screen.queryByRole('list', { name: 'Problems' })).toBeNull();
  });

  it('names the line and what is wrong with it while it is typed', async () => {
    await paste('https://a.example\nftp://b.example');
    expect(screen.getByText('Line 2:')).toBeInTheDocument();
    expect(screen.getByText(/Only http:\/\/ and https/)).toBeInTheDocument();
  });

  it('offers the invented competitors of a demo, and does not warn of them', async () => {
    const url = 'http://tidepool.localhost:4180/pricing';
    const demo = { pages: [{ title: 'Tidepool', url }] };
    await show({ agentWorkloads: { demo } });
    const offer = await screen.findByRole('button', { name: 'Tidepool' });
    await userEvent.click(offer);
    expect(value).toEqual([url]);
    expect(offer).toBeDisabled();
    expect(screen.queryByRole('list', { name: 'Problems' })).toBeNull();
  });

  it('offers nothing where there is no demo', async () => {
    await paste('https://a.example');
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('takes a paste apart, says what it did, and takes that back', async () => {
    const text = '- Tidepool: www.a.example/x, https://b.example/; nothing';
    await paste(text);
    expect(await area()).toHaveValue(
      'https://www.a.example/x\nhttps://b.example/',
    );
    expect(value).toEqual(['https://www.a.example/x', 'https://b.example/']);
    const list = screen.getByRole('list', { name: 'Mended' });
    expect(list).toHaveTextContent('2 addresses taken out of one line');
    expect(list).toHaveTextContent('left out: Tidepool: nothing');
    await userEvent.click(screen.getByRole('button', { name: /^Undo/ }));
    expect(await area()).toHaveValue(text);
    expect(value).toEqual([text]);
    expect(screen.queryByRole('list', { name: 'Mended' })).toBeNull();
    await userEvent.tab();
    expect(await area()).toHaveValue(text);
  });

  it('leaves alone what somebody types until they go on', async () => {
    await userEvent.type(await show(), 'www.a.example');
    expect(await area()).toHaveValue('www.a.example');
    expect(value).toEqual(['https://www.a.example']);
    await userEvent.tab();
    expect(await area()).toHaveValue('https://www.a.example');
    expect(screen.getByRole('list', { name: 'Mended' })).toBeInTheDocument();
  });

  it('keeps what was taken back, also after a paste that changes nothing', async () => {
    const text = 'www.a.example';
    await paste(text);
    await userEvent.click(screen.getByRole('button', { name: /^Undo/ }));
    const field = await area();
    await userEvent.click(field);
    fireEvent.paste(field);
    fireEvent.input(field, { inputType: 'insertFromPaste' });
    await userEvent.keyboard('x');
    expect(field).toHaveValue(`${text}x`);
  });

  it('tells what it mended when a button is pressed', async () => {
    const url = 'http://tidepool.localhost:4180/pricing';
    const demo = { pages: [{ title: 'Tidepool', url }] };
    await userEvent.type(
      await show({ agentWorkloads: { demo } }),
      'www.a.example',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Tidepool' }));
    expect(value).toEqual(['https://www.a.example', url]);
    expect(screen.getByRole('list', { name: 'Mended' })).toBeInTheDocument();
  });

  it('tells it beside another button, and leaves the text in its place', async () => {
    const field = await show();
    const next = document.body.appendChild(document.createElement('button'));
    await userEvent.type(field, 'www.a.example');
    await userEvent.click(next);
    expect(field).toHaveValue('www.a.example');
    expect(
      await screen.findByRole('list', { name: 'Mended' }),
    ).toBeInTheDocument();
    next.remove();
  });

  it('keeps a page twice only for who asks for it', async () => {
    await paste('https://a.example/x\nhttps://a.example/x/');
    expect(value).toEqual(['https://a.example/x']);
    await userEvent.click(screen.getByRole('button', { name: /^Undo/ }));
    expect(value).toEqual(['https://a.example/x', 'https://a.example/x/']);
    expect(screen.getByText(/both will be visited/)).toBeInTheDocument();
  });

  it('warns of no private address that the portal knows to be allowed', async () => {
    const egress = { allow: ['*.lan:8080', 'localhost:80'] };
    await paste('http://shop.lan:8080/\nhttp://localhost/\nhttp://lan:8080/', {
      agentWorkloads: { egress },
    });
    expect(screen.getAllByText(/looks private/)).toHaveLength(1);
    expect(screen.getByText('Line 3:')).toBeInTheDocument();
  });

  it('lets no list with an error through, but one with a warning', () => {
    expect(errorsOf(['https://a.example', 'javascript:alert(1)'])).toHaveLength(
      1,
    );
    expect(errorsOf(['http://10.0.0.1/'])).toEqual([]);
    expect(errorsOf([])).toEqual(['Name at least one page to visit.']);
  });
});
