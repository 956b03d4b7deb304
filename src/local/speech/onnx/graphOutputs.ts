import { field, fieldsOf, mapFields, numberField } from './protobuf';

/*
 * Models are exported with the outputs that their authors thought of; what lies between is computed all the same and can be
 * had by naming it as an output. Field numbers are those of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
 */
const modelGraph = 7;
const graphNode = 1;
const graphOutput = 12;
const nodeOutput = 2;
const nodeOperator = 4;
const nodeAttribute = 5;
const attributeGraph = 6;

/** The model with inner values of floats as further outputs, after its own. */
export function withOutputs(model: Uint8Array, names: readonly string[]): Uint8Array {
  return changeGraph(model, (graph) => Buffer.concat([graph, outputs(names)]));
}

/**
 * The same for a model that is one `If` between two branches in which the values have the same names, as the decoders with
 * and without a cache that Hugging Face's Optimum merges: both branches, the node and the graph get the outputs.
 */
export function withBranchOutputs(model: Uint8Array, names: readonly string[]): Uint8Array {
  const changeBranch = (attribute: Uint8Array) =>
    mapFields(attribute, ({ number, value }) =>
      number === attributeGraph ? field(number, Buffer.concat([value, outputs(names)])) : undefined,
    );
  const changeIf = (node: Uint8Array) =>
    Buffer.concat([
      mapFields(node, ({ number, value }) =>
        number === nodeAttribute ? field(number, changeBranch(value)) : undefined,
      ),
      ...names.map((name) => field(nodeOutput, name)),
    ]);
  return changeGraph(model, (graph) =>
    Buffer.concat([
      mapFields(graph, ({ number, value }) =>
        number === graphNode && operatorOf(value) === 'If' ? field(number, changeIf(value)) : undefined,
      ),
      outputs(names),
    ]),
  );
}

function changeGraph(model: Uint8Array, change: (graph: Uint8Array) => Uint8Array): Uint8Array {
  return mapFields(model, ({ number, value }) =>
    number === modelGraph ? field(number, change(value)) : undefined,
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

/** `ValueInfoProto`s of float tensors whose shape is left open. */
function outputs(names: readonly string[]): Uint8Array {
  const float = 1;
  const floatTensor = field(1, numberField(1, float));
  return Buffer.concat(
    names.map((name) => field(graphOutput, Buffer.concat([field(1, name), field(2, floatTensor)]))),
  );
}
