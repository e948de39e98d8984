import { describe, expect, it } from '@jest/globals';
import { workflowName } from './names';

const uid = '0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9';

describe('the name of a Workflow', () => {
  it('is the same each time', () => {
    expect(workflowName({ name: 'weekly', uid })).toBe('weekly-0a1b2c3d4e');
  });

  it('differs when the workload was made again', () => {
    const other = 'ffffffff-4e5f-6071-8293-a4b5c6d7e8f9';
    expect(workflowName({ name: 'weekly', uid: other })).not.toBe(
      workflowName({ name: 'weekly', uid }),
    );
  });

  it.each([
    ['the longest name', 'x'.repeat(253)],
    ['dots', 'weekly.report.v1'],
    ['a dash where it is cut', `${'x'.repeat(51)}-tail`],
  ])('is a label value with %s', (_what, name) => {
    const result = workflowName({ name, uid });
    expect(result).toMatch(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/);
    expect(result.length).toBeLessThanOrEqual(63);
  });
});
