/** The two people of one machine; the backend's `demo` provider knows the same names and no others. */
export interface DemoPerson {
  /** Value of the header {@link DEMO_USER_HEADER}, and the name of the User entity. */
  id: string;
  name: string;
  role: string;
  explanation: string;
}

export const DEMO_PEOPLE: readonly DemoPerson[] = [
  {
    id: 'bob',
    name: 'Bob',
    role: 'asks',
    explanation: 'Product. Launches competitor scrapes and reads the reports.',
  },
  {
    id: 'alice',
    name: 'Alice',
    role: 'approves',
    explanation: 'Approvers. Decides the gates, and may launch scrapes too.',
  },
];

export const DEMO_PROVIDER = 'demo';
export const DEMO_USER_HEADER = 'x-demo-user';

const STORAGE_KEY = 'agent-workloads.demo-person';

export function rememberedPerson(
  storage: Pick<Storage, 'getItem'> = window.localStorage,
): DemoPerson | undefined {
  const id = storage.getItem(STORAGE_KEY);
  return DEMO_PEOPLE.find(person => person.id === id);
}

export function rememberPerson(
  person: DemoPerson | undefined,
  storage: Pick<Storage, 'setItem' | 'removeItem'> = window.localStorage,
): void {
  if (person) {
    storage.setItem(STORAGE_KEY, person.id);
  } else {
    storage.removeItem(STORAGE_KEY);
  }
}
