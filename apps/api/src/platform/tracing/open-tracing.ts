import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { StartupError } from '../startup-error.ts';
import { noTracing, type Tracing } from './tracing.ts';

/**
 * Sends traces to the collector of the environment. Without one, nothing of OpenTelemetry is loaded.
 * @throws StartupError when its packages are not installed
 */
export async function openTracing(config: Config['tracing'], logger: Logger): Promise<Tracing> {
  if (config === undefined) return noTracing;
  const { createTracing } = await import('./open-telemetry.ts').catch((error: unknown) => {
    throw isPackageMissing(error) ? describeMissingPackages(error) : error;
  });
  return createTracing(config, logger);
}

/** An import of a package says the one, a `require` within one the other. */
const isPackageMissing = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  (error.code === 'ERR_MODULE_NOT_FOUND' || error.code === 'MODULE_NOT_FOUND');

const describeMissingPackages = (cause: unknown): StartupError =>
  new StartupError(
    {
      zh: '已设置 OTEL_EXPORTER_OTLP_ENDPOINT，但缺少 OpenTelemetry 的可选依赖包。请重新运行 npm ci（不带 --omit=optional），或取消该变量。',
      en: 'OTEL_EXPORTER_OTLP_ENDPOINT is set, but the optional packages of OpenTelemetry are not installed. Run npm ci again (without --omit=optional), or unset it.',
    },
    { cause },
  );
