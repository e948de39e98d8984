export {
  EntityLink,
  NewScrapeButton,
  UntrustedLink,
  useNewScrapeHref,
  useRunHref,
  useScheduleHref,
} from './Links';
