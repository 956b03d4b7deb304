import assert from 'node:assert/strict';
import { addBranchOutputs, addOutputs } from '../../../../../src/local/speech/onnx/graphOutputs';
import { bytesField, fieldsOf, numberField } from '../../../../../src/local/speech/onnx/protobuf';

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
/** The names of a graph's outputs. */
const outputsOf = (graph: Uint8Array) => values(graph, graphOutput).map((each) => text(values(each, 1)[0]));

const output = (name: string) => bytesField(graphOutput, bytesField(1, name));
const graphOf = (model: Uint8Array) => values(model, modelGraph)[0]!;

describe('Outputs of a model', () => {
  it('are added after its own', () => {
    const model = message(numberField(1, 8), bytesField(modelGraph, output('logits')));
    const changed = addOutputs(model, ['hidden', 'attention']);
    assert.deepEqual(outputsOf(graphOf(changed)), ['logits', 'hidden', 'attention']);
    assert.deepEqual(values(changed, 1), values(model, 1));
  });

  it('are declared as tensors of floats', () => {
    const changed = addOutputs(bytesField(modelGraph, new Uint8Array()), ['hidden']);
    const type = values(values(graphOf(changed), graphOutput)[0]!, 2)[0]!;
    const tensor = values(type, 1)[0]!;
    assert.deepEqual([...tensor], [1 * 8, 1]);
  });

  it('are added to both branches, the node and the graph', () => {
    const branch = (name: string) =>
      bytesField(nodeAttribute, message(bytesField(1, name), bytesField(attributeGraph, output('logits'))));
    const choice = message(
      bytesField(nodeOutput, 'logits'),
      bytesField(nodeOperator, 'If'),
      branch('then'),
      branch('else'),
    );
    const other = message(bytesField(nodeOperator, 'Add'), branch('body'));
    const graph = message(bytesField(graphNode, other), bytesField(graphNode, choice), output('logits'));

    const changed = graphOf(addBranchOutputs(bytesField(modelGraph, graph), ['attention']));

    assert.deepEqual(outputsOf(changed), ['logits', 'attention']);
    const [untouched, changedChoice] = values(changed, graphNode);
    assert.deepEqual(Buffer.from(untouched!), other);
    assert.deepEqual(values(changedChoice!, nodeOutput).map(text), ['logits', 'attention']);
    for (const attribute of values(changedChoice!, nodeAttribute)) {
      assert.deepEqual(outputsOf(values(attribute, attributeGraph)[0]!), ['logits', 'attention']);
    }
  });
});
