// What each published package promises to others: the names whose comment says `@public`, in a `report.api.md` beside
// its package.json. All other names are shared by our packages of one version, and nobody else may count on them.
import {
  CompilerState,
  Extractor,
  ExtractorConfig,
} from '@microsoft/api-extractor';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import ts from 'typescript';
import { entriesOf, unpromised } from './promised-names.mjs';

/** What the extractor finds that a report may not have: a promised name that leans on one that is not. */
const JUDGED = ['ae-forgotten-export', 'ae-incompatible-release-tags'];

const compilerOptions = {
  target: 'ES2022',
  lib: ['ES2023', 'DOM', 'ESNext.Disposable'],
  module: 'ESNext',
  moduleResolution: 'Bundler',
  jsx: 'react-jsx',
  strict: true,
  skipLibCheck: true,
  types: ['node'],
};

/** The names that an entry exports with `@public` in the comment of what they name. */
export function publicNames(program, file) {
  const checker = program.getTypeChecker();
  const exported = checker.getExportsOfModule(
    checker.getSymbolAtLocation(program.getSourceFile(file)),
  );
  const target = symbol =>
    symbol.flags & ts.SymbolFlags.Alias
      ? checker.getAliasedSymbol(symbol)
      : symbol;
  return exported
    .filter(symbol =>
      target(symbol)
        .getJsDocTags()
        .some(({ name }) => name === 'public'),
    )
    .map(({ name }) => name)
    .sort();
}

const extractorConfig = entry => ({
  configObjectFullPath: undefined,
  packageJsonFullPath: path.join(entry.place, 'package.json'),
  configObject: {
    projectFolder: entry.place,
    mainEntryPointFilePath: entry.stub,
    newlineKind: 'lf',
    compiler: {
      overrideTsconfig: { compilerOptions, files: [entry.stub] },
      skipLibCheck: true,
    },
    apiReport: {
      enabled: true,
      reportFileName: entry.report.replace('.api.md', ''),
      reportVariants: ['public'],
      reportFolder: entry.place,
      reportTempFolder: path.join(entry.place, 'temp'),
    },
    docModel: { enabled: false },
    dtsRollup: { enabled: false },
    tsdocMetadata: { enabled: false },
    messages: {
      extractorMessageReporting: {
        default: { logLevel: 'none' },
        ...Object.fromEntries(JUDGED.map(id => [id, { logLevel: 'warning' }])),
      },
      // Prose of ours has braces and angle brackets that TSDoc would have escaped.
      tsdocMessageReporting: { default: { logLevel: 'none' } },
    },
  },
});

/**
 * A package as others have it, twice: in a `node_modules`, where the others find it, and apart from that, for to the
 * extractor whatever is below `node_modules` is somebody else's.
 */
async function laidOut(root, folder, work) {
  const from = path.join(root, folder);
  const manifest = JSON.parse(
    await readFile(path.join(from, 'package.json'), 'utf8'),
  );
  const { name, version } = manifest;
  const place = path.join(work, 'own', name);
  for (const copy of [place, path.join(work, 'node_modules', name)]) {
    await cp(path.join(from, 'dist'), copy, {
      recursive: true,
      filter: file => !/\.(js|map|css)$/.test(file),
    });
    const short = { name, version, types: 'index.d.ts' };
    await writeFile(path.join(copy, 'package.json'), JSON.stringify(short));
  }
  return entriesOf(manifest).map(entry => ({
    ...entry,
    from,
    place,
    declared: path.join(place, entry.file),
    stub: path.join(place, `promised-${entry.file}`),
  }));
}

/** Gives each entry a file that exports what is promised alone, and reads all of these at once. */
async function promisedAlone(entries) {
  const { options } = ts.convertCompilerOptionsFromJson(compilerOptions, '.');
  const files = entries.map(({ declared }) => declared);
  const program = ts.createProgram(files, { ...options, noEmit: true });
  const promised = new Map();
  for (const { specifier, declared, file, stub } of entries) {
    const names = publicNames(program, declared);
    promised.set(specifier, names);
    const all = file.replace('.d.ts', '');
    await writeFile(stub, `export { ${names.join(', ')} } from './${all}';\n`);
  }
  const configs = entries.map(entry =>
    ExtractorConfig.prepare(extractorConfig(entry)),
  );
  const compilerState = CompilerState.create(configs[0], {
    additionalEntryPoints: entries.map(({ stub }) => stub),
  });
  return { promised, configs, compilerState };
}

/** @returns the report and what is wrong with the names in it, a sentence each */
async function reportOf(entry, config, compilerState) {
  const problems = [];
  Extractor.invoke(config, {
    localBuild: true,
    compilerState,
    messageCallback(message) {
      message.handled = true;
      if (JUDGED.includes(message.messageId))
        problems.push(message.text.replaceAll(/promised-|\.d\.ts/g, ''));
    },
  });
  const name = entry.report.replace('.api.md', '.public.api.md');
  const text = await readFile(path.join(entry.place, name), 'utf8');
  // The extractor looks at members that are internal, too; these are not in the report.
  const symbol = problem => /^The symbol "(\w+)"/.exec(problem)?.[1];
  const leant = problem => new RegExp(`\\b${symbol(problem)}\\b`).test(text);
  return {
    text,
    problems: problems.filter(one => !symbol(one) || leant(one)),
  };
}

/**
 * Writes or compares the reports of packages that are built.
 *
 * @param root of the repository
 * @param folders of the packages, below it
 * @param update writes the reports; otherwise a report that differs is a problem
 * @returns one sentence for each fault; none: all is as reported
 */
export async function apiReports(root, folders, update) {
  const cache = path.join(root, '.cache');
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(path.join(cache, 'api-reports-'));
  try {
    const entries = [];
    for (const folder of folders)
      entries.push(...(await laidOut(root, folder, work)));
    const { promised, configs, compilerState } = await promisedAlone(entries);
    const problems = [];
    for (const [index, entry] of entries.entries()) {
      const { text, problems: found } = await reportOf(
        entry,
        configs[index],
        compilerState,
      );
      const kept = path.join(entry.from, entry.report);
      if (update) await writeFile(kept, text);
      else if ((await readFile(kept, 'utf8').catch(() => '')) !== text)
        found.push(
          `${path.relative(root, kept)} is another one: npm run packages -- ` +
            '--update-reports writes it, and the change shows what others will notice',
        );
      found.push(...unpromised(text, promised));
      problems.push(...found.map(text => `${entry.specifier}: ${text}`));
    }
    return problems;
  } finally {
    await rm(work, { recursive: true });
  }
}
