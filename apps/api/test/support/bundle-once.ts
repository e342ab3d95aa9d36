import { bundleServer } from './bundle-server.ts';

/** Where the projects find each other's bundle: each loads this module anew. */
const shared = globalThis as typeof globalThis & { orgmirrorTestBundle?: Promise<void> };

/** One bundle of the server for all projects. */
export async function bundleOnce(): Promise<void> {
  shared.orgmirrorTestBundle ??= bundleServer();
  await shared.orgmirrorTestBundle;
}
