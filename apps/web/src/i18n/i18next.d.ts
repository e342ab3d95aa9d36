import 'i18next';
import type { messages } from './zh-CN/index.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof messages };
  }
}
