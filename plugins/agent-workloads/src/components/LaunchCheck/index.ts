export { LaunchCheckPanel } from './LaunchCheck';
