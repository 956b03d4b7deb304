import type { InferenceSession, Tensor } from 'onnxruntime-web';

/**
 * One output of a model, by name.
 *
 * @throws Error when the model has no such output
 */
export function outputOf(outputs: InferenceSession.OnnxValueMapType, name: string): Tensor {
  const tensor = outputs[name];
  if (!tensor) {
    throw new Error(`The model has no output ${name}.`);
  }
  return tensor;
}

/**
 * The values of a tensor of 32-bit floats.
 *
 * @throws Error when the tensor has another type
 */
export function floatsOf(tensor: Tensor): Float32Array {
  if (!(tensor.data instanceof Float32Array)) {
    throw new Error(`The model returned ${tensor.type} instead of float32.`);
  }
  return tensor.data;
}
