import type { GateStatus, GateVote } from './gate';
import { isSamePerson } from './group';

/** What a gate asks for, and what it has. */
export type GateVotes = Pick<
  GateStatus,
  'approvals' | 'groups' | 'votes' | 'fourEyes'
>;

export interface Tally {
  /** How many people have to approve. */
  needed: number;
  /** Votes that count, oldest first; one person may have several, each for other groups. */
  votes: readonly GateVote[];
  /** Who approved, each once. */
  people: readonly string[];
  /** Groups of which nobody has approved yet. */
  missingGroups: readonly string[];
  /** Whether that is all that the gate asks for. */
  met: boolean;
}

/**
 * Counts the votes of a gate. The same person counts once, and under four eyes who asked for the run not at all, whatever
 * was counted before policy asked for them.
 * @param requester - `spec.requestedBy.username`
 */
export function tallyOf(
  { approvals: needed = 1, groups = [], votes: all = [], fourEyes }: GateVotes,
  requester: string | undefined,
): Tally {
  const votes = all.filter(
    ({ username }) => !(fourEyes && isSamePerson(username, requester ?? '')),
  );
  const people = votes
    .map(({ username }) => username)
    .filter(
      (name, index, names) =>
        names.findIndex(one => isSamePerson(one, name)) === index,
    );
  const missingGroups = groups.filter(
    group => !votes.some(vote => vote.groups?.includes(group)),
  );
  const met = people.length >= needed && missingGroups.length === 0;
  return { needed, votes, people, missingGroups, met };
}

/** Whether one approval of anybody may not be enough. */
export function isOfSeveral({
  approvals = 1,
  groups = [],
}: Pick<GateVotes, 'approvals' | 'groups'>): boolean {
  return approvals > 1 || groups.length > 0;
}

/** Whether its votes say who decided it; of one that an operator of before decided, a single approval does. */
export function hasVotes(gate: GateVotes): boolean {
  return gate.votes !== undefined || isOfSeveral(gate);
}

/** An approval that a decision rests on, as status has it; of a gate that an operator of before decided it is the one that is named. */
export type VoteOnRecord = Partial<
  Pick<GateVote, 'username' | 'groups' | 'approvalName' | 'approvalUid'>
>;

/** The approvals by which people opened a gate: each must still be there when it is opened. */
export function restsOn(
  gate: GateVotes &
    Pick<GateStatus, 'decidedBy' | 'approvalName' | 'approvalUid'>,
  requester: string | undefined,
): readonly VoteOnRecord[] {
  if (hasVotes(gate)) return tallyOf(gate, requester).votes;
  const { decidedBy: username, approvalName, approvalUid } = gate;
  return [{ username, approvalName, approvalUid }];
}

/**
 * By whom people decided a gate: of several who approved each once, and only who counted.
 * @param requester - `spec.requestedBy.username`
 * @returns Kubernetes names; none where no person is on record
 */
export function whoDecided(
  gate: Pick<GateStatus, 'decidedBy' | 'decision' | 'via'> &
    Pick<GateVotes, 'votes' | 'fourEyes'>,
  requester: string | undefined,
): readonly string[] {
  const { decidedBy, decision, via = 'person', votes } = gate;
  const together = decision === 'approve' && via === 'person';
  const people = together && votes ? tallyOf(gate, requester).people : [];
  if (people.length > 0) return people;
  return decidedBy ? [decidedBy] : [];
}

/** `alice`, `alice and bob`, `alice, bob and carol`. */
export function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length > 1
    ? `${names.slice(0, -1).join(', ')} and ${last}`
    : last;
}

function groupsWords(groups: readonly string[]): string {
  return `${groups.length > 1 ? 'groups' : 'group'} ${listed(groups)}`;
}

/** How far a gate is, such as `1 of 2 approvals; group legal is missing`; without a full stop. */
export function tallyWords({ needed, people, missingGroups }: Tally): string {
  const count = `${people.length} of ${needed} ${
    needed === 1 ? 'approval' : 'approvals'
  }`;
  if (missingGroups.length === 0) return count;
  const verb = missingGroups.length > 1 ? 'are' : 'is';
  return `${count}; ${groupsWords(missingGroups)} ${verb} missing`;
}

/** Which of the groups that a gate asks for an approval counts for, in the order of the gate. */
export function countedGroups(
  { groups = [] }: Pick<GateStatus, 'groups'>,
  approver: { groups?: readonly string[] },
): string[] {
  return groups.filter(group => approver.groups?.includes(group));
}

/**
 * An approval counts when it brings a person who is missing, or somebody of a group that is missing.
 * @returns why it brings nothing, a sentence without its full stop; undefined when it counts
 */
export function idleVote(
  gate: GateVotes,
  requester: string | undefined,
  approver: { username: string; groups?: readonly string[] },
): string | undefined {
  const tally = tallyOf(gate, requester);
  const { needed, people, missingGroups } = tally;
  const own = countedGroups(gate, approver);
  if (own.some(group => missingGroups.includes(group))) return undefined;
  const again = people.some(name => isSamePerson(name, approver.username));
  if (!again && people.length < needed) return undefined;
  const why = again
    ? `${approver.username} approved already, and the same person counts once`
    : `enough people have approved, and ${approver.username} named no group that is missing`;
  return `${why}: ${tallyWords(tally)}`;
}

/** What a gate asks of people, such as `2 approvals, group legal among them`; undefined where one person is enough. */
export function quorumWords({
  approvals = 1,
  groups = [],
}: Pick<GateStatus, 'approvals' | 'groups'>): string | undefined {
  if (!isOfSeveral({ approvals, groups })) return undefined;
  const count = approvals === 1 ? '1 approval' : `${approvals} approvals`;
  return groups.length > 0
    ? `${count}, ${groupsWords(groups)} among them`
    : count;
}
