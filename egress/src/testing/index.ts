export { startEgress, TEST_LIMITS, type TestEgress } from './start-egress';
export { startSite, type Handler, type TestSite } from './site';
