// npm run -s extract -- FILE.html…: one JSON line a file, with what the product reads of it.
import { runCommand } from '../page-command.mjs';

process.exit(await runCommand('extract', process.argv.slice(2)));
