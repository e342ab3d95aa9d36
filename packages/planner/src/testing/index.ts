/** The reference model: what applying and undoing changes means, for the tests of planners and stores. */
export { applyChanges, createDirectory, type Directory } from './reference-directory.ts';
