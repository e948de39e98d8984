/** What pages say: facts, prices, proofs, screenshots, and the report that is made of them. */
export const kind = {
  plan: 'Plan',
  price: 'Price',
  feature: 'Feature',
  headline: 'Headline',
  cta: 'Call to action',
  trial: 'Trial',
  limit: 'Limit',
  contact: 'Contact',
} as const;

/** The same within a sentence. */
export const kindInText = {
  plan: 'plan',
  price: 'price',
  feature: 'feature',
  headline: 'headline',
  cta: 'call to action',
  trial: 'trial',
  limit: 'limit',
  contact: 'contact',
} as const;

export const price = {
  per: 'per {{per}}',
  once: 'once',
  month: 'a month',
  year: 'a year',
  week: 'a week',
  day: 'a day',
  hour: 'an hour',
  chosen: 'with “{{state}}” chosen',
  notChosen: 'with “{{state}}” not chosen',
  asLoaded: 'with “{{state}}” as the page comes',
  pressed: 'with “{{state}}” pressed',
  from: 'from {{amount}}',
  about: '≈ {{amount}}',
  range: '{{from}}–{{upTo}}',
} as const;

export const change = {
  new: 'New',
  newIs: 'New: {{value}}',
  gone: 'Gone',
  goneWas: 'Gone, was: {{value}}',
  nothing: 'nothing',
  fromTo: '{{before}} → {{after}}',
  since: '{{step}} since {{day}}',
  sinceWas: '{{step}}; since {{day}}: {{value}}',
  sinceWasBy: '{{step}}; since {{day}}: {{value}}, {{percent}} %',
  anEarlierRun: 'an earlier run',
  changed: 'Changed',
} as const;

export const facts = {
  filter: 'Filter the facts',
  searchIn: 'Plan, value, quote or address',
  kind: 'Kind',
  about: 'About',
  says: 'What the page says',
  page: 'Page',
  certainty: 'Certainty',
  ofFacts: '{{shown, number}} of {{all, number}} facts',
  noMatch: 'No fact matches',
  noMatchText: 'Search for something shorter, or choose all kinds.',
  none: 'No facts',
  noneText:
    'They appear here by themselves when the step Facts has found some in the saved pages.',
} as const;

export const proof = {
  title: 'Proof: {{kind}}',
  titleOf: 'Proof: {{subject}}, {{kind}}',
  show: 'Show the proof',
  showOf: 'Show the proof of {{fact}}',
  proven: 'Proven',
  provenText: 'These words stand in the saved page at this place.',
  provenHashText:
    'These words stand in the saved page at this place, and the file has the hash that was recorded.',
  notProven: 'Not proven',
  otherWords:
    'The saved page does not have these words at this place. Do not rely on this fact.',
  otherFile:
    'The saved page is not the file that the fact was taken from. Do not rely on this fact.',
  words: 'The words on the saved page',
  onScreenshot: 'On the screenshot',
  below: 'The place lies below the part of the page that was photographed.',
  noPlace: 'No place on the screenshot is known for this fact.',
  notSaved: 'The saved page is not there',
  notSavedText:
    "The page's record does not name a saved file, so this fact can't be checked here.",
  page: 'Page',
  seen: '(seen {{date}})',
  place: 'Place',
  inHtml: 'characters {{start}} to {{end}} of the saved HTML',
  inText: 'characters {{start}} to {{end}} of the saved visible text',
  sha256: 'SHA-256',
  element: 'Element',
  inFrame: 'in a frame of {{host}}',
  scrolled: 'after scrolling down a list',
} as const;

export const shots = {
  none: 'No screenshots',
  noneText: 'None of the pages could be observed.',
  notYet: 'No screenshots yet',
  notYetText:
    'They appear here by themselves when the step Scrape has visited the pages.',
  desktop: 'Desktop',
  mobile: 'Mobile',
  topPart: '{{device}} (top part)',
  alt: '{{device}} screenshot of {{name}}',
  altLarge: '{{device}} screenshot of {{url}}, large',
  altProof: 'Screenshot of {{url}}',
  large: '{{device}}: {{name}}',
  visionModel: "A vision model's words, not a fact: {{words}}",
  unread: 'The image could not be read.',
  blocked:
    'The browser did not show the image. Either it is damaged, or this portal’s Content Security Policy lacks "data:" in img-src: ask who runs the portal.',
  secondLook: 'Second look:',
  secondLookAt: 'Second look, {{date}}:',
  deviceSecondLook: '{{device}}, second look',
  altSecondLook: '{{device}} screenshot of the second look at {{name}}',
  text: 'Text',
  textSecondLook: 'Text, second look: {{name}}',
  textOfSecondLook: 'Text of the second look at {{name}}',
  savedText: 'The saved text',
} as const;

/** Why a page is missing, and what somebody could do about it. */
export const notObserved = {
  EGRESS_BLOCKED:
    'The address is private or not allowed, so the egress proxy refused it. An operator can allow it by host and port.',
  POLICY_DENIED:
    "The page led to a host that this run's policy does not allow, so it was not visited.",
  ROBOTS_DISALLOWED:
    "The site's robots.txt asks not to visit this page, and we respect that.",
  DNS_FAILED:
    "The host's name could not be resolved. Check the spelling of the address.",
  TIMEOUT: 'The page did not load in time.',
  CONNECTION_FAILED: 'No connection to the host could be made.',
  TLS_FAILED: "The host's certificate could not be trusted.",
  HTTP_ERROR: 'The host answered with an error instead of the page.',
  TOO_LARGE: 'The page is larger than we take in.',
  NOT_HTML: 'The address does not lead to a web page.',
  TOO_MANY_REDIRECTS: 'The address was redirected again and again.',
  BOT_WALL: 'The site showed a check for robots instead of the page.',
  LOGIN_WALL: 'The page is only shown after signing in.',
  BLANK_PAGE: 'The page loaded, but nothing could be seen on it.',
  BROWSER_FAILED: 'The browser failed while it showed the page.',
  RATE_LIMITED: 'The site asked us to slow down and gave no page.',
  unknown: 'The page was not observed ({{reason}}).',
} as const;

