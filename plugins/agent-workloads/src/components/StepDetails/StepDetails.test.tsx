import { screen } from '@testing-library/react';
import type { RunStep } from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { fakeApi } from '../../__testUtils__/fakeApi';
import { renderPage } from '../../__testUtils__/render';
import { aRun, aRunDetail } from '../../__testUtils__/runs';
import { StepDetails } from './StepDetails';

const run = aRunDetail(aRun({ phase: 'Running' }));
const began = '2026-01-01T00:00:00Z';

describe('why a step failed', () => {
  const failed: RunStep = {
    name: 'scrape',
    phase: 'Failed',
    retries: 0,
    dependsOn: [],
    hasLog: false,
    startedAt: began,
    finishedAt: began,
    message: 'main: Error (exit code 20)',
  };
  const show = (phase: 'Failed' | 'Running', message?: string) =>
    renderPage(
      <StepDetails
        run={{ ...aRunDetail(aRun({ phase })), message }}
        step={failed}
      />,
      { api: fakeApi({ run }).api },
    );

  it('is said once on the page of a run that failed for it', async () => {
    await show('Failed', 'Step scrape failed: main: Error (exit code 20)');
    expect(screen.queryByText(/exit code 20/)).toBeNull();
  });

  it.each<[string, 'Failed' | 'Running', string?]>([
    ['another step', 'Failed', 'Step dom failed: OOMKilled'],
    ['nothing yet', 'Running', undefined],
  ])('is said here where the run tells of %s', async (_of, phase, message) => {
    await show(phase, message);
    expect(screen.getByText(/exit code 20/)).toBeInTheDocument();
  });
});

describe('a step without a log says why', () => {
  it.each<[string, Partial<RunStep>, RegExp]>([
    ['that has not begun', { phase: 'Pending' }, /has not begun/],
    [
      'whose pod is being started',
      { phase: 'Running', startedAt: began, podName: 'a-pod' },
      /being started/,
    ],
    [
      'whose pod is gone',
      {
        phase: 'Succeeded',
        startedAt: began,
        finishedAt: began,
        podName: 'a-pod',
      },
      /pod is gone/,
    ],
    ['that was not run', { phase: 'Omitted' }, /was not run/],
  ])('%s', async (_which, part, words) => {
    const step: RunStep = {
      name: 'scrape',
      phase: 'Pending',
      retries: 0,
      dependsOn: [],
      hasLog: false,
      ...part,
    };
    await renderPage(<StepDetails run={run} step={step} />, {
      api: fakeApi({ run }).api,
    });
    expect(screen.getByText(words)).toBeInTheDocument();
  });
});
