import { writeSync } from 'node:fs';
import { createPlaywrightBrowser } from './clients/playwright-browser';
import { factsOf, noteOnPrices, type WholePage } from './commands/bundle';
import { commandEnvSchema } from './commands/command-env';
import { extractFiles } from './commands/extract';
import { explainPage } from './commands/facts';
import { readLivePage } from './commands/live-page';
import { readSavedPage } from './commands/saved-page';
import { ConfigError, parseEnv } from './config/env';
import { systemClock } from './runtime/clock';
import { describeError } from './runtime/errors';
import { createLogger } from './runtime/logger';

/** `extract FILE…` and `facts PAGE.html|URL`: what the product reads of a page, without a run. */

const USAGE = `Usage:
  npm run -s extract -- FILE.html...   one JSON line a file: file, title, mainContent, facts
  npm run facts -- PAGE.html|URL       each candidate for a price: what was read, what it became, or why it was dropped`;

/** Both streams may be pipes, which take a part of a long line only: written until all is out. */
function write(fd: number, line: string): void {
  const bytes = Buffer.from(`${line}\n`);
  for (let at = 0; at < bytes.length; )
    try {
      at += writeSync(fd, bytes, at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
}

/** @returns the status to end with */
function printFacts(page: WholePage): number {
  const { bundle, others } = page;
  for (const line of explainPage(bundle)) write(1, line);
  for (const { view, bundle: seen } of others) {
    write(
      1,
      `\n${view.state ? `with “${view.state}” chosen` : view.frame?.url}`,
    );
    for (const line of explainPage(seen).slice(1)) write(1, line);
  }
  for (const note of page.notes) write(1, `\nnot read: ${note}`);
  for (const note of noteOnPrices(page, factsOf(page))) write(1, `\n${note}`);
  return bundle.page.reason ? 1 : 0;
}

async function run(command: string, names: string[]): Promise<number> {
  const known = command === 'extract' || command === 'facts';
  if (!known || names.length === 0 || (command === 'facts' && names[1])) {
    write(2, USAGE);
    return 2;
  }
  const live = command === 'facts' && /^https?:/i.test(names[0]);
  if (live && !URL.canParse(names[0]))
    throw new ConfigError(
      `“${names[0]}” is no address of a page: write it as https://host/path.`,
    );
  const env = parseEnv(commandEnvSchema, process.env);
  const browser = createPlaywrightBrowser({
    wsEndpoint: env.BROWSER_WS_ENDPOINT,
    token: env.BROWSER_TOKEN,
    chromiumPath: env.CHROMIUM_PATH,
    tries: 3,
    baseDelayMs: env.RETRY_BASE_MS,
    timeoutMs: env.RETRY_TIMEOUT_MS,
    placeWaitMs: 0,
    logger: createLogger({
      name: 'facts',
      level: 'error',
      sink: { write: line => write(2, line.trimEnd()) },
    }),
    sleep: ms => systemClock.sleep(ms),
  });
  try {
    if (command === 'extract') {
      const failed = await extractFiles(names, browser, env, line =>
        write(1, line),
      );
      if (failed > 0)
        write(2, `${failed} of ${names.length} files could not be read.`);
      return failed === names.length ? 1 : 0;
    }
    return printFacts(
      live
        ? await readLivePage(browser, names[0], env)
        : await readSavedPage(await browser.get(), names[0], env),
    );
  } finally {
    await browser.close();
  }
}

run(process.argv[2] ?? '', process.argv.slice(3)).then(
  code => process.exit(code),
  error => {
    write(2, `✖ ${describeError(error)}`);
    process.exit(1);
  },
);
