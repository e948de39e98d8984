// Enforces who may import whom: the table below is the one in docs/architecture.md.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const PLUGIN = '@agentworkloads/backstage-plugin-';
const API = '@agentworkloads/api';
const KUBE = '@agentworkloads/kube';
const FACTS = '@agentworkloads/facts';
const EGRESS = '@agentworkloads/egress';
const PROCESSES = '@agentworkloads/processes';

/** Folder -> packages of ours that it may import. Order matters: the first folder that fits counts. */
export const ALLOWED = [
  ['api', []],
  ['kube', []],
  ['operator', [API, KUBE]],
  ['facts', [API]],
  ['agents', [API, FACTS]],
  ['egress', []],
  ['embedded/processes', []],
  ['embedded/argo-engine', [KUBE, PROCESSES]],
  ['embedded/kube-api', []],
  ['embedded/services', []],
  ['demo', []],
  ['standalone', [API, KUBE, PROCESSES]],
  ['e2e', [API]],
  ['bench', [API]],
  ['plugins/agent-workloads-common', [API]],
  [
    'plugins/agent-workloads-node',
    [API, KUBE, `${PLUGIN}agent-workloads-common`],
  ],
  [
    'plugins/agent-workloads-backend',
    [
      API,
      KUBE,
      `${PLUGIN}agent-workloads-common`,
      `${PLUGIN}agent-workloads-node`,
    ],
  ],
  [
    'plugins/scaffolder-backend-module-agent-workloads',
    [
      API,
      KUBE,
      `${PLUGIN}agent-workloads-common`,
      `${PLUGIN}agent-workloads-node`,
    ],
  ],
  [
    'plugins/search-backend-module-agent-workloads',
    [
      API,
      KUBE,
      `${PLUGIN}agent-workloads-common`,
      `${PLUGIN}agent-workloads-node`,
    ],
  ],
  ['plugins/agent-workloads', [API, `${PLUGIN}agent-workloads-common`]],
  [
    'packages/app',
    [`${PLUGIN}agent-workloads`, `${PLUGIN}agent-workloads-common`],
  ],
  [
    'packages/backend',
    [
      `${PLUGIN}agent-workloads-backend`,
      `${PLUGIN}agent-workloads-common`,
      `${PLUGIN}scaffolder-backend-module-agent-workloads`,
      `${PLUGIN}search-backend-module-agent-workloads`,
    ],
  ],
];

/** Folder -> packages of ours that its tests may import besides. */
const IN_TESTS = new Map([
  // The proxy that pages are visited through, and the database that a step keeps its checkpoints in.
  ['agents', [EGRESS, '@agentworkloads/services']],
  // The proxy that a check before a run goes through.
  ['plugins/agent-workloads-backend', [EGRESS]],
  // The API server that it starts.
  ['packages/backend', [KUBE]],
  // They hold these to what the product ships, and to how it reads what Argo wrote.
  ['embedded/argo-engine', [API]],
  ['embedded/kube-api', [API]],
]);

/**
 * Zones of a folder whose rooms stand one on the other, the lowest first: a room may use those below it, and not what stands in the
 * folder itself, which uses them all.
 */
function roomsInOrder(folder, rooms) {
  return rooms.map((room, at) => [
    `${folder}/${room}`,
    [...rooms.slice(at + 1).map(above => `${folder}/${above}`), `${folder}/*`],
  ]);
}

/** Of agents: without input and output, the lowest first. What runs in a page is text for all others but the steps. */
const PURE_ROOMS = ['page-script', 'content', 'compare', 'report'];
const ROOMS_WITH_IO = [
  'runtime',
  'config',
  'artifacts',
  'clients',
  'steps',
  'commands',
];

/** Inside one package: files below the first folder may not reach the ones named after it. Type imports count too. `x/*` are the files of x itself. */
const ZONES = [
  [
    'operator/src/workflow',
    ['operator/src/reconcile', 'operator/src/adapters', 'operator/src/config'],
  ],
  ['operator/src/reconcile', ['operator/src/adapters', 'operator/src/config']],
  ['operator/src/adapters', ['operator/src/reconcile', 'operator/src/config']],
  ...PURE_ROOMS.map((room, at) => [
    `agents/src/${room}`,
    [...PURE_ROOMS.slice(at + 1), ...ROOMS_WITH_IO]
      .map(other => `agents/src/${other}`)
      .concat('agents/src/*'),
  ]),
  ...roomsInOrder('facts/src', [
    'vocabulary',
    'page',
    'money',
    'offers',
    'claims',
  ]),
];

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s+(?:type\s+)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)|\brequire\(\s*['"]([^'"]+)['"]\s*\)/g;

const TYPES_ONLY = /^\s*(?:import|export)\s+type\s/;

/** The modules of its own package that a source text needs when it runs, in order; types need nothing then. */
export function needsOf(source) {
  return [...source.matchAll(IMPORT)]
    .filter(([text]) => !TYPES_ONLY.test(text))
    .map(match => match[1] ?? match[2] ?? match[3])
    .filter(specifier => specifier.startsWith('.'));
}

