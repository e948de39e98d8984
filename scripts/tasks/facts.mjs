// npm run facts -- PAGE.html|URL: each candidate for a price, what it became, or why it was dropped.
import { runCommand } from '../page-command.mjs';

process.exit(await runCommand('facts', process.argv.slice(2)));
