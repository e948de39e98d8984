/** Adds German to cronstrue; it has no types of its own. */
declare module 'cronstrue/locales/de';
