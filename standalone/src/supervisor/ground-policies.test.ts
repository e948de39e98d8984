import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { groundPolicyData } from './ground-policies';

const shipped = readFileSync(
  new URL('../../../policies/data.json', import.meta.url),
  'utf8',
);
const configOf = (text: string) => JSON.parse(text).agentworkloads.config;

describe('the policy data of one machine', () => {
  it('lets due times lie two minutes apart in the namespace of workloads, and is the shipped one otherwise', () => {
    const { namespaces, ...rest } = configOf(groundPolicyData(shipped));
    expect(namespaces).toEqual({
      agentworkloads: { schedule: { minIntervalSeconds: 120 } },
    });
    expect({ ...rest, namespaces: {} }).toEqual(configOf(shipped));
  });

  it('leaves a rule alone that somebody has given the namespace', () => {
    const own = JSON.parse(shipped);
    own.agentworkloads.config.namespaces.agentworkloads = {
      schedule: { minIntervalSeconds: 60 },
      requester: 'required',
    };
    const text = JSON.stringify(own);
    expect(configOf(groundPolicyData(text))).toEqual(configOf(text));
  });

  it('refuses a file without the parts that it changes', () => {
    expect(() => groundPolicyData('{"agentworkloads":{}}')).toThrow(/config/);
  });
});
