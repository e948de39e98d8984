import {
  ancestors,
  type Outline,
  type OutlineNode,
  type Run,
} from '../page/outline';
import type { Ledger } from './refusals';
import type { PriceMention } from './mention';

/** Invoices, receipts and carts that a page shows as an example: their amounts are what somebody paid. */

const SUM =
  /^(?:sub-?total|total due|amount due|balance due|grand total|total (?:à payer|a pagar|paid|gezahlt)|montant (?:total|dû)|net à payer|zwischensumme|gesamtbetrag|rechnungsbetrag|zu zahlen(?:der betrag)?|do zapłaty|小計|ご請求(?:金)?額|合計金額)(?: \(.{1,20}\))?:?$/iu;
const TOTAL =
  /^(?:total|gesamt|summe|suma|razem|totale|totaal|合計|कुल)(?: \(.{1,20}\))?:?$/iu;
/** Words of a bill, beside a plain "Total". */
const BILL =
  /^(?:qty|quantity|menge|anzahl|qté|quantité|cantidad|ilość|数量|invoice\b.{0,30}|receipt\b.{0,30}|order summary|your order|tax|vat|sales tax|shipping|delivery|mwst\.?|tva|bill to\b.{0,40}|rechnung\b.{0,30}|quittung|facture\b.{0,30}|reçu|factura\b.{0,30}|recibo|faktura\b.{0,30}|paragon|領収書|請求書)$/iu;
const MAX_RUNS = 30;
const MAX_UP = 6;

const within = (node: OutlineNode, index: number): boolean =>
  index >= node.first && index <= node.last;

/** "Subtotal $0.00": an empty cart sums nothing up. */
function isSumOfNothing(outline: Outline, sum: Run): boolean {
  const after = outline.flat.slice(sum.end, sum.end + 24);
  return /^[^\d]{0,8}0(?:[.,]0+)?(?![\d.,]*[1-9])/.test(after);
}

/** The smallest element around a sum that holds what is summed up. */
function billAround(
  outline: Outline,
  sum: Run,
  mentions: readonly PriceMention[],
): OutlineNode | undefined {
  let up = 0;
  for (const node of ancestors(sum.node)) {
    up += 1;
    if (up > MAX_UP || node.last - node.first > MAX_RUNS) return undefined;
    const summed = mentions.some(
      mention => mention.start < sum.start && within(node, mention.run.index),
    );
    if (!summed) continue;
    const named = outline.runs
      .slice(node.first, node.last + 1)
      .some(run => BILL.test(run.text));
    if (SUM.test(sum.text) || named) return node;
  }
  return undefined;
}

/** `mentions` without those of bills. Where an amount has a period, it is no bill but an order of a plan. */
export function withoutBills(
  outline: Outline,
  mentions: readonly PriceMention[],
  ledger: Ledger,
): PriceMention[] {
  const bills = outline.runs
    .filter(run => SUM.test(run.text) || TOTAL.test(run.text))
    .filter(run => !isSumOfNothing(outline, run))
    .slice(0, 40)
    .map(sum => billAround(outline, sum, mentions))
    .filter((node): node is OutlineNode => node !== undefined)
    .filter(
      node =>
        !mentions.some(
          ({ run, terms }) =>
            within(node, run.index) && (terms.period || terms.per),
        ),
    );
  return mentions.filter(mention => {
    const billed = bills.some(node => within(node, mention.run.index));
    if (billed) ledger.refuse(mention, 'partOfBill');
    return !billed;
  });
}
