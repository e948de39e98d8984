export { peopleLoader as default } from './loader';
