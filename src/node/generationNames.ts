/** What the name of a file says: which id it stands for, and which generation of it. */
export interface Generation {
  readonly id: string;
  /** From 1. */
  readonly generation: number;
}

/** File names of the form `<id>.<generation><suffix>`. */
export class GenerationNames {
  private readonly pattern: RegExp;

  /**
   * @param id what ids look like
   * @param suffix of every name
   */
  constructor(
    id: RegExp,
    private readonly suffix = '',
  ) {
    // With 15 digits, every number is still exact.
    this.pattern = new RegExp(`^(${id.source})\\.([1-9]\\d{0,14})${suffix.replaceAll('.', '\\.')}$`);
  }

  /** What a file name says; undefined for any other name. */
  parse(name: string): Generation | undefined {
    const [, id, generation] = this.pattern.exec(name) ?? [];
    return id === undefined ? undefined : { id, generation: Number(generation) };
  }

  /** The name of a generation. */
  format(id: string, generation: number): string {
    return `${id}.${generation}${this.suffix}`;
  }
}
