/** What one fresh extension host measured; files are named from the extension's folder. */
export interface ActivationMeasurement {
  readonly activateMs: number;
  readonly loadedByActivation: readonly string[];
  readonly firstCommandMs: number;
  readonly loadedByFirstCommand: readonly string[];
}
