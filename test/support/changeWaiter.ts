/** Lets tests wait for something that may come with any change. */
export class ChangeWaiter {
  private readonly checks = new Set<() => void>();

  /** What `find` returns, once it returns something: it is called now and after every change. */
  when<T>(find: () => T | undefined): Promise<T> {
    return new Promise((resolve) => {
      const check = (): void => {
        const found = find();
        if (found !== undefined) {
          this.checks.delete(check);
          resolve(found);
        }
      };
      this.checks.add(check);
      check();
    });
  }

  /** Tells those who wait that something has changed. */
  changed(): void {
    this.checks.forEach((check) => check());
  }
}
