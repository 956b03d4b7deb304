/** Runs a program: its number is the exit code, what it throws is printed. Whatever it left running ends with it. */
export function main(program: () => Promise<number>): void {
  program().then(
    (exitCode) => process.exit(exitCode),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
}
