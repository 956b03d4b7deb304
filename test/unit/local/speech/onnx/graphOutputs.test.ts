import assert from 'node:assert/strict';
import { withBranchOutputs, withOutputs } from '../../../../../src/local/speech/onnx/graphOutputs';
import { field, fieldsOf, numberField } from '../../../../../src/local/speech/onnx/protobuf';

const modelGraph = 7;
const graphNode = 1;
const graphOutput = 12;
const nodeOutput = 2;
const nodeOperator = 4;
const nodeAttribute = 5;
const attributeGraph = 6;

const message = (...fields: Uint8Array[]) => Buffer.concat(fields);
const values = (bytes: Uint8Array, number: number) =>
  [...fieldsOf(bytes)].filter((each) => each.number === number).map(({ value }) => value);
const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString();
/** Names of a graph's outputs. */
const outputsOf = (graph: Uint8Array) => values(graph, graphOutput).map((each) => text(values(each, 1)[0]));

const output = (name: string) => field(graphOutput, field(1, name));
const graphOf = (model: Uint8Array) => values(model, modelGraph)[0]!;

describe('adding outputs to a model', () => {
  it('names inner values as outputs after its own', () => {
    const model = message(numberField(1, 8), field(modelGraph, output('logits')));
    const changed = withOutputs(model, ['hidden', 'attention']);
    assert.deepEqual(outputsOf(graphOf(changed)), ['logits', 'hidden', 'attention']);
    assert.deepEqual(values(changed, 1), values(model, 1));
  });

  it('declares them as tensors of floats', () => {
    const changed = withOutputs(field(modelGraph, new Uint8Array()), ['hidden']);
    const type = values(values(graphOf(changed), graphOutput)[0]!, 2)[0]!;
    const tensor = values(type, 1)[0]!;
    assert.deepEqual([...tensor], [1 * 8, 1]);
  });

  it('adds them to both branches, the node and the graph', () => {
    const branch = (name: string) =>
      field(nodeAttribute, message(field(1, name), field(attributeGraph, output('logits'))));
    const choice = message(
      field(nodeOutput, 'logits'),
      field(nodeOperator, 'If'),
      branch('then'),
      branch('else'),
    );
    const other = message(field(nodeOperator, 'Add'), branch('body'));
    const graph = message(field(graphNode, other), field(graphNode, choice), output('logits'));

    const changed = graphOf(withBranchOutputs(field(modelGraph, graph), ['attention']));

    assert.deepEqual(outputsOf(changed), ['logits', 'attention']);
    const [untouched, changedChoice] = values(changed, graphNode);
    assert.deepEqual(Buffer.from(untouched!), other);
    assert.deepEqual(values(changedChoice!, nodeOutput).map(text), ['logits', 'attention']);
    for (const attribute of values(changedChoice!, nodeAttribute)) {
      assert.deepEqual(outputsOf(values(attribute, attributeGraph)[0]!), ['logits', 'attention']);
    }
  });
});
