/**
 * Part of the in-page script: a property as the browser defines it. `<input name=childNodes>` in a form, and
 * `<img name=body>` in the document, put themselves in the place of the property of that name, in an isolated
 * world as well; the prototypes are out of a page's reach there.
 */
export function of<T extends Node, K extends keyof T>(node: T, name: K): T[K] {
  const value: unknown = Reflect.get(Object.getPrototypeOf(node), name, node);
  return (typeof value === 'function' ? value.bind(node) : value) as T[K];
}
