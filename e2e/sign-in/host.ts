/** By which name the two replicas are reached: the browser is told where it is, and trusts nothing about it. */
export const HOST = 'portal.example.test';
