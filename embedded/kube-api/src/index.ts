export {
  startKubeApi,
  type KubeApiOptions,
  type RunningKubeApi,
} from './start';
export {
  buildKubeconfig,
  writeKubeconfig,
  type KubeconfigInput,
} from './kubeconfig';
