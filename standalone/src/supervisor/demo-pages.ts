import { DEMO_PORT } from './parts';

/** A page of an invented competitor that the portal offers to a newcomer. */
export interface DemoPage {
  /** Name of the company. */
  title: string;
  url: string;
}

const COMPANIES = ['Tidepool', 'CloudHarbor', 'Metricly'];

/** By the addresses at which runs visit them. */
export const DEMO_PAGES: readonly DemoPage[] = COMPANIES.map(title => ({
  title,
  url: `http://${title.toLowerCase()}.localhost:${DEMO_PORT}/pricing`,
}));
