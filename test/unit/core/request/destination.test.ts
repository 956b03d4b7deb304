import assert from 'node:assert/strict';
import { destinationText } from '../../../../src/core/request/destination';

describe('Where recordings go', () => {
  for (const [origin, text] of [
    ['https://api.assemblyai.com', 'AssemblyAI in the United States (api.assemblyai.com)'],
    ['https://api.eu.assemblyai.com', 'AssemblyAI in the European Union (api.eu.assemblyai.com)'],
    ['http://127.0.0.1:8700', '127.0.0.1:8700'],
    ['https://api.assemblyai.com.example.test', 'api.assemblyai.com.example.test'],
    ['steno:local', 'the speech server on this machine'],
  ] as const) {
    it(`is shown for ${origin}`, () => {
      assert.equal(destinationText(origin), text);
    });
  }
});
