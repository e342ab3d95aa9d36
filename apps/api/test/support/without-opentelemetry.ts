import { registerHooks } from 'node:module';

// For `node --import`: as if the optional packages of OpenTelemetry were not installed. Its API is: prom-client needs it.
registerHooks({
  resolve: (specifier, context, nextResolve) => {
    if (/(?:^|\/node_modules\/)@opentelemetry\/(?!api(?:\/|$))/.test(specifier))
      throw Object.assign(new Error(`Cannot find package '${specifier}'`), { code: 'ERR_MODULE_NOT_FOUND' });
    return nextResolve(specifier, context);
  },
});
