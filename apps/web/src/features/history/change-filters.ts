import type { SyncChange } from '@orgmirror/contracts';

/** Filters of the list of changes. */
export interface ChangeFilters {
  readonly entity: SyncChange['entity'] | 'all';
  readonly kind: SyncChange['kind'] | 'all';
  readonly isHeld: boolean;
  readonly q: string;
}

export const noFilters: ChangeFilters = { entity: 'all', kind: 'all', isHeld: false, q: '' };

/** The server's query for these filters, without paging. */
export const toChangeQuery = ({ entity, kind, isHeld, q }: ChangeFilters) => ({
  ...(entity !== 'all' && { entity }),
  ...(kind !== 'all' && { kind }),
  ...(isHeld && { held: 'true' }),
  ...(q !== '' && { q }),
});
