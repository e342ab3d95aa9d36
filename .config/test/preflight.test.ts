import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findFolderTrouble, findOldNpm } from './preflight.ts';
import { findParentFolder } from './run-folder.ts';

it('names the command that brings a newer npm', () => {
  expect(findOldNpm('npm/9.9.4 node/v20.19.0 linux x64')).toMatch(
    /^npm 9 is too old .*npm install -g npm@10$/,
  );
  expect(findOldNpm('npm/10.0.0 node/v20.19.0 linux x64')).toBeUndefined();
  expect(findOldNpm(undefined)).toBeUndefined();
});

it('takes the temporary folder as it is when it can be written', () => {
  expect(findFolderTrouble(tmpdir())).toBeUndefined();
});

it('runs in the folder that TMPDIR names, else in one that has no trouble', () => {
  expect(findParentFolder({ TMPDIR: tmpdir() })).toBe(tmpdir());
  expect(findFolderTrouble(findParentFolder({}))).toBeUndefined();
});

it('names a temporary folder that is not there, in one line', () => {
  expect(findFolderTrouble('/nowhere/at/all')).toMatch(
    /^The temporary folder \/nowhere\/at\/all .*TMPDIR[^\n]*$/,
  );
});

it('names a temporary folder that cannot be written', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'orgmirror-preflight-'));
  await writeFile(join(folder, 'file'), '');
  expect(findFolderTrouble(join(folder, 'file', 'below'))).toContain('cannot be written');
  await rm(folder, { recursive: true });
});
