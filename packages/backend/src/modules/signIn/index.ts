export { signInLoader as default } from './loader';
