/** Not randomUUID, which a browser has on https pages only. */
export const randomKey = () =>
  window.crypto.getRandomValues(new Uint32Array(4)).join('-');
