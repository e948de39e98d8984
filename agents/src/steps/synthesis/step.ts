import { artifactFiles } from '@agentworkloads/api';
import { pageAddress } from '../../content/pricing-link';
import { buildReport } from '../../report/build-report';
import { clean } from '../../report/display';
import { renderHtml } from '../../report/html';
import { renderMarkdown } from '../../report/markdown';
import { renderPricesCsv } from '../../report/prices-csv';
import type { Step } from '../../runtime/step';
import { readInputs, type Inputs } from './inputs';
import { buildSynthesisGraph } from './synthesis-graph';
import type { SynthesisStateType } from './synthesis-state';
import { readChangePictures } from './change-pictures';
import { readPageContents } from './page-contents';
import { changeNotes, reportChanges } from './report-changes';
import { readThumbnails } from './thumbnails';
import { readProse } from './write-prose';

const MAX_NOTES = 20;

/** Pages without a price that name another page for it, unless this run saw that one as well. */
function pricesElsewhere({
  manifest,
  facts,
}: Pick<Inputs, 'manifest' | 'facts'>): string[] {
  const priced = new Set(
    facts.facts.filter(({ kind }) => kind === 'price').map(({ url }) => url),
  );
  const seen = new Set(
    // One that was followed and not seen stands among those that were not observed.
    manifest.pages
      .filter(page => !page.reason || page.followedFrom)
      .flatMap(({ url, finalUrl }) => [url, finalUrl ?? url])
      .map(pageAddress),
  );
  return manifest.pages.flatMap(({ url, reason, pricingLink }) =>
    reason ||
    priced.has(url) ||
    !pricingLink ||
    seen.has(pageAddress(pricingLink))
      ? []
      : [
          `${url.slice(
            0,
            110,
          )} shows no price; its prices stand at ${pricingLink.slice(
            0,
            130,
          )}, which this run did not visit.`,
        ],
  );
}

/** Prices that the page shows and no table of the report has. */
function leftOut({ facts }: Pick<Inputs, 'facts'>): string[] {
  return (facts.leftOut ?? []).map(({ url, unnamed }) => {
    const [stand, are] = unnamed === 1 ? ['stands', 'is'] : ['stand', 'are'];
    return `${clean(url, 150)}: ${unnamed} ${
      unnamed === 1 ? 'price' : 'prices'
    } of this page ${stand} under no plan and ${are} left out.`;
  });
}

/** The first of them, and how many more there are. @param what the rest is called @param place where it is */
function firstOf(
  sentences: readonly string[],
  what: string,
  place = 'the manifest',
): string[] {
  const rest = sentences.length - MAX_NOTES;
  return rest > 0
    ? [
        ...sentences.slice(0, MAX_NOTES),
        `${rest} more ${what} stand in ${place}.`,
      ]
    : [...sentences];
}

function degradedSentences(
  state: SynthesisStateType,
  inputs: Inputs,
): string[] {
  const sentences = [...inputs.shots.degraded];
  const said = new Set(inputs.facts.facts.map(fact => fact.url));
  const silent = inputs.manifest.pages.filter(
    page => !page.reason && !said.has(page.url),
  ).length;
  if (silent > 0)
    sentences.push(
      `${silent} observed ${
        silent === 1 ? 'page holds' : 'pages hold'
      } nothing that could be read as a fact.`,
    );
  const partly = inputs.manifest.pages.flatMap(page =>
    (page.reason ? [] : [page.detail, ...(page.notes ?? [])]).flatMap(note =>
      note ? [`${clean(page.url, 110)}: ${clean(note, 185)}`] : [],
    ),
  );
  sentences.push(
    ...firstOf(pricesElsewhere(inputs), 'pages whose prices stand elsewhere'),
    ...firstOf(
      leftOut(inputs),
      'pages with prices of which nothing says what they buy',
      'facts.json',
    ),
    ...firstOf(partly, 'notes on pages that were not read in full'),
  );
  if (state.rejected.length > 0)
    sentences.push(
      `${state.rejected.length} facts were left out, because the saved page does not prove them.`,
    );
  sentences.push(...changeNotes(state.changeProofs));
  if (state.proseMissing)
    sentences.push(
      `The language model was not used (${state.proseMissing}); the report is made from facts alone.`,
    );
  return sentences;
}

/** Proves the facts once more and writes the report as JSON, Markdown and HTML, and the prices as CSV. */
export const synthesisStep: Step<SynthesisStateType> = {
  name: 'synthesis',
  input: {},
  artifacts: artifactFiles('synthesis'),
  buildGraph: buildSynthesisGraph,
  async writeOutputs(state, deps) {
    const inputs = await readInputs(deps);
    const rejected = new Set(state.rejected);
    const report = buildReport(
      {
        manifest: inputs.manifest,
        facts: inputs.facts.facts.filter(fact => !rejected.has(fact.id)),
        shots: inputs.shots,
        ...reportChanges(inputs, state.changeProofs),
        degraded: degradedSentences(state, inputs),
        generatedAt: new Date(state.startedAt),
        evidence: inputs.evidence,
      },
      state.prose ? await readProse(state.prose, deps) : undefined,
    );
    const thumbnails = await readThumbnails(report, deps);
    await deps.work.writeOutput('report.json', report);
    await deps.work.writeOutput('evidence.txt', inputs.evidence);
    const contents = await readPageContents(inputs.manifest, deps);
    const markdown = renderMarkdown(report, { contents });
    await deps.work.writeOutput('report.md', markdown);
    const changePictures = await readChangePictures(report, inputs, deps);
    const html = renderHtml(report, { thumbnails, contents, changePictures });
    await deps.work.writeOutput('report.html', html);
    await deps.work.writeOutput('prices.csv', renderPricesCsv(report));
    deps.logger.info(
      { facts: report.facts.length, prose: report.prose.source },
      'report written',
    );
  },
};
