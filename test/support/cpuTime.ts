/** How long that kept this process busy, in ms: what other programs take meanwhile does not count. */
export function cpuMsOf(action: () => unknown): number {
  const before = process.cpuUsage();
  action();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
