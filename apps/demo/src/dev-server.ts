import { runServer } from '@orgmirror/api/server';

// The server alone, for `npm run dev`: Node starts it again whenever one of its sources changes.
await runServer({ env: process.env, print: (line) => process.stdout.write(`${line}\n`) });
