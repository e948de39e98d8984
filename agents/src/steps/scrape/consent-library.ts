import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type {
  CompactCMPRuleset,
  filterCompactRules,
  IndexedCMPRuleset,
} from '@duckduckgo/autoconsent';

/** Not bundled: it is used as it is published, beside its licence (MPL-2.0). */
const NAME = '@duckduckgo/autoconsent';
const load = createRequire(import.meta.url);

// Read as the program starts: one that was installed without it says so at once, and not each page on its own.
const parts = load(NAME) as { filterCompactRules: typeof filterCompactRules };
const source = readFileSync(load.resolve(NAME), 'utf8');
const allRules = load(`${NAME}/rules/compact-rules.json`) as IndexedCMPRuleset;

/** The library as it is sent into a document, and its rules for that document. */
export function consentLibrary(
  url: string,
  mainFrame: boolean,
): { source: string; rules: CompactCMPRuleset } {
  return {
    source,
    rules: parts.filterCompactRules(allRules, { url, mainFrame }),
  };
}
