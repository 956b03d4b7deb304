// Writes schemas/presets.json, the schema with which VS Code checks presets in settings. Uses the compiled code in out/.
import { mkdirSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { settingsSchema } from '../out/src/core/request/settingsSchema.js';

const options = { parser: 'json', printWidth: 110 };
mkdirSync('schemas', { recursive: true });
writeFileSync('schemas/presets.json', await format(JSON.stringify(settingsSchema()), options));
