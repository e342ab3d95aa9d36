import { readConfig } from '../platform/config.ts';
import { type Database, openDatabase } from '../platform/database/database.ts';
import { listPendingMigrations } from '../platform/database/migrations/apply-migrations.ts';
import { createLogger } from '../platform/logging/create-logger.ts';
import { describeFailedStart, StartupError } from '../platform/startup-error.ts';
import { backup } from './backup.ts';
import type { CommandContext, Output } from './command-context.ts';
import { diagnose } from './doctor.ts';
import { migrate } from './migrate.ts';
import { resetPassword } from './reset-password.ts';
import { rotateSecret } from './rotate-secret.ts';
import { verifyAudit } from './verify-audit.ts';

interface Command {
  run(context: CommandContext, database: Database): Promise<void>;
  /** Refused before the database is up to date. */
  needsTables?: true;
}

const commands: Record<string, Command> = {
  migrate: { run: migrate },
  'reset-password': { run: resetPassword, needsTables: true },
  'rotate-secret': { run: rotateSecret, needsTables: true },
  backup: { run: backup },
  'audit:verify': { run: verifyAudit, needsTables: true },
};

const usage = `用法 Usage: npm run orgmirror -- <command>
  doctor                     检查环境、数据库、时钟、磁盘和企业微信 | Checks environment, database, clock, disk and WeCom
  migrate                    升级数据库后退出 | Brings the database up to date and ends
  reset-password <username>  为本地账号设置新密码 | Gives a local account a new password
  rotate-secret              更换 APP_SECRET 后重新加密数据 | Encrypts everything anew after APP_SECRET was changed
  backup <folder>            备份内置数据库 | Copies the embedded database
  audit:verify [<end>]       检查操作日志是否被改动 | Checks that nobody changed the audit log`;

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
      if (command.needsTables) await requireTables(database);
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

async function requireTables(database: Database): Promise<void> {
  if ((await listPendingMigrations(database)).length > 0)
    throw new StartupError({
      zh: '数据库尚未升级，请先运行 orgmirror migrate。',
      en: 'The database is not up to date: run orgmirror migrate first.',
    });
}
