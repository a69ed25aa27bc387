import { requireFromBackend } from './platform/paths.js';

export const VERSION = (requireFromBackend('./package.json') as { version: string }).version;
