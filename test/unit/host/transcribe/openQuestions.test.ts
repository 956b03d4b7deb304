import assert from 'node:assert/strict';
import { Failure } from '../../../../src/core/failures/failure';
import { OpenQuestions } from '../../../../src/host/transcribe/openQuestions';

describe('OpenQuestions', () => {
  it('refuses a second question about a file until the first is answered', async () => {
    const questions = new OpenQuestions();
    let answer: (text: string) => void = () => undefined;
    const first = questions.during(
      ['/talks/a.mp3', '/talks/b.mp3'],
      () => new Promise<string>((resolve) => (answer = resolve)),
    );
    await assert.rejects(
      questions.during(['/talks/c.mp3', '/talks/b.mp3'], () => assert.fail()),
      (thrown) => thrown instanceof Failure && thrown.kind === 'alreadyRunning' && thrown.subject === 'b.mp3',
    );
    assert.equal(await questions.during(['/talks/c.mp3'], () => Promise.resolve('other')), 'other');
    answer('yes');
    assert.equal(await first, 'yes');
    assert.equal(await questions.during(['/talks/b.mp3'], () => Promise.resolve('again')), 'again');
  });

  it('forgets a question that fails', async () => {
    const questions = new OpenQuestions();
    await assert.rejects(questions.during(['/a.mp3'], () => Promise.reject(new Error('No'))));
    assert.equal(await questions.during(['/a.mp3'], () => Promise.resolve(1)), 1);
  });
});
