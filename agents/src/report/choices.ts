import type { Fact, SummarySentence } from '@agentworkloads/api';
import { z } from 'zod';
import {
  TEMPLATE_NAMES,
  TEMPLATES,
  render,
  type Objection,
  type Rendered,
} from './templates';
import type { CompanyView } from './views';

/** Words that may lead a sentence over to the next: the only ones that are not made from facts. */
export const CONNECTIVES = ['none', 'also', 'in addition'] as const;

const LEADS: Readonly<Record<(typeof CONNECTIVES)[number], string>> = {
  none: '',
  also: 'Also: ',
  'in addition': 'In addition: ',
};

/** One thing that a model asks for. Nothing of it is printed: not a word here is free. */
export const choiceSchema = z.strictObject({
  template: z.enum(TEMPLATE_NAMES),
  factIds: z.array(z.string().min(8).max(64)).min(1).max(6),
  lead: z.enum(CONNECTIVES).default('none'),
});
export type Choice = z.infer<typeof choiceSchema>;

export const MAX_CHOICES = 8;

/** What a model is asked to answer. */
export const answerSchema = z.strictObject({
  // Strict schemas of model services want every field to be required.
  choices: z
    .array(choiceSchema.extend({ lead: z.enum(CONNECTIVES) }))
    .max(MAX_CHOICES),
});

export interface CheckedChoices {
  sentences: SummarySentence[];
  refused: Objection[];
}

interface Known {
  facts: ReadonlyMap<string, Fact>;
  companies: readonly CompanyView[];
}

function companyOf(facts: readonly Fact[], { companies }: Known) {
  const found = companies.filter(company =>
    facts.some(fact => company.pages.some(page => page.url === fact.url)),
  );
  return found.length === 1 ? found[0] : undefined;
}

function renderChoice(choice: Choice, known: Known): Rendered {
  if (new Set(choice.factIds).size < choice.factIds.length)
    return { objection: 'named-twice' };
  const facts = choice.factIds.flatMap(id => known.facts.get(id) ?? []);
  if (facts.length < choice.factIds.length)
    return { objection: 'unknown-fact' };
  const template = TEMPLATES[choice.template];
  if (facts.length > template.max) return { objection: 'too-many-facts' };
  if (facts.some(fact => fact.kind !== template.kind))
    return { objection: 'wrong-kind' };
  const company = companyOf(facts, known);
  if (!company) return { objection: 'two-companies' };
  const others = known.companies.filter(each => each !== company);
  return render(template, facts, company, others);
}

/**
 * Carries out what a model chose: each choice becomes a sentence of its template, or is refused by name.
 * @param raw the members of the answer's `choices`, unchecked
 */
export function carryOut(
  raw: readonly unknown[],
  facts: readonly Fact[],
  companies: readonly CompanyView[],
): CheckedChoices {
  const known = {
    facts: new Map(facts.map(fact => [fact.id, fact])),
    companies,
  };
  const said = new Set<string>();
  const done: CheckedChoices = { sentences: [], refused: [] };
  for (const item of raw) {
    const parsed = choiceSchema.safeParse(item);
    const result: Rendered = parsed.success
      ? renderChoice(parsed.data, known)
      : { objection: 'not-a-choice' };
    if ('objection' in result) done.refused.push(result.objection);
    else if (said.has(result.text)) done.refused.push('said-already');
    else if (parsed.success) {
      said.add(result.text);
      done.sentences.push({
        text: LEADS[parsed.data.lead] + result.text,
        factIds: [...parsed.data.factIds],
        chosenBy: 'model',
      });
    }
  }
  return done;
}
