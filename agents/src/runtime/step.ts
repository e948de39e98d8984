import type { BaseCheckpointSaver } from '@langchain/langgraph';
import type {
  ArtifactName,
  OutputFile,
  RunPlace,
  StepName,
} from '@agentworkloads/api';
import type { ArtifactStore } from '../artifacts/artifact-store';
import type { BrowserLauncher } from '../clients/browser';
import type { VisitEgress } from '../clients/visit-egress';
import type { LlmClient } from '../clients/llm';
import type { StepEnv } from '../config/env';
import type { Clock } from './clock';
import type { Logger } from './logger';
import type { WorkDir } from './work-dir';

/** What the run is about. */
export interface Job extends RunPlace {
  jobId: string;
  objective: string;
  targetUrls: readonly string[];
  /** What is visited beyond them. */
  follow: StepEnv['FOLLOW'];
  bucket: string;
  /** What policy `start` lets the run visit: parsed, and the denied ones as the proxy gets them. */
  hostRules: StepEnv['EGRESS_RULES'];
}

/** Everything a step may use of the outside world. Nothing in `steps/` opens a connection of its own. */
export interface StepDeps {
  job: Job;
  /** Objects of the run; keys from `@agentworkloads/api`. Has its own tries; throws RetryableError when S3 is away. */
  store: ArtifactStore;
  work: WorkDir;
  /** `text` is absent where no LLM_MODEL is set, `vision` where no LLM_VISION_MODEL is. */
  llm: { text?: LlmClient; vision?: LlmClient };
  /** The way out for the visit of a target: through the egress proxy, held to the run's host rules. */
  egressFor(target: string): VisitEgress;
  /** Opens the browser on first use; closed by the runtime. */
  browser: BrowserLauncher;
  clock: Clock;
  logger: Logger;
  /** Aborts when the pod is asked to stop. Long work checks it; what it rejects with ends in exit 10. */
  signal: AbortSignal;
  settings: StepEnv;
}

interface GraphConfig {
  configurable: { thread_id: string };
}

/** The part of a compiled LangGraph graph that the runtime uses. */
export interface CompiledStepGraph<State> {
  invoke(input: Partial<State> | null, config: object): Promise<unknown>;
  getState(
    config: GraphConfig,
  ): Promise<{ next: readonly string[]; values: unknown }>;
}

/** A `StateGraph` with its nodes and edges, not yet compiled. */
export interface StepGraph<State> {
  compile(options: {
    checkpointer: BaseCheckpointSaver;
  }): CompiledStepGraph<State>;
}

/**
 * One step of the run. A folder in `steps/` exports one of these from `step.ts`; `steps/registry.ts` lists
 * them.
 *
 * - `buildGraph` gives a LangGraph `StateGraph`: nodes small enough that a lost pod costs little, since the
 *   state is written to PostgreSQL after each superstep and each finished `Send`. The state holds keys and
 *   hashes, never bytes, text of pages or secrets.
 * - `input` is the state that a fresh run starts with; a resumed run does not see it.
 * - `writeOutputs` runs after the graph in **every** attempt, also when the graph had finished in an earlier
 *   one whose pod was lost. It rebuilds the files from the final state, S3 and the input artifacts, so it
 *   must be repeatable.
 *
 * - `artifacts` names the file of each output artifact, as the WorkflowTemplate does; after `writeOutputs` their
 *   hashes are written as the output parameter `digests`.
 *
 * Errors: throw RetryableError (exit 10) or PermanentError (exit 20); anything else is a bug, exit 20.
 */
export interface Step<State extends object = Record<string, unknown>> {
  name: StepName;
  input: Partial<State>;
  artifacts: Partial<Record<ArtifactName, OutputFile>>;
  buildGraph(deps: StepDeps): StepGraph<State>;
  writeOutputs(state: State, deps: StepDeps): Promise<void>;
}
