import { bytesField, fieldsOf, mapFields, numberField } from './protobuf';

// A model computes more values than its authors exported as outputs. Any of them becomes an output when the graph lists it
// as one. Field numbers from https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
const modelGraph = 7;
const graphNode = 1;
const graphOutput = 12;
const nodeOutput = 2;
const nodeOperator = 4;
const nodeAttribute = 5;
const attributeGraph = 6;

/**
 * Adds inner values of a model to its outputs, after its own.
 *
 * @param model the content of a model file
 * @param names of tensors of 32-bit floats in the model's graph
 * @throws RangeError when the bytes are not a model
 */
export function addOutputs(model: Uint8Array, names: readonly string[]): Uint8Array {
  return changeGraph(model, (graph) => Buffer.concat([graph, outputs(names)]));
}

/**
 * Adds inner values to the outputs of a model with an `If` node, such as a decoder with a cache and one without that
 * Hugging Face's Optimum has merged. The values have the same names in both branches of the node; they become outputs of
 * both branches, of the node and of the graph.
 *
 * @param model the content of a model file
 * @param names of tensors of 32-bit floats in both branches
 * @throws RangeError when the bytes are not a model
 */
export function addBranchOutputs(model: Uint8Array, names: readonly string[]): Uint8Array {
  const changeBranch = (attribute: Uint8Array) =>
    mapFields(attribute, ({ number, value }) =>
      number === attributeGraph ? bytesField(number, Buffer.concat([value, outputs(names)])) : undefined,
    );
  const changeIf = (node: Uint8Array) =>
    Buffer.concat([
      mapFields(node, ({ number, value }) =>
        number === nodeAttribute ? bytesField(number, changeBranch(value)) : undefined,
      ),
      ...names.map((name) => bytesField(nodeOutput, name)),
    ]);
  return changeGraph(model, (graph) =>
    Buffer.concat([
      mapFields(graph, ({ number, value }) =>
        number === graphNode && operatorOf(value) === 'If' ? bytesField(number, changeIf(value)) : undefined,
      ),
      outputs(names),
    ]),
  );
}

function changeGraph(model: Uint8Array, change: (graph: Uint8Array) => Uint8Array): Uint8Array {
  return mapFields(model, ({ number, value }) =>
    number === modelGraph ? bytesField(number, change(value)) : undefined,
  );
}

function operatorOf(node: Uint8Array): string {
  for (const { number, value } of fieldsOf(node)) {
    if (number === nodeOperator) {
      return Buffer.from(value).toString();
    }
  }
  return '';
}

/** Encodes outputs of a graph (`ValueInfoProto`): tensors of 32-bit floats of any shape. */
function outputs(names: readonly string[]): Uint8Array {
  const float = 1;
  const floatTensor = bytesField(1, numberField(1, float));
  return Buffer.concat(
    names.map((name) =>
      bytesField(graphOutput, Buffer.concat([bytesField(1, name), bytesField(2, floatTensor)])),
    ),
  );
}
