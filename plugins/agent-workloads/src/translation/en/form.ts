/** The fields of the form for a new scrape, and what is wrong with what is typed there. */
export const form = {
  pagesToVisit: 'Pages to visit',
  oneUrlALine: 'One URL a line, http or https.',
  demo: 'Invented competitors',
  tryDemo: 'To try it, an invented competitor:',
  addLast_one: 'Add the page of the last run of {{entity}}, {{date}}',
  addLast_other:
    'Add the {{count, number}} pages of the last run of {{entity}}, {{date}}',
  ofUrls: '{{urls, number}} of {{most, number}} URLs',
  line: 'Line {{line}}:',
  moreLines_one: 'and {{count, number}} more line',
  moreLines_other: 'and {{count, number}} more lines',
  advanced: 'Advanced: limits of the run itself',
  gateWaits: 'How long the gate waits for a decision',
  gateWaitsText:
    'Such as 3 days, 2 hours or 90m; then the run ends without a report. Policy may allow less.',
  runWorks: 'How long the run may work',
  runWorksText: 'The wait at the gate does not count.',
  noProgress: 'How long nothing may move while nothing runs',
  noProgressText: 'For operators: then the run is given up.',
  entity: 'Entity of the catalog',
  entityOfKind: '{{title}} ({{kind}})',
  entityOfKindNamed: '{{title}} ({{kind}}, {{name}})',
  entityGone: '{{ref}} (not in the catalog)',
  once: 'Once, now',
  soon: 'Three times, two minutes apart (demo)',
  scheduleName: 'Name of the schedule',
  scheduleNameText:
    'Its runs are called after it; at most {{most, number}} characters.',
  soonText:
    'Counted anew when you launch it; then it is over. The invented competitors change their pages after each run that is completed, so the second run finds changes.',
  alsoNow: 'Also run once now: later runs are compared with it',
  repeatText:
    'Each run is made in your name and compared with the one before. A due time is left out while an earlier run goes on, at its gate too: on the next page the policy may be allowed to let runs pass in which nothing is unusual.',
} as const;

/** What entities of the catalog are, as people say it. */
export const entityKind = {
  component: 'component',
  system: 'system',
  resource: 'resource',
  domain: 'domain',
  group: 'group',
} as const;

export const mistake = {
  braces:
    'Leave out {{braces}}: the workflow engine would take it for a place to fill in.',
  noObjective: 'Say what you want to know.',
  objectiveShort:
    'Say it in a few more words: at least {{least, number}} characters.',
  objectiveLong:
    'At most {{most, number}} characters; these are {{characters, number}}.',
  noPage: 'Name at least one page to visit.',
  sameLine: 'This is line {{line}} again. Remove one of them.',
  nearlySameLine:
    'This is most likely the page of line {{line}} again; both will be visited.',
  tail: 'Does “{{tail}}” belong to the address? If not, take it out.',
  looksPrivate:
    'This address looks private. It is only visited where an operator has allowed it.',
  tooLong: 'Longer than {{most}} characters.',
  beginWithHttp:
    'No address can be read here: begin with https:// or http://, or take the line out.',
  onlyHttp:
    'Only http:// and https:// pages can be visited; write the scheme in lower case.',
  spaces: 'A URL has no spaces. Write one URL a line.',
  unseen:
    'There are characters in this address that are not seen. Write it anew by hand.',
  moreThanOne:
    'More than one address, or words beside it: write one URL a line. Write a comma of the address itself as %2C.',
  cutShort:
    'This address was cut short: it ends in dots. Write the whole address.',
  noUrl: 'This is not a URL.',
  twoSchemes: 'This begins with two schemes. Leave one of them.',
  credentials:
    'Remove the user name and password: everybody who may see the run would read them.',
  noPageAddress: 'This is not an address of a page.',
  tooMany:
    '{{urls}} URLs, but at most {{most}} fit into one run. Make several runs of them.',
  tooLarge:
    'The URLs have {{bytes}} bytes together; at most {{most}} fit into one run, so split them over several runs.',
  atLeast: 'At least {{least}}.',
  duration:
    'Write a number and a unit, the larger first: 2 hours, 3 days, 90s or 1h30m.',
  noDuration: 'Write how long, for example 2 hours, 3 days, 90s or 1h30m.',
  nameTooLong:
    'A name has at most {{most, number}} characters; this one has {{characters, number}}.',
  noName:
    'A name has lower-case letters, digits and dashes, such as tidepool-weekly.',
} as const;

/** What was made of addresses that somebody pasted; what was written follows. */
export const mend = {
  title: 'Mended',
  undo: 'Undo: leave it as I wrote it',
  apart_one: '{{count, number}} address taken out of one line:',
  apart_other: '{{count, number}} addresses taken out of one line:',
  scheme: 'added how it is reached:',
  tidied: 'taken out of what stood around it:',
  guessed: 'a name, or a page? Read as a page:',
  leftOut: 'left out:',
  same: 'a page that is there already:',
  fragment: 'the same page, at another place in it:',
  slash: 'the same page, but for the slash at the end:',
} as const;
