export * from './OpenAgain';
export * from './SeenBefore';
