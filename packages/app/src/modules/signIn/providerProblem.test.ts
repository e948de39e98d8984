import { providerProblem } from './providerProblem';

const named = (name: string, message: string) =>
  Object.assign(new Error(message), { name });

describe('a sign-in with a provider that failed', () => {
  it.each([
    [
      'of a window that was not opened',
      named('PopupRejectedError', 'Failed to open auth popup.'),
      /Allow pop-ups/,
    ],
    [
      'of a window that was closed',
      named('PopupClosedError', 'Login failed, popup was closed'),
      /window of GitHub was closed/,
    ],
    [
      'of a portal that was opened by another address',
      named(
        'PopupClosedError',
        'Login failed, Incorrect app origin, expected https://a.example',
      ),
      /app\.baseUrl.*expected https:\/\/a\.example/,
    ],
    [
      'without a verified address',
      new Error('Login failed, user profile does not contain an email'),
      /no verified e-mail address/,
    ],
    [
      'of a backend that is away',
      new TypeError('Failed to fetch'),
      /does not answer/,
    ],
    [
      'with words of the backend',
      named('NotAllowedError', 'GitHub knows you as erin, but …'),
      /^GitHub knows you as erin, but …$/,
    ],
    ['with what is no error', 'nothing', /^nothing$/],
  ])('%s says what to do', (_what, error, message) => {
    expect(providerProblem('GitHub', error)).toMatch(message);
  });
});
