import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import {
  isRecordingName,
  isVideoName,
  recordingExtensions,
} from '../../../../src/core/recordings/recordingNames';
import { isText, isTextBytes } from '../../../../src/core/recordings/isText';
import { projectPath } from '../../../support/projectPath';

/** AssemblyAI's documented extensions, and those that its command line tool adds; `.ts` is left out on purpose. */
const documented =
  '.3ga .8svx .aac .ac3 .aif .aiff .alac .amr .ape .au .dss .flac .flv .m4a .m4b .m4p .m4r .mp3 .mpga .ogg .oga .mogg ' +
  '.opus .qcp .tta .voc .wav .wma .wv .webm .mts .m2ts .mov .mp2 .mp4 .m4v .mxf .3gp .mka .mkv';

describe('recordings', () => {
  it('are known by every documented extension, in any case', () => {
    assert.deepEqual(
      [...recordingExtensions].map((extension) => `.${extension}`).sort(),
      documented.split(' ').sort(),
    );
    for (const extension of recordingExtensions) {
      assert.ok(isRecordingName(`a b#1.${extension}`) && isRecordingName(`TALK.${extension.toUpperCase()}`));
    }
  });

  it('are videos by some of them, in any case', () => {
    const videos = recordingExtensions.filter((extension) => isVideoName(`TALK.${extension.toUpperCase()}`));
    assert.deepEqual(videos.sort(), ['3gp', 'm4v', 'mkv', 'mov', 'mp4', 'webm']);
  });

  it('are not TypeScript, nor names without an extension', () => {
    for (const name of ['main.ts', 'mp3', 'notes.mp3.txt', 'talk.mp3.', '.gitignore', 'talk.transcript.md']) {
      assert.equal(isRecordingName(name), false, name);
    }
  });
});

describe('isText', () => {
  it('sees text in any script, and not a recording', () => {
    for (const text of ['Hello\r\n\tworld', 'Grüße, שלום, 你好 🎙️', '<!doctype html>\n<html>', '{"a": 1}']) {
      assert.equal(isText(new TextEncoder().encode(text)), true, text);
    }
    const mp3 = readFileSync(projectPath('test/fixtures/dialogue/dialogue.mp3'));
    assert.equal(isText(mp3.subarray(0, isTextBytes)), false);
  });

  it('is false for bytes with a control character', () => {
    const control = fc.constantFrom(0, 1, 8, 14, 27, 31, 127);
    fc.assert(
      fc.property(fc.uint8Array(), control, fc.uint8Array(), (before, byte, after) => {
        assert.equal(isText(Uint8Array.from([...before, byte, ...after])), false);
      }),
    );
  });
});
