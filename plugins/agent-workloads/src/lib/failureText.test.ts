import { english } from '../__testUtils__/words';
import { failureText } from './failureText';

describe('how a run failed', () => {
  it.each([
    [
      'Step scrape failed after 3 tries: main: Error (exit code 20)',
      'The step “Scrape” failed, tried 3 times. Its log says why. (Error (exit code 20))',
    ],
    [
      'Step dom failed: OOMKilled',
      'The step “Facts” failed. Its log says why. (OOMKilled)',
    ],
    ['The gate was denied.', 'The gate was denied.'],
  ])('%s', (message, text) => {
    expect(failureText(message, english)).toBe(text);
  });
});
