/** What the kernel uses and web views of older phones (Chromium 80–92, the 微信 X5 kernel) lack. */
const has = Object.prototype.hasOwnProperty;
const gaps: [object, string, unknown][] = [
  [Object, "hasOwn", (o: object, key: PropertyKey) => has.call(o, key)],
  [
    Array.prototype,
    "at",
    function at(this: unknown[], i: number) {
      return this[i < 0 ? this.length + i : i];
    },
  ],
  [
    String.prototype,
    "replaceAll",
    function replaceAll(this: string, what: string | RegExp, by: string) {
      return typeof what === "string" ? this.split(what).join(by) : this.replace(what, by);
    },
  ],
];
for (const [target, name, value] of gaps)
  if (!(name in target)) Object.defineProperty(target, name, { value, configurable: true, writable: true });
