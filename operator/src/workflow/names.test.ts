import { describe, expect, it } from '@jest/globals';
import { workflowName } from './names';

describe('the name of a Workflow', () => {
  it('is that of the workload with a random part', () => {
    expect(workflowName('weekly', '0a1b2c3d4e5f')).toBe('weekly-0a1b2c3d4e');
  });

  it.each([
    ['the longest name', 'x'.repeat(253)],
    ['dots', 'weekly.report.v1'],
    ['a dash where it is cut', `${'x'.repeat(51)}-tail`],
  ])('is a label value with %s', (_what, name) => {
    const result = workflowName(name, '0a1b2c3d4e');
    expect(result).toMatch(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/);
    expect(result.length).toBeLessThanOrEqual(63);
  });
});
