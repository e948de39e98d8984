/* eslint-disable no-script-url -- the tests are about such URLs */
import { screen, waitFor } from '@testing-library/react';
import { fakeApi } from '../../__testUtils__/fakeApi';
import { renderPage } from '../../__testUtils__/render';
import { NewScrapeButton, UntrustedLink } from './Links';

describe('Links', () => {
  it('hide the new scrape from a person who may not create one', async () => {
    await renderPage(
      <>
        <p>page</p>
        <NewScrapeButton />
      </>,
      { api: fakeApi().api, mayCreate: false },
    );
    await waitFor(() => expect(screen.getByText('page')).toBeInTheDocument());
    expect(screen.queryByRole('link', { name: 'New scrape' })).toBeNull();
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'https://a:b@c.example/',
  ])('never lead to %s', async url => {
    await renderPage(<UntrustedLink url={url} />, { api: fakeApi().api });
    expect(await screen.findByText(url)).toBeInTheDocument();
    expect(screen.queryByRole('link')).toBeNull();
  });

  it('lead to a web page without telling it where the visitor comes from', async () => {
    await renderPage(<UntrustedLink url="https://a.example/x" />, {
      api: fakeApi().api,
    });
    const link = await screen.findByRole('link');
    expect(link).toHaveAttribute('href', 'https://a.example/x');
    expect(link).toHaveAttribute('rel', 'noopener noreferrer nofollow');
  });
});
