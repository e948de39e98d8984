import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { forgottenFields, WORKLOADS_CRD } from './crd';

describe('what a CRD forgets of a gate of several people', () => {
  it('is nothing where it is the shipped one', () => {
    const shipped = readFileSync(`deploy/crds/${WORKLOADS_CRD}.yaml`, 'utf8');
    expect(forgottenFields(parse(shipped))).toEqual([]);
  });

  it('is all of it where it has no schema of this version', () => {
    expect(forgottenFields({ spec: { versions: [] } })).toContain(
      'status.gate.votes',
    );
  });
});
