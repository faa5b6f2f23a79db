/** What the columns use of WebAssembly; the types of Node and of browsers do not agree on where they are declared. */
export interface WasmMemory {
  readonly buffer: ArrayBufferLike;
}

export type WasmModule = object;

interface WebAssemblyApi {
  readonly Memory: new (limits: { initial: number; maximum: number; shared: boolean }) => WasmMemory;
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => WasmModule;
}

/** Undefined where there is none. */
export function webAssembly(): WebAssemblyApi | undefined {
  return (globalThis as { WebAssembly?: unknown }).WebAssembly as WebAssemblyApi | undefined;
}

/** Memory that several threads see; pages that are not isolated have none. */
export function isShared(array: { readonly buffer: ArrayBufferLike }): boolean {
  return typeof SharedArrayBuffer === "function" && array.buffer instanceof SharedArrayBuffer;
}
