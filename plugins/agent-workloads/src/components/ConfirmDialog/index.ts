export { ConfirmDialog, type Question } from './ConfirmDialog';
