/**
 * Milliseconds that this process has had on a processor: what "in proportion to its size" is measured by, because the clock
 * also counts the time in which others had it.
 */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
