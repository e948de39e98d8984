import { DEMO_PEOPLE } from './demoPeople';
import { signInProblem } from './signInProblem';

const [bob] = DEMO_PEOPLE;
const answered = (status: number, message?: string) => ({
  response: { status },
  body: message === undefined ? undefined : { error: { message } },
});

describe('a sign-in that failed', () => {
  it.each([
    [
      'a catalog that is still read',
      answered(404, 'User not found'),
      /does not know Bob .*try again in a few seconds/,
    ],
    [
      'a backend without the demo sign-in',
      answered(404, "Unknown auth provider 'demo'"),
      /no demo sign-in \(Unknown auth provider 'demo'\)/,
    ],
    [
      'a backend that is not there',
      new TypeError('Failed to fetch'),
      /does not answer.*npm start/,
    ],
    [
      'a backend that is not ready',
      answered(503, 'Backend has not started yet'),
      /Backend has not started yet.*Try again/,
    ],
    [
      'a refusal',
      answered(421, 'evil.test is not served here'),
      /refused it: evil.test is not served here/,
    ],
    ['an answer that tells nothing', answered(401), /refused it: status 401/],
    ['no error at all', undefined, /does not answer/],
  ])('of %s says what is true', (_what, error, message) => {
    expect(signInProblem(bob, error)).toMatch(message);
  });
});
