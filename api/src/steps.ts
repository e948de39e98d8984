/**
 * The steps of a run, as one table. The WorkflowTemplate that we ship is generated from it (`scripts/workflow-template.mjs`), the
 * agents name their files by it, the operator and the portal read it. A step's name is its folder in `agents/src/steps`, except
 * the gate, which is a suspend node.
 */
import { EXIT_CODES } from './workflow';

/** What a step uploads, as it is: only then the hash of the file is that of the object. */
export interface StepOutput {
  /** In `/work/out`. */
  readonly file: string;
  /** Who does not go on without it: policy `gate`, or the run, which is not Completed then. */
  readonly neededBy?: 'gate' | 'report';
  /** On its button in the portal, for what people download. */
  readonly download?: string;
}

/** An output parameter: Argo takes the file as its value. */
export interface StepTold {
  /** In `/work/out`. */
  readonly file: string;
  /** Where the file is missing. */
  readonly default: string;
}

/** How Argo tries the Pod of a step again. */
export interface StepRetry {
  /** After the first. */
  readonly tries: number;
  /** Before the first of these; the waits after it grow by `factor`. */
  readonly firstWaitSeconds: number;
  readonly factor: number;
  /** Exit codes worth another try; a Pod that was lost always is. */
  readonly exitCodes: readonly number[];
}

interface StepRow {
  /** Heading in the portal. */
  readonly title: string;
  /** What it does, for people. */
  readonly description: string;
  /** Steps that must have succeeded. */
  readonly needs: readonly string[];
  /** Artifacts of earlier steps, at `/work/in/<name>.json`. */
  readonly reads: readonly string[];
  /** Artifacts by name; the names are the keys of `status.workflowArtifacts`. */
  readonly outputs: Readonly<Record<string, StepOutput>>;
  /** Output parameters beside `digests`, which every Pod has. */
  readonly tells: Readonly<Record<string, StepTold>>;
  /** Absent for what is no Pod. */
  readonly retry?: StepRetry;
}

/** A service was away, or the Pod was killed for want of memory. */
const AGAIN = {
  tries: 2,
  firstWaitSeconds: 30,
  factor: 2,
  exitCodes: [EXIT_CODES.retryable, 137],
} as const satisfies StepRetry;

/** In the order of the run. */
const TABLE = {
  scrape: {
    title: 'Scrape',
    description:
      'Visits each page once and keeps its text, its HTML and a screenshot for desktop and mobile.',
    needs: [],
    reads: [],
    outputs: { manifest: { file: 'manifest.json', neededBy: 'gate' } },
    tells: {},
    retry: AGAIN,
  },
  screenshot: {
    title: 'Screenshots',
    description: 'Makes thumbnails and tiles of the screenshots.',
    needs: ['scrape'],
    reads: ['manifest'],
    outputs: { shots: { file: 'shots.json', neededBy: 'gate' } },
    tells: {},
    retry: AGAIN,
  },
  dom: {
    title: 'Facts',
    description:
      'Finds plans, prices, features and headlines in the saved pages, each with its proof.',
    needs: ['scrape'],
    reads: ['manifest'],
    outputs: {
      facts: { file: 'facts.json', neededBy: 'gate' },
      // What differs from the baseline; runs of older templates have none.
      changes: { file: 'changes.json' },
    },
    // JSON of RunSummary; an empty object is read as "no summary".
    tells: { summary: { file: 'summary.json', default: '{}' } },
    retry: AGAIN,
  },
  gate: {
    title: 'Gate',
    description:
      'Waits until a person, or the policy, lets the report be written.',
    needs: ['screenshot', 'dom'],
    reads: [],
    outputs: {},
    tells: {},
  },
  synthesis: {
    title: 'Report',
    description: 'Writes the report from the facts.',
    needs: ['gate'],
    reads: ['manifest', 'facts', 'shots', 'changes'],
    outputs: {
      'report-md': {
        file: 'report.md',
        neededBy: 'report',
        download: 'Markdown',
      },
      'report-html': {
        file: 'report.html',
        neededBy: 'report',
        download: 'HTML',
      },
      'report-json': {
        file: 'report.json',
        neededBy: 'report',
        download: 'JSON',
      },
      // For a spreadsheet; runs of older templates have none.
      'prices-csv': { file: 'prices.csv', download: 'CSV of prices' },
    },
    // What the report was made from, as report.json names it.
    tells: { evidence: { file: 'evidence.txt', default: '' } },
    retry: AGAIN,
  },
} as const satisfies Record<string, StepRow>;

