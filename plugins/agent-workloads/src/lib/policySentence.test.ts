import { readFileSync } from 'node:fs';
import { english } from '../__testUtils__/words';
import { policySentence } from './policySentence';

const POLICY = readFileSync(
  `${__dirname}/../../../../policies/start.rego`,
  'utf8',
);

/** What policy `start` says, the words of it that stand in its source, and what people read. */
const REASONS: [string, string[], string][] = [
  [
    'host a.example is denied',
    ['is denied'],
    'The site a.example must not be visited. Take its pages out.',
  ],
  [
    'host a.example is not among the allowed hosts',
    ['is not among the allowed hosts'],
    'The site a.example is not among those that may be visited. Take its pages out, or ask for it.',
  ],
  [
    '120 target URLs, at most 100 are allowed',
    ['target URLs', 'at most', 'are allowed'],
    '120 pages are too many for one run: at most 100.',
  ],
  [
    '120 target URLs with pages that may be followed, at most 100 are allowed',
    ['target URLs with pages that may be followed'],
    '120 pages, with those that may be followed, are too many for one run: at most 100.',
  ],
  [
    '60 hosts, at most 50 are allowed',
    ['"hosts"'],
    '60 sites are too many for one run: at most 50.',
  ],
  [
    '259200 seconds of timeouts.suspendGate, at most 86400 are allowed',
    ['seconds of timeouts.', '"suspendGate"'],
    '“How long the gate waits for a decision”: 3 d is too long, at most 1 d.',
  ],
  [
    'a person decides about host a.example',
    ['a person decides about host'],
    'A person always decides about the site a.example.',
  ],
  [
    'a person decides in namespace sales',
    ['a person decides in namespace'],
    'A person always decides in the namespace sales.',
  ],
  [
    'a person decides about more than 20 target URLs',
    ['a person decides about more than'],
    'A person decides about more than 20 pages.',
  ],
  [
    '2 people must approve here',
    ['people must approve here'],
    '2 people have to approve.',
  ],
  [
    'somebody of group legal must approve here',
    ['somebody of group', 'must approve here'],
    'Somebody of the group legal has to approve.',
  ],
  [
    'four eyes about host a.example',
    ['four eyes about host'],
    'Somebody other than you decides about the site a.example.',
  ],
  [
    'four eyes in namespace sales',
    ['four eyes in namespace'],
    'Somebody other than you decides in the namespace sales.',
  ],
  [
    '5 runs of requester bob go on, at most 5 may',
    ['runs of requester', 'go on,'],
    '5 runs of yours go on already, at most 5 may at once.',
  ],
  [
    '40 runs go on in namespace sales, at most 40 may',
    ['runs go on in namespace'],
    '40 runs go on in the namespace sales, at most 40 may at once.',
  ],
];

describe('what the policy says before a run', () => {
  it.each(REASONS)('%s', (reason, inSource, sentence) => {
    inSource.forEach(words => expect(POLICY).toContain(words));
    expect(policySentence(reason, english)).toBe(sentence);
  });

  it('is told as it is where it is not of the shipped policy', () => {
    expect(policySentence('no scraping on Fridays', english)).toBe(
      'no scraping on Fridays',
    );
  });
});
