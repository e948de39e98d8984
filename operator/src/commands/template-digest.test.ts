import { describe, expect, it } from '@jest/globals';
import { aTemplate, TEMPLATE } from '../../test/builders/template';
import { pinTemplate, templateDigest } from '../workflow/pinned-spec';
import { digestLines } from './template-digest';

const LINE = `${
  pinTemplate(TEMPLATE).sha256
}  WorkflowTemplate/competitor-scrape`;

describe('digests of templates', () => {
  it('are those that status has', () => {
    expect(digestLines([aTemplate()], false)).toEqual([LINE]);
  });

  it('are found in a list, and other kinds are passed by', () => {
    const list = { kind: 'List', items: [{ kind: 'Secret' }, aTemplate()] };
    expect(digestLines([null, list], false)).toEqual([LINE]);
  });

  it('are also those of the single templates that others may refer to', () => {
    const gate = { name: 'gate', suspend: {} };
    expect(digestLines([aTemplate()], true)).toContain(
      `${templateDigest(gate)}  WorkflowTemplate/competitor-scrape/gate`,
    );
  });

  it('are not invented where there is no template', () => {
    expect(() => digestLines([{ kind: 'Workflow', spec: {} }], false)).toThrow(
      'there is no WorkflowTemplate',
    );
  });
});
