import type { Change, Directory } from '../types.ts';
export declare function createDirectory(): Directory;
export declare function applyChanges(directory: Directory, changes: Iterable<Change>): Directory;
export declare function invertChanges(changes: readonly Change[]): Change[];
