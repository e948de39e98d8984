export const READ_ONLY = {
  readOnly: true,
  destructive: false,
  idempotent: true,
} as const;
