const endSignature = Buffer.from('PK\x05\x06', 'latin1');
const entrySignature = Buffer.from('PK\x01\x02', 'latin1');
const entryLength = 46;

/**
 * How many bytes the entries of a ZIP file have unpacked, as its directory says; the reader unpacks no more than that.
 * Infinity for a file without a directory, and for one that tells no sizes.
 */
export function measureUnpacked(zip: Buffer): number {
  const end = zip.lastIndexOf(endSignature);
  if (end < 0 || end + 22 > zip.length) return Number.POSITIVE_INFINITY;
  let total = 0;
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    if (at + entryLength > zip.length || !zip.subarray(at, at + 4).equals(entrySignature))
      return Number.POSITIVE_INFINITY;
    const [packed, unpacked] = [zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 24)];
    if (unpacked === 0 && packed > 2) return Number.POSITIVE_INFINITY;
    total += unpacked;
    at += entryLength + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return total;
}
