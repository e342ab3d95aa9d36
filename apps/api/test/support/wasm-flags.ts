/**
 * Node's flags under which WebAssembly (the embedded database, Prisma's compiler of queries) is compiled once,
 * quickly, as it is called: optimizing its hot functions in the background costs a short process half its processor
 * time.
 */
export const wasmFlags = ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering'];
