import { describe, expect, it } from '@jest/globals';
import type { GateVote } from './gate';
import { idleVote, quorumWords, tallyOf, tallyWords } from './gate-quorum';

const vote = (username: string, ...groups: string[]): GateVote => ({
  username,
  groups,
  decidedAt: '2026-03-02T10:00:00Z',
  approvalName: `${username}-says`,
  approvalUid: `uid-${username}-${groups.join('-')}`,
});
const gate = (votes: GateVote[], parts = {}) => ({
  fourEyes: false,
  approvals: 2,
  groups: ['legal'],
  votes,
  ...parts,
});
const words = (votes: GateVote[], parts = {}) =>
  tallyWords(tallyOf(gate(votes, parts), 'bob'));

describe('the votes of a gate', () => {
  it('say what is missing', () => {
    expect(words([])).toBe('0 of 2 approvals; group legal is missing');
    expect(words([vote('alice')])).toBe(
      '1 of 2 approvals; group legal is missing',
    );
    expect(words([vote('carol', 'legal')])).toBe('1 of 2 approvals');
    expect(words([], { approvals: 1, groups: ['a', 'b', 'c'] })).toBe(
      '0 of 1 approval; groups a, b and c are missing',
    );
  });

  it('are enough when people and groups both are', () => {
    const met = (votes: GateVote[], parts = {}) =>
      tallyOf(gate(votes, parts), 'bob').met;
    expect(met([vote('alice'), vote('dave')])).toBe(false);
    expect(met([vote('carol', 'legal')])).toBe(false);
    expect(met([vote('carol', 'legal'), vote('alice')])).toBe(true);
    expect(met([], { approvals: undefined, groups: undefined })).toBe(false);
    expect(
      met([vote('alice')], { approvals: undefined, groups: undefined }),
    ).toBe(true);
  });

  it('of one person count once, however the name is written', () => {
    const tally = tallyOf(
      gate([vote('alice'), vote('ALICE', 'legal')]),
      undefined,
    );
    expect(tally.people).toEqual(['alice']);
    expect(tally.missingGroups).toEqual([]);
    expect(tally.met).toBe(false);
  });

  it('lose that of who asked for the run once four eyes are asked for', () => {
    const votes = [vote('Bob', 'legal'), vote('alice')];
    expect(tallyOf(gate(votes), 'bob').met).toBe(true);
    const strict = tallyOf(gate(votes, { fourEyes: true }), 'bob');
    expect(strict.people).toEqual(['alice']);
    expect(strict.missingGroups).toEqual(['legal']);
  });
});

describe('an approval more', () => {
  const idle = (votes: GateVote[], username: string, groups?: string[]) =>
    idleVote(gate(votes), 'bob', { username, groups });

  it('counts for a person or for a group that is missing', () => {
    expect(idle([], 'alice')).toBeUndefined();
    expect(idle([vote('alice')], 'alice', ['legal'])).toBeUndefined();
    expect(idle([vote('a'), vote('b')], 'carol', ['legal'])).toBeUndefined();
  });

  it('brings nothing where the same person said it already', () => {
    expect(idle([vote('alice')], 'Alice', ['sales'])).toBe(
      'Alice approved already, and the same person counts once: 1 of 2 approvals; group legal is missing',
    );
  });

  it('brings nothing where only a group is missing, and it is of none', () => {
    expect(idle([vote('a'), vote('b')], 'carol', ['sales'])).toBe(
      'enough people have approved, and carol named no group that is missing: 2 of 2 approvals; group legal is missing',
    );
  });
});

describe('what a gate asks for', () => {
  it('is said where it is more than one person', () => {
    expect(quorumWords({})).toBeUndefined();
    expect(quorumWords({ approvals: 1 })).toBeUndefined();
    expect(quorumWords({ approvals: 3 })).toBe('3 approvals');
    expect(quorumWords({ groups: ['legal'] })).toBe(
      '1 approval, group legal among them',
    );
  });
});
