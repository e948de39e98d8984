export {
  startSite,
  type Handler,
  type TestSite,
} from '@agentworkloads/egress/testing';