/**
 * Circles of files that need each other: which of them is evaluated first depends on who asks first, and a constant of the other may not
 * be there yet.
 *
 * @param needs file -> files that it needs
 * @returns one circle for each that was found, its first file once more at its end
 */
export function circles(needs) {
  const done = new Set();
  const found = [];
  const walk = (file, way) => {
    const at = way.indexOf(file);
    if (at >= 0) found.push([...way.slice(at), file]);
    if (at >= 0 || done.has(file)) return;
    for (const next of needs.get(file) ?? []) walk(next, [...way, file]);
    done.add(file);
  };
  for (const file of needs.keys()) walk(file, []);
  return found;
}

/** The modules that a source text imports, in order. */
export function importsOf(source) {
  return [...source.matchAll(IMPORT)].map(
    match => match[1] ?? match[2] ?? match[3],
  );
}

/** The entry of what our packages of one version share, and others may not count on. */
const FOR_US = 'internal';

/** Entries beside the first one that are promised to everybody. */
const PROMISED = ['translations'];

/** What a package has for the tests of others. */
const FOR_TESTS = ['testing', 'testUtils'];

const within = (file, folder) =>
  folder.endsWith('/*')
    ? path.posix.dirname(file) === folder.slice(0, -2)
    : file === folder || file.startsWith(`${folder}/`);

/**
 * @param file path from the root, with slashes
 * @param specifiers what it imports
 * @returns one sentence for each import that is not allowed
 */
export function violations(file, specifiers) {
  const rule = ALLOWED.find(([folder]) => within(file, folder));
  if (!rule) return [];
  const [home, inCode] = rule;
  const isTest =
    /\.test\.tsx?$/.test(file) ||
    file.includes('/test/') ||
    file.includes('/__testUtils__/') ||
    // What starts a plugin alone, before what is invented.
    /^plugins\/[^/]+\/dev\//.test(file);
  const allowed = [...inCode, ...((isTest && IN_TESTS.get(home)) || [])];
  const problems = [];
  for (const specifier of specifiers) {
    if (specifier.startsWith('@agentworkloads/')) {
      const [scope, name, ...deep] = specifier.split('/');
      const target = `${scope}/${name}`;
      if (!allowed.includes(target)) {
        problems.push(`${file} imports ${target}, which ${home} may not`);
      } else if (
        deep.length > 0 &&
        ![FOR_US, ...PROMISED].includes(deep[0]) &&
        !(isTest && FOR_TESTS.includes(deep[0]))
      ) {
        problems.push(
          `${file} imports ${specifier}; only the package's public exports may be used`,
        );
      }
    } else if (specifier.startsWith('.')) {
      const target = path.posix.normalize(
        path.posix.join(path.posix.dirname(file), specifier),
      );
      if (!within(target, home)) {
        problems.push(`${file} reaches ${target}, outside its package ${home}`);
      }
      for (const [zone, closed] of isTest ? [] : ZONES) {
        const hit =
          within(file, zone) && closed.find(folder => within(target, folder));
        if (hit)
          problems.push(
            `${file} imports ${target}: ${zone} may not use ${hit}`,
          );
      }
    }
  }
  return problems;
}

async function* sources(root, folder) {
  for (const entry of await readdir(path.join(root, folder), {
    withFileTypes: true,
  })) {
    const name = `${folder}/${entry.name}`;
    if (['node_modules', 'dist', 'dist-types', 'coverage'].includes(entry.name))
      continue;
    if (entry.isDirectory()) yield* sources(root, name);
    else if (/\.tsx?$/.test(entry.name)) yield name;
  }
}

const ENDINGS = ['', '.ts', '.tsx', '/index.ts', '/index.tsx'];

/** @param texts file -> its source */
function needsWithin(texts) {
  const found = (file, specifier) => {
    const target = path.posix.join(path.posix.dirname(file), specifier);
    return ENDINGS.map(ending => target + ending).find(it => texts.has(it));
  };
  return new Map(
    [...texts].map(([file, text]) => [
      file,
      needsOf(text).flatMap(specifier => found(file, specifier) ?? []),
    ]),
  );
}

async function main() {
  const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
  const problems = [];
  const texts = new Map();
  for (const [folder] of ALLOWED) {
    try {
      for await (const file of sources(root, folder)) {
        const text = await readFile(path.join(root, file), 'utf8');
        texts.set(file, text);
        problems.push(...violations(file, importsOf(text)));
      }
    } catch (error) {
      if (error.code !== 'ENOENT') throw error;
    }
  }
  for (const circle of circles(needsWithin(texts)))
    problems.push(`files need each other in a circle: ${circle.join(' → ')}`);
  if (problems.length > 0) {
    console.error(problems.join('\n'));
    process.exit(1);
  }
  console.log('Imports keep to the table.');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
