import type { SpawnedServer } from './spawn-server.ts';

/** Follows what a server holds while it is asked `requests` times. */
export function watchHeap(server: SpawnedServer, requests: number) {
  let halfwayMb = Number.NaN;
  return {
    /** To be called after the request of that number, from 1. */
    look: async (count: number): Promise<void> => {
      if (count === Math.floor(requests / 2)) halfwayMb = await server.readHeapMb();
    },
    /** Megabytes that the second half of the requests has left behind. */
    growthMb: async (): Promise<number> => (await server.readHeapMb()) - halfwayMb,
  };
}
