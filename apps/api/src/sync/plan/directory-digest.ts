import type { Digest } from '@orgmirror/planner';
import type { SecretBox } from '../../platform/secret-box.ts';

/** The digest of content hashes and fingerprints; keyed, so that they tell nothing about short values. */
export const createDirectoryDigest =
  (secretBox: SecretBox): Digest =>
  (text) =>
    secretBox.digest(text, 'directory');
