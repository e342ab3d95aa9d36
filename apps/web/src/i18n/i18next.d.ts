import 'i18next';
import type { AllTexts } from './zh-CN/messages.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: AllTexts };
  }
}
