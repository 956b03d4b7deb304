/** Runs a program: its number is the exit code, what it throws is printed. */
export function main(program: () => Promise<number>): void {
  program().then(
    (exitCode) => {
      process.exitCode = exitCode;
    },
    (error: unknown) => {
      console.error(error);
      process.exitCode = 1;
    },
  );
}