type Table = typeof TABLE;
type KeysOfEach<T> = T extends unknown ? keyof T : never;
type ValuesOfEach<T> = T extends unknown ? T[keyof T] : never;
type FilesOfEach<T> = ValuesOfEach<T> extends infer Entry
  ? Entry extends { file: infer File }
    ? File
    : never
  : never;

export type StepName = keyof Table;
/** A step that is a Pod: every one but the gate. */
export type PodStepName = Exclude<StepName, 'gate'>;
export type ArtifactName = KeysOfEach<Table[StepName]['outputs']>;
/** Artifacts that a later step reads. */
export type InputName = Table[StepName]['reads'][number];
/** File of the output parameter `digests`: the sha256 of each artifact's bytes, by name. */
export const DIGESTS_FILE = 'digests.json';
/** Every file in `/work/out` that the WorkflowTemplate collects. */
export type OutputFile =
  | FilesOfEach<Table[StepName]['outputs']>
  | FilesOfEach<Table[StepName]['tells']>
  | typeof DIGESTS_FILE;

export interface Step extends StepRow {
  readonly needs: readonly StepName[];
  readonly reads: readonly InputName[];
  readonly outputs: Readonly<Partial<Record<ArtifactName, StepOutput>>>;
}

export const STEP_TABLE: Readonly<Record<StepName, Step>> = TABLE;
export const STEP_ORDER = Object.keys(TABLE) as readonly StepName[];
/** Names of steps, for who means a certain one. */
export const STEPS = Object.fromEntries(
  STEP_ORDER.map(name => [name, name]),
) as { readonly [Name in StepName]: Name };

/** Names of artifacts, for who means a certain one. */
export const ARTIFACTS = {
  manifest: 'manifest',
  shots: 'shots',
  facts: 'facts',
  changes: 'changes',
  reportMarkdown: 'report-md',
  reportHtml: 'report-html',
  reportJson: 'report-json',
  pricesCsv: 'prices-csv',
} as const satisfies Record<string, ArtifactName>;

const OUTPUTS = STEP_ORDER.flatMap(
  step =>
    Object.entries(STEP_TABLE[step].outputs) as [ArtifactName, StepOutput][],
);

const neededBy = (whom: StepOutput['neededBy']): readonly ArtifactName[] =>
  OUTPUTS.filter(([, output]) => output.neededBy === whom).map(
    ([name]) => name,
  );

/** A report without one of these is none: the run is not Completed. */
export const REPORT_ARTIFACTS = neededBy('report');
/** What policy `gate` wants to have been saved. */
export const GATE_ARTIFACTS = neededBy('gate');

/** What people may download of a report, in the order of the buttons. */
export const DOWNLOADS: readonly {
  artifact: ArtifactName;
  label: string;
  extension: string;
}[] = OUTPUTS.flatMap(([artifact, { download, file }]) =>
  download
    ? [{ artifact, label: download, extension: file.split('.').pop() ?? '' }]
    : [],
);

/** The files of a step's artifacts in `/work/out`, by the artifact's name. */
export function artifactFiles(
  step: PodStepName,
): Readonly<Partial<Record<ArtifactName, OutputFile>>> {
  return Object.fromEntries(
    Object.entries(STEP_TABLE[step].outputs).map(([name, { file }]) => [
      name,
      file,
    ]),
  );
}

/** Every step that must have succeeded before this one may begin, in the order of the run. */
export function stepsBefore(step: StepName): readonly StepName[] {
  const before = new Set<StepName>();
  const visit = (name: StepName) => {
    for (const one of STEP_TABLE[name].needs) {
      before.add(one);
      visit(one);
    }
  };
  visit(step);
  return STEP_ORDER.filter(name => before.has(name));
}

/** The longest wait between two tries of a Pod that the shipped template has, milliseconds. */
export const LONGEST_BACKOFF_MS =
  1000 *
  Math.max(
    ...STEP_ORDER.map(name => STEP_TABLE[name].retry).map(retry =>
      retry ? retry.firstWaitSeconds * retry.factor ** (retry.tries - 1) : 0,
    ),
  );
