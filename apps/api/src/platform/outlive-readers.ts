/**
 * Lets the process go on when the reader of its output has gone, such as a log collector that was restarted or `| head`:
 * what it says from then on is lost, and nothing else.
 */
export function outliveReaders(): void {
  for (const output of [process.stdout, process.stderr])
    output.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
}
