export {
  startEgress,
  TEST_LIMITS,
  type TestEgress,
} from '@agentworkloads/egress/testing';
