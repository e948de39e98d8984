/** How runs and reports are found: filters, saved views, the reports of an entity, and two of them side by side. */
export const finding = {
  searchIn: 'Name, objective, address, entity, person or phase',
  from: 'Started from',
  to: 'Started until',
  mine: 'Asked for by me',
  hasReport: 'With a report',
  total_one: '{{count, number}} run',
  total_other: '{{count, number}} runs',
  page: 'Page',
  ofPages_one: 'of {{count, number}}',
  ofPages_other: 'of {{count, number}}',
  go: 'Go to page',
  savedViews: 'Saved views',
  chooseView: 'Choose a view',
  saveView: 'Save this view',
  viewName: 'Name of the view',
  viewNameText: 'It is kept for you alone, with these filters and this order.',
  save: 'Save',
  forgetView: 'Forget “{{name}}”',
  compare: 'Compare',
  compared: 'Compared',
  compareWithOf: 'Compare with the report of {{date}}',
  newestOf_one: 'The newest {{shown, number}} of {{count, number}} are here.',
  newestOf_other: 'The newest {{shown, number}} of {{count, number}} are here.',
  notInReport: 'Not in this report',
  twoReports: 'Two reports side by side',
  twoReportsText:
    'The prices as each report has them. A plan that one of them does not have may be on a page that it did not see: what surely changed stands in the report itself.',
  showSame: 'Show what is the same as well',
  oneReport: 'Back to one report',
  noDifference: 'Both reports have the same prices.',
} as const;

export const watch = {
  title: 'What you watch',
  unread_one: '{{count, number}} new',
  unread_other: '{{count, number}} new',
  noChange: 'No change is known yet.',
  report: 'Last report',
  reportOf: 'Last report on {{company}}',
  next: 'Next run {{when}}',
  nothingYet:
    'No change is known yet. A company stands here once something of it changed, or a schedule has visited it.',
  stepLaunch:
    'Name the pages that you want to know about, and launch a scrape.',
  stepLook:
    'Look at what it found, with the proof of every price, and let it pass.',
  stepRead: 'Read the report. From the second one on, it says what changed.',
} as const;
