import { ensurePrismaClient } from '../../../prisma/generate.ts';
import { ensureWebBuilt } from '../../web/scripts/ensure-built.ts';

/** What `npm start` runs: builds what is missing, then starts the server of the environment. */
export async function start(env: NodeJS.ProcessEnv, afterStart?: (url: string) => void): Promise<void> {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  await ensurePrismaClient();
  await ensureWebBuilt(say);
  const { runServer } = await import('./main.ts'); // only now: it imports the generated client
  await runServer({ say, env, ...(afterStart && { afterStart }) });
}

// biome-ignore lint/style/noProcessEnv: the program's entry hands the environment on to config.ts
if (import.meta.main) await start(process.env);
