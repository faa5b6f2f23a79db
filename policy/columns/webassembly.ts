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
export const wasm = (globalThis as { WebAssembly?: unknown }).WebAssembly as WebAssemblyApi | undefined;
