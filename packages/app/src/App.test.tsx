import { render, screen, waitFor } from '@testing-library/react';

describe('App', () => {
  it('asks who signs in before anything is shown', async () => {
    process.env = {
      NODE_ENV: 'test',
      APP_CONFIG: [
        {
          context: 'test',
          data: {
            app: { title: 'Agent Workloads', baseUrl: 'http://localhost' },
            backend: { baseUrl: 'http://localhost' },
            auth: { providers: { demo: {} } },
          },
        },
      ] as never,
    };
    const { default: app } = await import('./App');
    render(app);
    await waitFor(
      () =>
        expect(
          screen.getByRole('button', { name: 'Sign in as Bob, who asks' }),
        ).toBeInTheDocument(),
      { timeout: 60_000 },
    );
    // The whole app is loaded, on a machine that may be busy.
  }, 120_000);
});
