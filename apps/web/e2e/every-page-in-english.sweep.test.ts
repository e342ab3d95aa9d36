import { describe } from 'vitest';
import { describeEveryPage } from './support/describe-every-page.ts';

describe('every page in English', () => describeEveryPage('en-US'));
