export {
  EntityLink,
  NewScrapeButton,
  UntrustedLink,
  useNewScrapeHref,
  useRunHref,
} from './Links';
