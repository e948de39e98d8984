/**
 * Why a candidate for a price is none. The list is closed: whoever drops a candidate names one of these, and `npm run facts` prints it.
 */
export const REFUSALS = {
  unreadableNumber: 'the number beside the mark can not be read',
  outsideContent:
    'it stands in navigation, a frame of the page, a quotation or a list to choose from',
  largeNumber: 'a word such as "million" follows: no price of an offer',
  thousandsWithoutPeriod: '"10k" without a period is a count or a value',
  notAPriceByWords:
    "the words beside it say that it is something else: a former price, a credit, somebody's revenue",
  ambiguousSeparator:
    'its sign may part thousands or decimals, and nothing on the page says which',
  unknownCurrency:
    'several currencies are marked so, and nothing on the page says which',
  quotation: "it stands in somebody else's words",
  instalment: 'it is one of several payments, or a loan',
  saving: 'it is what a buyer saves',
  threshold: 'it says from how much on something holds, or what delivery costs',
  estimate: 'it is what something is said to be worth',
  cart: 'it is the sum of a cart',
  security: 'it is kept back or covered: a deposit, an excess, a sum insured',
  levy: 'it is a tax of the place that comes on top',
  fee: 'it is asked once on top: for setting up, joining, switching on',
  firstPeriod: 'it is asked for the first time only, and more after it',
  rise: 'it is by how much a price goes up',
  gift: 'it is given: a bonus, a voucher, a refund',
  promotionOverAll: "it is a promotion over all plans, and no plan's price",
  rival: 'it stands in the column of a rival',
  emptySum: 'it is nothing beside a price: an empty cart, a sum of nothing',
  secondEndOfNoPrice: 'the first end of this range is no price',
  yearNumber: 'it is a year',
  addedWithoutTerms: 'it comes on top of something, and nothing says of what',
  inPassing: 'a sentence speaks of it in passing',
  inProse: 'it stands in a sentence that asks for nothing',
  partOfBill: 'it is a line of a bill that is shown as an example',
  vacancyPage:
    'the page is about vacancies: its amounts are what people are paid',
  storyPage:
    'the page tells a story, and only like offers with periods are believed there',
  asksForNothing: 'the page asks for money in no word',
  otherRow:
    'its row is called something else than a price: a limit, a credit, a saving',
  otherSection:
    'what stands over it speaks of wages, prizes, refunds, budgets or examples',
  besideThePoint:
    'an amount beside the price of a card, smaller or only talked of: not what the card costs',
  repeated: 'the same amount is told already, by the offer itself',
  yearlyTotal: 'it is the monthly amount told again for a year',
  formerPrice: 'it was asked before: words or a lower amount beside it say so',
  scale:
    'many amounts without a period under one name are a scale of something else',
  unnamed: 'nothing that could be its name stands in its card, row or column',
  unclearTable:
    'its table does not say whether its rows or its columns are what one buys',
  talkingCell:
    'its cell says something before it: a condition, a minimum, a part of something else',
  remark:
    'a sentence beside the offers speaks of it: a fee, a reward, what more costs',
  choice: 'it is one of several amounts to choose how much to give',
  equation: 'it is one side of a sum or of a rate of exchange',
  addOn: 'it comes on top of a price: kept as a limit',
  sentence: 'it stands in a sentence, and plans are in sight',
  tooMany: 'there are more candidates than are read',
} as const;
export type Refusal = keyof typeof REFUSALS;

/** An amount of money that the page shows, and what became of it. Exactly one of `refused` and `factId` is set in the end. */
export interface Candidate {
  /** [start, end) of the visible text. */
  start: number;
  end: number;
  value?: number;
  /** ISO 4217. */
  currency?: string;
  refused?: Refusal;
  factId?: string;
}

interface Spot {
  start: number;
  end: number;
  value?: number;
  currency?: string;
}

/** What is written down on the way through the rules. */
export interface Ledger {
  /** The first reason stands. */
  refuse(spot: Spot, why: Refusal): void;
  readonly refused: readonly Candidate[];
}

export function openLedger(): Ledger {
  const refused = new Map<number, Candidate>();
  return {
    refuse({ start, end, value, currency }, why) {
      if (!refused.has(start))
        refused.set(start, { start, end, value, currency, refused: why });
    },
    get refused() {
      return [...refused.values()];
    },
  };
}
