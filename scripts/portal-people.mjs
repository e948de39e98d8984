// Prints the ClusterRole that says in whose name the portal may act: a list of people, by their Kubernetes names.
//
//   node scripts/portal-people.mjs alice bob | kubectl apply --server-side -f -
//   node scripts/portal-people.mjs --file people.txt | kubectl apply --server-side -f -
//
// The file has one name a line; what follows a # is a comment. Without such a list an account that may impersonate users
// may be anybody, a controller of the cluster too, and that is as much as a cluster admin.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const PEOPLE_ROLE = 'agentworkloads-portal-people';

/** What one header of HTTP can carry as one name. */
const NAME = /^[\x21-\x7e]{1,256}$/;

export function namesOf(text) {
  return text
    .split('\n')
    .map(line => line.replace(/(^|\s)#.*$/, '').trim())
    .filter(Boolean);
}

/** @throws Error that lists every name which can't stand in the list */
export function assertPeople(names) {
  const problems = [];
  if (names.length === 0)
    problems.push('the list is empty: name at least one person');
  const seen = new Map();
  for (const name of names) {
    const lower = name.toLowerCase();
    if (lower.startsWith('system:'))
      problems.push(`"${name}" is a name of Kubernetes itself`);
    else if (name === '*')
      problems.push('"*" would be a person of that name, not everybody');
    else if (!NAME.test(name))
      problems.push(
        `"${name}" is no name: printable ASCII, no blanks, at most 256`,
      );
    const twin = seen.get(lower);
    if (twin !== undefined && twin !== name)
      problems.push(
        `"${twin}" and "${name}" differ by case only: one person must be one name`,
      );
    seen.set(lower, name);
  }
  if (problems.length > 0)
    throw new Error(
      `the list of people can't be used:\n  ${problems.join('\n  ')}`,
    );
}

/** The ClusterRole as YAML; JSON strings are YAML. */
export function peopleRole(names) {
  assertPeople(names);
  const people = [...new Set(names)].sort();
  return [
    'apiVersion: rbac.authorization.k8s.io/v1',
    'kind: ClusterRole',
    'metadata:',
    `  name: ${PEOPLE_ROLE}`,
    '  labels:',
    '    app.kubernetes.io/part-of: agentworkloads',
    'rules:',
    "  - apiGroups: ['']",
    '    resources: [users]',
    '    verbs: [impersonate]',
    '    resourceNames:',
    ...people.map(name => `      - ${JSON.stringify(name)}`),
    '',
  ].join('\n');
}

function main([first, ...rest]) {
  const names =
    first === '--file'
      ? namesOf(readFileSync(rest[0], 'utf8'))
      : [first, ...rest];
  process.stdout.write(peopleRole(names.filter(name => name !== undefined)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    main(process.argv.slice(2));
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
