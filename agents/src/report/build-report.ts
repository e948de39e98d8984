import {
  reportSchema,
  type Change,
  type Fact,
  type Manifest,
  type PageRecord,
  type Report,
  type ShotsFile,
  type SummarySentence,
} from '@agentworkloads/api';
import { clean } from './display';
import { summarySentences } from './sentences';
import { toCompanies } from './views';

export interface ReportInput {
  manifest: Manifest;
  facts: readonly Fact[];
  shots?: ShotsFile;
  changes: readonly Change[];
  notCompared?: Report['notCompared'];
  /** Absent where the run has no comparison. */
  comparedWith?: Report['comparedWith'];
  /** Sentences on what was done without. */
  degraded: readonly string[];
  generatedAt: Date;
  /** Hex sha256 of what was approved at the gate. */
  evidence?: string;
}

/** What a model chose, already made into sentences by code. */
export interface ChosenProse {
  sentences: readonly SummarySentence[];
  model: string;
  /** Choices that the facts did not bear. */
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

function notObservedOf(pages: readonly PageRecord[]): Report['notObserved'] {
  return pages.flatMap(page =>
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
}

/** The report from facts alone; what a model chose stands after the first sentence, and takes none away. */
export function buildReport(input: ReportInput, prose?: ChosenProse): Report {
  const { manifest } = input;
  const pages = manifest.pages.map(page => withShots(page, input.shots));
  const draft: Report = {
    schemaVersion: 1,
    workflowUid: manifest.workflowUid,
    jobId: manifest.jobId,
    objective: manifest.objective,
    generatedAt: input.generatedAt.toISOString(),
    ...(manifest.reused && { reused: manifest.reused }),
    ...(input.evidence ? { evidence: input.evidence } : {}),
    prose: { source: 'facts', removedSentences: prose?.removedSentences ?? 0 },
    summary: [],
    facts: [...input.facts],
    pages,
    changes: [...input.changes],
    ...(input.notCompared && { notCompared: input.notCompared }),
    ...(input.comparedWith && { comparedWith: input.comparedWith }),
    notObserved: notObservedOf(pages),
    degraded: input.degraded.map(sentence => clean(sentence, 300)),
  };
  const [first, ...rest] = summarySentences(draft, toCompanies(draft));
  const chosen = prose?.sentences ?? [];
  return reportSchema.parse({
    ...draft,
    prose:
      prose && chosen.length > 0
        ? { ...draft.prose, source: 'chosen', model: prose.model }
        : draft.prose,
    summary: [first, ...chosen, ...rest],
  });
}
