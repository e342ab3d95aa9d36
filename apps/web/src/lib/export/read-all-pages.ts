interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** Pages of a list from the first to the last, one at a time. Throws when a page fails. */
export async function* readAllPages<T>(
  readPage: (cursor: { cursor?: string }) => Promise<Page<T>>,
): AsyncGenerator<T[]> {
  let cursor: string | null = null;
  do {
    const page: Page<T> = await readPage(cursor === null ? {} : { cursor });
    yield page.items;
    cursor = page.nextCursor;
  } while (cursor !== null);
}
