// npm run template-digest -- FILE|- [--parts]: the digest of each WorkflowTemplate in canonical form, as status.template.sha256
// has it; with --parts also that of each single template in it. FILE is YAML or JSON, `-` what comes in.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { loadModule } from '../load-module.mjs';

function read(file) {
  const from =
    file === '-' ? 0 : path.resolve(process.env.INIT_CWD ?? '.', file);
  const documents = parseAllDocuments(readFileSync(from, 'utf8'));
  const [problem] = documents.flatMap(({ errors }) => errors);
  if (problem) throw problem;
  return documents.map(document => document.toJS());
}

const args = process.argv.slice(2);
const files = args.filter(arg => arg !== '--parts');
if (files.length !== 1) {
  console.error('Usage: npm run -s template-digest -- FILE|- [--parts]');
  process.exit(2);
}
try {
  const { digestLines } = await loadModule(
    'operator/src/commands/template-digest.ts',
  );
  const lines = digestLines(read(files[0]), args.includes('--parts'));
  console.log(lines.join('\n'));
} catch (error) {
  console.error(`${files[0]}: ${error.message}`);
  process.exit(1);
}
