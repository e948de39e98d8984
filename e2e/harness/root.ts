/** The repository's folder; tests are run from there. */
export const root = process.env.AGENTIC_ROOT ?? process.cwd();
