export { GatesPage } from './GatesPage';
