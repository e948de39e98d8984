import { z } from 'zod';

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|localhost)$/;

/** `host:port` of a service that must not be reached from elsewhere. */
export const listenAddressSchema = z.string().transform((text, context) => {
  const match = /^([^:]+):(\d{1,5})$/.exec(text);
  if (!match || !LOOPBACK.test(match[1]) || Number(match[2]) > 65_535) {
    context.addIssue({
      code: 'custom',
      message: `"${text}" is not a loopback address like 127.0.0.1:9000`,
    });
    return z.NEVER;
  }
  return { host: match[1], port: Number(match[2]) };
});
