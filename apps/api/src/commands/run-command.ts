import { readConfig } from '../platform/config.ts';
import { type Database, openDatabase } from '../platform/database/database.ts';
import { createLogger } from '../platform/logging/create-logger.ts';
import { describeFailedStart } from '../platform/startup-error.ts';
import type { CommandContext, Output } from './command-context.ts';
import { diagnose } from './doctor.ts';
import { migrate } from './migrate.ts';
import { resetPassword } from './reset-password.ts';
import { rotateSecret } from './rotate-secret.ts';

interface Command {
  usage: string;
  run(context: CommandContext, database: Database): Promise<void>;
}

const commands: Record<string, Command> = {
  migrate: { usage: 'migrate', run: migrate },
  'rotate-secret': { usage: 'rotate-secret', run: rotateSecret },
  'reset-password': { usage: 'reset-password <username>', run: resetPassword },
};

const usage = `用法 Usage: npm run orgmirror -- <command>
  doctor                     检查环境、数据库、时钟、磁盘和企业微信 | Checks environment, database, clock, disk and WeCom
  migrate                    升级数据库后退出 | Brings the database up to date and ends
  reset-password <username>  为本地账号设置新密码 | Gives a local account a new password
  rotate-secret              更换 APP_SECRET 后重新加密数据 | Encrypts everything anew after APP_SECRET was changed`;

/**
 * Runs one command of the operator with the configuration of the server.
 * @param args its name and what follows it
 * @returns the exit code: 0, or 1 with one line that says what to do, or 2 for a command that there is not
 */
export async function runCommand(args: readonly string[], output: Output): Promise<number> {
  const [name = '', ...rest] = args;
  if (name === 'doctor') return (await diagnose(output)) ? 0 : 1;
  const command = commands[name];
  if (command === undefined) {
    output.printError(usage);
    return 2;
  }
  try {
    const config = readConfig(output.env);
    const logger = createLogger(config.logLevel);
    const database = await openDatabase(config, logger);
    try {
      await command.run({ ...output, config, args: rest }, database);
    } finally {
      await database.close();
    }
    return 0;
  } catch (error) {
    output.printError(describeFailedStart(error, output.env.LOG_LEVEL));
    return 1;
  }
}
