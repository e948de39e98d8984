export {
  EntityLink,
  NewScrapeButton,
  RunLink,
  UntrustedLink,
  useNewScrapeHref,
  useRunHref,
  useScheduleHref,
} from './Links';
