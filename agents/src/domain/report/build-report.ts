import {
  reportSchema,
  type Change,
  type Fact,
  type Manifest,
  type PageRecord,
  type Report,
  type ShotsFile,
} from '@agentic/api';
import { clean } from './display';
import { summarySentences } from './sentences';
import { toCompanies } from './views';

export interface ReportInput {
  manifest: Manifest;
  facts: readonly Fact[];
  shots?: ShotsFile;
  changes: readonly Change[];
  /** Sentences on what was done without. */
  degraded: readonly string[];
  generatedAt: Date;
}

/** Sentences of a model that survived the check. */
export interface CheckedProse {
  sentences: readonly string[];
  model: string;
  removedSentences: number;
}

function withShots(page: PageRecord, shots: ShotsFile | undefined): PageRecord {
  const made = shots?.pages.find(each => each.url === page.url)?.shots ?? [];
  const known = new Set(page.shots.map(shot => shot.key));
  return {
    ...page,
    shots: [...page.shots, ...made.filter(shot => !known.has(shot.key))],
  };
}

/** The report from facts alone; `prose`, where there is some, takes the place of the made sentences after the first. */
export function buildReport(input: ReportInput, prose?: CheckedProse): Report {
  const { manifest } = input;
  const pages = manifest.pages.map(page => withShots(page, input.shots));
  const notObserved = pages.flatMap(page =>
    page.reason
      ? [
          {
            url: page.url,
            reason: page.reason,
            ...(page.detail ? { detail: page.detail } : {}),
          },
        ]
      : [],
  );
  const draft: Report = {
    schemaVersion: 1,
    workflowUid: manifest.workflowUid,
    jobId: manifest.jobId,
    objective: manifest.objective,
    generatedAt: input.generatedAt.toISOString(),
    prose: { source: 'facts', removedSentences: prose?.removedSentences ?? 0 },
    summary: [],
    facts: [...input.facts],
    pages,
    changes: [...input.changes],
    notObserved,
    degraded: input.degraded.map(sentence => clean(sentence, 300)),
  };
  const made = summarySentences(draft, toCompanies(draft));
  const written = prose && prose.sentences.length > 0;
  return reportSchema.parse({
    ...draft,
    prose: written
      ? { ...draft.prose, source: 'llm', model: prose.model }
      : draft.prose,
    summary: written ? [made[0], ...prose.sentences] : made,
  });
}
