import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  earlierSidecarName,
  parseSidecar,
  renderSidecar,
  sidecarName,
  updateSidecar,
} from '../../../../src/core/sidecar/sidecar';

const sidecar = {
  source: 'talk.mp3',
  transcript: { id: '3f0c2b9e', status: 'completed', text: 'Hello.', words: [{ text: 'Hello.' }] },
  sha256: 'ab12',
} as const;

describe('sidecar', () => {
  it('has the shape of AssemblyAI’s command line tool', () => {
    assert.deepEqual(JSON.parse(renderSidecar(sidecar)), {
      source: 'talk.mp3',
      id: '3f0c2b9e',
      status: 'completed',
      transcript: sidecar.transcript,
      source_sha256: 'ab12',
    });
    assert.equal(sidecarName('talk.mp3'), 'talk.mp3.aai.json');
  });

  it('reads back what it wrote', () => {
    assert.deepEqual(parseSidecar(renderSidecar(sidecar)), sidecar);
  });

  it('is only read with a finished transcript', () => {
    const unfinished = { ...sidecar, transcript: { ...sidecar.transcript, status: 'processing' as const } };
    const strangers = ['', 'null', '[]', '7', '{}', '{"transcript": {}}', renderSidecar(unfinished)];
    for (const json of [...strangers, renderSidecar(sidecar).replace('ab12"', 'ab12"x')]) {
      assert.equal(parseSidecar(json), undefined, json);
    }
  });

  it('has no hash where it is not known', () => {
    const unhashed = { ...sidecar, sha256: null };
    assert.deepEqual(JSON.parse(renderSidecar(unhashed)), {
      ...(JSON.parse(renderSidecar(sidecar)) as object),
      source_sha256: null,
    });
    assert.deepEqual(parseSidecar(renderSidecar(unhashed)), unhashed);
    assert.deepEqual(parseSidecar(renderSidecar(unhashed).replace(',"source_sha256":null', '')), unhashed);
    assert.equal(parseSidecar(renderSidecar(unhashed).replace('256":null', '256":7')), undefined);
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void parseSidecar(text)));
  });

  it('is updated with another transcript body, and keeps all other fields', () => {
    const written = JSON.stringify({ ...(JSON.parse(renderSidecar(sidecar)) as object), tool: 'another' });
    const updated = updateSidecar(written, (transcript) => ({ ...transcript, text: 'Hi.' })) ?? '';
    assert.deepEqual(JSON.parse(updated), {
      ...(JSON.parse(written) as object),
      transcript: { ...sidecar.transcript, text: 'Hi.' },
    });
    assert.equal(
      updateSidecar('{}', (transcript) => transcript),
      undefined,
    );
  });

  it('keeps an earlier one under its id, and nowhere else', () => {
    assert.equal(earlierSidecarName('talk.mp3', '3f0c-2b_9e', 1), 'talk.mp3.3f0c-2b_9e.aai.json');
    for (const id of [undefined, '', '../../x', 'a/b', 'a\\b', 'a'.repeat(65)]) {
      assert.equal(earlierSidecarName('talk.mp3', id, 2), 'talk.mp3.earlier-2.aai.json');
    }
  });
});
