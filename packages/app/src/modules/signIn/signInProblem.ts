import type { DemoPerson } from './demoPeople';

interface Answered {
  response: { status: number };
  body?: { error?: { message?: string } };
}

const isAnswered = (error: unknown): error is Answered =>
  typeof (error as Partial<Answered> | undefined)?.response?.status ===
  'number';

/** What went wrong, and what can be done about it, as far as the answer tells. */
export function signInProblem(person: DemoPerson, error: unknown): string {
  if (!isAnswered(error)) {
    return 'The portal’s backend does not answer. It may be starting: try again in a few seconds. If it stays so, look at the terminal in which npm start runs.';
  }
  const { status } = error.response;
  const said = error.body?.error?.message ?? `status ${status}`;
  if (status === 404 && /auth provider/i.test(said)) {
    return `The backend has no demo sign-in (${said}). It is there in development only, with auth.providers.demo in the configuration.`;
  }
  if (status === 404) {
    return `The catalog does not know ${person.name} (${said}). Just after a start it may still be reading: try again in a few seconds. If it stays so, see that catalog/people.yaml is among catalog.locations.`;
  }
  if (status >= 500) {
    return `The backend could not do it (${said}). Try again in a few seconds; its log says more.`;
  }
  return `The backend refused it: ${said}.`;
}
