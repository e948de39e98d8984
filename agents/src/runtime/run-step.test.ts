import { describe, expect, it } from '@jest/globals';
import {
  Annotation,
  END,
  MemorySaver,
  Send,
  START,
  StateGraph,
} from '@langchain/langgraph';
import { silentLogger } from '../../test/support/logger';
import { PermanentError, RetryableError } from './errors';
import { classifyFailure, runStep } from './run-step';
import type { Step, StepDeps } from './step';

const State = Annotation.Root({
  done: Annotation<string[], string[]>({
    reducer: (a, b) => [...a, ...b],
    default: () => [],
  }),
});
type StateType = typeof State.State;

/** Two parallel pieces and an end; `hooks` run inside. */
function createStep(
  hooks: { piece?(name: string): Promise<void>; end?(): void } = {},
) {
  const ran: string[] = [];
  const written: string[][] = [];
  const step: Step<StateType> = {
    name: 'scrape',
    input: {},
    artifacts: {},
    buildGraph: () =>
      new StateGraph(State)
        .addNode('plan', () => ({}))
        .addNode('piece', async ({ name }: { name: string }) => {
          ran.push(name);
          await hooks.piece?.(name);
          return { done: [name] };
        })
        .addNode('end', () => {
          ran.push('end');
          hooks.end?.();
          return {};
        })
        .addEdge(START, 'plan')
        .addConditionalEdges(
          'plan',
          () => ['a', 'b'].map(name => new Send('piece', { name })),
          ['piece'],
        )
        .addEdge('piece', 'end')
        .addEdge('end', END),
    async writeOutputs(state) {
      written.push([...state.done].sort());
    },
  };
  return { step, ran, written };
}

function depsWith(signal = new AbortController().signal): StepDeps {
  return {
    job: { workflowUid: 'uid-1' },
    work: { writeOutput: async () => undefined },
    logger: silentLogger(),
    signal,
  } as unknown as StepDeps;
}

describe('runStep', () => {
  it('runs the graph and writes the outputs', async () => {
    const { step, ran, written } = createStep();
    await runStep(step, depsWith(), { saver: new MemorySaver() });
    expect(ran.sort()).toEqual(['a', 'b', 'end']);
    expect(written).toEqual([['a', 'b']]);
  });

  it('goes on where it failed: what was done is not done again', async () => {
    let fail = true;
    const { step, ran, written } = createStep({
      async piece(name) {
        if (name !== 'b' || !fail) return;
        await new Promise(resolve => setTimeout(resolve, 50));
        throw new RetryableError('away');
      },
    });
    const saver = new MemorySaver();
    await expect(runStep(step, depsWith(), { saver })).rejects.toThrow('away');
    expect(written).toEqual([]);
    fail = false;
    await runStep(step, depsWith(), { saver });
    expect(ran).toEqual(['a', 'b', 'b', 'end']);
    expect(written).toEqual([['a', 'b']]);
  });

  it('writes the outputs of a finished graph again, and runs nothing', async () => {
    const { step, ran, written } = createStep();
    const saver = new MemorySaver();
    await runStep(step, depsWith(), { saver });
    await runStep(step, depsWith(), { saver });
    expect(ran).toHaveLength(3);
    expect(written).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });

  it('drains when it is asked to stop, and goes on later', async () => {
    const stop = new AbortController();
    const { step, ran } = createStep({
      piece: async () => stop.abort(new RetryableError('SIGTERM')),
    });
    const saver = new MemorySaver();
    const first = await runStep(step, depsWith(stop.signal), { saver }).catch(
      error => error,
    );
    expect(classifyFailure(first)).toMatchObject({ retryable: true });
    expect(ran).not.toContain('end');
    await runStep(step, depsWith(), { saver });
    expect(ran.filter(name => name === 'end')).toHaveLength(1);
  });
});

describe('classifyFailure', () => {
  const pgGone = Object.assign(new Error('terminating connection'), {
    code: '57P01',
  });
  it.each([
    ['RetryableError', new RetryableError('x'), true],
    [
      'a retryable cause',
      new Error('wrapped', { cause: new RetryableError('x') }),
      true,
    ],
    ['PermanentError', new PermanentError('x'), false],
    [
      'a refused connection',
      Object.assign(new Error('x'), { code: 'ECONNREFUSED' }),
      true,
    ],
    ['PostgreSQL shutting down', pgGone, true],
    [
      'a lost connection',
      new Error('Connection terminated unexpectedly'),
      true,
    ],
    [
      'several addresses refused',
      new AggregateError([
        Object.assign(new Error('x'), { code: 'ECONNREFUSED' }),
      ]),
      true,
    ],
    ['a bug', new TypeError('undefined is not a function'), false],
    ['no error at all', 'text', false],
  ])('%s', (_name, error, retryable) => {
    expect(classifyFailure(error).retryable).toBe(retryable);
  });
});
