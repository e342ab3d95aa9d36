/** How often the heap is looked at. */
const looks = 40;

/** Follows the heap of a server while it is asked `requests` times. */
export function watchHeap(url: string, requests: number) {
  const heapsMb: number[] = [];
  /** What is held for good shows right after a collection: at the lowest of a while. */
  const lowest = (from: number) => Math.min(...heapsMb.slice(from, from + looks / 2));
  return {
    /** To be called after the request of that number, from 1. */
    look: async (count: number): Promise<void> => {
      if (count % (requests / looks) !== 0) return;
      const metrics = await (await fetch(`${url}/metrics`)).text();
      heapsMb.push(Number(/^nodejs_heap_size_used_bytes (\S+)/m.exec(metrics)?.[1]) / 2 ** 20);
    },
    /** Megabytes that the second half of the requests has left behind. */
    growthMb: (): number => lowest(looks / 2) - lowest(0),
  };
}
