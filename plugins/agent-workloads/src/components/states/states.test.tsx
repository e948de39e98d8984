import { act, screen } from '@testing-library/react';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { refusal } from '../../__testUtils__/fakeApi';
import { ErrorState, LoadingState } from './states';

describe('LoadingState', () => {
  it('says that it takes long once it does', async () => {
    jest.useFakeTimers({ advanceTimers: true });
    try {
      renderInTestApp(<LoadingState what="the report" />);
      expect(
        await screen.findByRole('status', { name: 'Loading the report' }),
      ).toBeInTheDocument();
      expect(screen.queryByText(/Still waiting/)).toBeNull();
      act(() => {
        jest.advanceTimersByTime(5_000);
      });
      expect(
        screen.getByText('Still waiting for the report'),
      ).toBeInTheDocument();
      expect(screen.getByText(/object storage/)).toBeInTheDocument();
    } finally {
      jest.useRealTimers();
    }
  });
});

describe('ErrorState', () => {
  it('has a button to sign in when the session is over, and nothing to retry', async () => {
    renderInTestApp(
      <ErrorState
        error={refusal(401, 'No session.')}
        what="the gates"
        onRetry={() => {}}
      />,
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Your session has ended',
    );
    expect(
      screen.getAllByRole('button').map(({ textContent }) => textContent),
    ).toEqual(['Sign in again']);
  });
});
