const FIRST_CAPACITY = 1024;

/**
 * Integers from 0 to 2^32-1 in 4 bytes each; an array of numbers takes 8 and is copied with twice that when
 * it grows.
 */
export interface NumberList {
  readonly length: number;
  /** Appends a number. */
  push(value: number): void;
  /** Throws RangeError beyond the end. */
  get(index: number): number;
  set(index: number, value: number): void;
}

/** Creates an empty list. */
export function createNumberList(): NumberList {
  let values = new Uint32Array(FIRST_CAPACITY);
  let length = 0;

  function check(index: number): void {
    if (index < 0 || index >= length) throw new RangeError(`no item ${index}`);
  }

  return {
    get length() {
      return length;
    },
    push(value) {
      if (length === values.length) {
        const larger = new Uint32Array(2 * values.length);
        larger.set(values);
        values = larger;
      }
      values[length] = value;
      length += 1;
    },
    get(index) {
      check(index);
      return values[index] ?? 0;
    },
    set(index, value) {
      check(index);
      values[index] = value;
    },
  };
}
