import { setTimeout as delay } from 'node:timers/promises';
import type { CDPSession } from 'playwright-core';

/** Higher pages are cut here: a full-page shot costs half the speed and five times the memory. */
export const MAX_SHOT_HEIGHT = 4000;

export const DESKTOP = { width: 1280, height: 800 } as const;
export const MOBILE = { width: 390, height: 844 } as const;

export interface RawShot {
  body: Buffer;
  width: number;
  height: number;
  truncated: boolean;
}

/** A busy browser now and then answers "Unable to capture screenshot". */
const TRIES = 3;

/**
 * Lossless WebP straight from the browser: quality 100 is lossless there, and smaller than PNG. Undefined
 * when the browser gives none: the text of a page is worth more than its picture.
 */
export async function shoot(
  cdp: CDPSession,
  minWidth: number,
  minHeight: number,
): Promise<RawShot | undefined> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await capture(cdp, minWidth, minHeight);
    } catch (error) {
      const refused = /unable to capture/i.test(String(error));
      if (!refused) throw error;
      if (attempt >= TRIES) return undefined;
      await delay(200 * attempt);
    }
  }
}

async function capture(
  cdp: CDPSession,
  minWidth: number,
  minHeight: number,
): Promise<RawShot> {
  const { cssContentSize } = await cdp.send('Page.getLayoutMetrics');
  const pageHeight = Math.max(minHeight, Math.ceil(cssContentSize.height));
  // A page that is wider than the phone is shown as wide as phones lay it out.
  const maxWidth = minWidth === MOBILE.width ? 980 : minWidth;
  const width = Math.max(
    minWidth,
    Math.min(Math.ceil(cssContentSize.width), maxWidth),
  );
  const height = Math.min(pageHeight, MAX_SHOT_HEIGHT);
  const { data } = await cdp.send('Page.captureScreenshot', {
    format: 'webp',
    quality: 100,
    captureBeyondViewport: true,
    // Less effort of the encoder for the same pixels.
    optimizeForSpeed: true,
    clip: { x: 0, y: 0, width, height, scale: 1 },
  });
  return {
    body: Buffer.from(data, 'base64'),
    width,
    height,
    truncated: pageHeight > MAX_SHOT_HEIGHT,
  };
}

/** A browser service may have set a window of its own on each new page. */
export async function toDesktop(cdp: CDPSession): Promise<void> {
  await cdp.send('Emulation.setDeviceMetricsOverride', {
    ...DESKTOP,
    deviceScaleFactor: 1,
    mobile: false,
  });
}

/** Lays the open page out as on a phone, without asking the site again. */
export async function toMobile(cdp: CDPSession): Promise<void> {
  await cdp.send('Emulation.setDeviceMetricsOverride', {
    ...MOBILE,
    deviceScaleFactor: 1,
    mobile: true,
  });
}
