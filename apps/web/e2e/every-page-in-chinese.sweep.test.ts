import { describe } from 'vitest';
import { describeEveryPage } from './support/describe-every-page.ts';

describe('every page in Chinese', () => describeEveryPage('zh-CN'));
