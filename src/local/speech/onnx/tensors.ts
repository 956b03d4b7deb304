import type { InferenceSession, Tensor } from 'onnxruntime-web';

/** @throws Error when the model has no such output */
export function outputOf(outputs: InferenceSession.OnnxValueMapType, name: string): Tensor {
  const tensor = outputs[name];
  if (!tensor) {
    throw new Error(`The model gives no ${name}.`);
  }
  return tensor;
}

/** @throws Error when the tensor holds something else */
export function floatsOf(tensor: Tensor): Float32Array {
  if (!(tensor.data instanceof Float32Array)) {
    throw new Error(`The model gives ${tensor.type} where it should give float32.`);
  }
  return tensor.data;
}
