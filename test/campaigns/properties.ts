export function checkProperties(): Promise<void> {
  return Promise.resolve();
}
