import assert from 'node:assert/strict';
import { errorText, isWebPage } from '../../../../src/core/failures/errorText';

describe('errorText', () => {
  const rows: readonly (readonly [contentType: string, body: string, words: string])[] = [
    ['application/json', '{"error":"format_text must be a Boolean"}', 'format_text must be a Boolean'],
    ['application/json', '{"status":"error","error":"No"}', 'No'],
    ['application/json', '{"message":"Not here"}', 'Not here'],
    ['application/json', '{"error":{"code":1}}', ''],
    [
      'application/json',
      '{"error":{"code":400,"message":"model x is not supported","metadata":{}}}',
      'model x is not supported',
    ],
    [
      'application/json',
      '{"code":400,"message":"Invalid request","request_id":"r","metadata":{"errors":["max_tokens must be a number",7,"Invalid"]}}',
      'Invalid request; max_tokens must be a number',
    ],
    ['application/json', '{"error":"No access","status":"error","request_id":"r"}', 'No access'],
    ['application/json', '{"metadata":{"errors":["Only this"]}}', 'Only this'],
    ['application/json', '{"detail":"speech_model is not supported"}', 'speech_model is not supported'],
    [
      'application/json',
      '{"detail":[{"type":"missing","loc":["body","audio_url"],"msg":"Field required"},{"msg":"Too long"}]}',
      'body.audio_url: Field required; Too long',
    ],
    ['application/json', '{"detail":{"message":"Quota is used up"}}', 'Quota is used up'],
    ['application/problem+json', '{"title":"Forbidden","status":403}', 'Forbidden'],
    ['application/problem+json', '{"title":"Forbidden","detail":"Not this model"}', 'Not this model'],
    ['application/json', '{"detail":[[],7,{"loc":{}}]}', ''],
    ['application/json', '["text"]', ''],
    ['application/json', '"text"', '"text"'],
    ['text/plain', 'two\nlines', 'two lines'],
    ['', '', ''],
    ['text/html; charset=utf-8', '<h1>502</h1>', ''],
    ['', ' <!DOCTYPE html><p>hi', ''],
  ];
  for (const [contentType, body, words] of rows) {
    it(`reads ${JSON.stringify(body.slice(0, 40))}`, () => {
      assert.equal(errorText(contentType, body), words);
    });
  }

  it('recognises web pages by content type or by their beginning', () => {
    assert.ok(isWebPage('text/html', ''));
    assert.ok(isWebPage('', '<html>'));
    assert.ok(!isWebPage('application/json', '{"error":"<html>"}'));
    assert.ok(!isWebPage('', 'a < b'));
  });
});
