export { EntityName } from './EntityName';
export { Person } from './Person';
export { useMembers } from './useMembers';
