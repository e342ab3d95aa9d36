// The server alone, in a process of its own whose memory can be measured.
import { runServer } from '../src/main.ts';

await runServer({ print: (line) => process.stdout.write(`${line}\n`), env: process.env });