export const report = {
  title: 'Competitor report',
  seenBefore:
    'The pages were seen {{date}}, in run {{run}}. This run did not visit them again.',
  about:
    '{{date}} · {{seen, number}} of {{pages, number}} pages observed · {{facts, number}} facts, each with its proof. {{note}}',
  notComplete: 'This report is not complete',
  changes: 'Changes since the last report',
  whatChanged: 'What changed',
  notCompared: 'Not compared ({{number, number}})',
  inShort: 'In short',
  plansAndPrices: 'Plans and prices',
  copyLink: 'Copy the link',
  print: 'Print',
  pricesInSentences: 'The prices in sentences',
  copySentences: 'Copy the sentences',
  notObserved: 'Not observed ({{number, number}})',
  headlines: 'Headlines',
  also: 'Also on their pages',
  ofKind: '{{kind}}: ',
  chosen: 'chosen',
  none: 'No report',
  afterApproval:
    'It is written once the gate is approved. See the tab Overview.',
  endedWithout:
    '{{why}} What was gathered is in the tabs Screenshots and Facts.',
  comesByItself: 'It appears here by itself when the run has written it.',
  download: 'Download the report',
  downloadAs: 'Download as {{format}}',
  csvOfPrices: 'CSV of prices',
  fromFacts: 'Made from facts alone, without a model.',
  pickedByModel:
    'Sentences marked “chosen” were picked by {{model}}; every sentence is written from the facts.',
  wordedByModel:
    'Worded by {{model}}: its sentences have no proof of their own.',
  aModel: 'a model',
  choicesRefused_one:
    '{{note}} {{count, number}} of its choices was not carried out, because the facts do not bear them.',
  choicesRefused_other:
    '{{note}} {{count, number}} of its choices were not carried out, because the facts do not bear them.',
} as const;

export const prices = {
  none: 'No plans or prices were found on the pages.',
  caption: 'Plans and prices by company; press a value for its proof',
  companyAndPlan: 'Company and plan',
  price: 'Price',
  month: 'A month',
  contents: 'What is in it',
  noPrice: 'no price that could be read',
  onRequest: 'On request: {{contact}}',
  noPlan: 'no plan named',
  onPages_one: '(on {{count, number}} page)',
  onPages_other: '(on {{count, number}} pages)',
  view: 'How plans and prices are shown',
  sideBySide: 'Side by side',
  details: 'With all that is in them',
  tiersCaption:
    'From cheap to dear. A row holds the plans at the same place of each list, which need not be alike. No currency is converted.',
  tier: {
    free: 'Free',
    paid: 'Plan {{rank, number}}',
    noMonth: 'No price for a month',
    noPrice: 'Without a price',
  },
  monthly: '{{amount}} a month',
  nothingHere: 'nothing',
  onTop: 'Paid on top',
  fewer: 'Show fewer',
} as const;

export const comparison = {
  notHeld: 'Not compared: this run was not held against an earlier one.',
  firstRun: 'First run: there is nothing to compare with yet.',
  gone: 'Not compared: what the earlier run saved is gone.',
  altered: 'Not compared: what the earlier run saved was altered since.',
  unfit: 'Not compared: the run that was named can’t be compared with.',
  notAsked: 'Not compared: this run was not asked to compare.',
  nothing: 'Nothing changed.',
  nothingSince: 'Nothing changed since {{day}}.',
  noneSeen: 'No change was seen where it could be compared.',
  noneSeenSince: 'No change was seen since {{day}} where it could be compared.',
  currency: 'another currency',
  unit: 'another period or unit',
  factor: 'more than three times as much, or less than a third',
  zero: 'nothing on one side',
  earlierRun: 'The earlier run is {{run}}, completed {{date}}.',
  earlierRunSaw: 'The earlier run is {{run}}, which saw the pages {{date}}.',
  pageOf: '{{url}} of {{date}}',
  olderPages_one:
    ' It did not see a page for sure, held against an older run: {{pages}}.',
  olderPages_other:
    ' It did not see {{count, number}} pages for sure, held against an older run: {{pages}}.',
  before: 'Before',
  now: 'Now',
  sideAt: '{{side}}, {{date}}',
  torn: ' (only part of the text fits in)',
  altSide: '{{side}}: “{{quote}}” on {{host}}',
  wasNotThere: 'It was not there.',
  isNotThere: 'It is not there any more.',
  noPicture: 'No picture. {{why}}',
  shotUnread: 'The screenshot could not be read.',
  placeInHtml: '(characters {{start}} to {{end}} of the saved HTML)',
  placeInText: '(characters {{start}} to {{end}} of the saved visible text)',
  pictures: 'Before and now',
  picturesOf: 'Pictures of before and now: {{subject}}',
  picturesTitle: 'Before and now: {{subject}}',
} as const;
