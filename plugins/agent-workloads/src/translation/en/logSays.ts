/** What the lines of a step's log mean; in the order of `lib/logForPeople.ts`. */
export const logSays = {
  started: 'The step begins.',
  done: 'The step is done after {{time}}.',
  resumes: 'It goes on where an earlier try ended.',
  finishedBefore:
    'An earlier try had come to its end; what it found is written again.',
  stops: 'The step is being stopped.',
  robotsIgnored:
    'robots.txt is not looked at: whoever runs the scraper has switched that off.',
  waitsForBrowser: 'Every place of the browser is taken; it waits for one.',
  seen: '{{page}}: seen.',
  notSeen: '{{page}}: not seen. {{why}}',
  savedBefore: '{{page}}: saved before, not visited again.',
  died: '{{page}}: an earlier try ended while it was visited, so it is left out.',
  browserFailed: '{{page}}: the browser failed, it is visited again.',
  inPart: '{{page}}: read, but not all that it can show.',
  followed: '{{page}}: its pricing page is visited as well.',
  again:
    'Pages that say other prices or plans than the earlier run saw: {{differ, number}}. Visited once more: {{again, number}}.',
  reused: 'The saved pages of an earlier run are used; none is visited.',
  pagesSeen: '{{observed, number}} of {{pages, number}} pages were seen.',
  factsOf_one: '{{page}}: {{count, number}} fact found.',
  factsOf_other: '{{page}}: {{count, number}} facts found.',
  factsFailed: '{{page}}: its facts could not be read.',
  facts_one: '{{count, number}} fact is kept, with its proof.',
  facts_other: '{{count, number}} facts are kept, each with its proof.',
  pictures_one: 'Pictures of {{count, number}} page are made.',
  pictures_other: 'Pictures of {{count, number}} pages are made.',
  report_one: 'The report is written from {{count, number}} fact.',
  report_other: 'The report is written from {{count, number}} facts.',
} as const;
