import { FLOWS } from './plans';
import { describePlans } from './try-plans';

describePlans(
  FLOWS.filter(({ people }) => people?.some(what => what !== 'cancel')),
  500,
);
