/**
 * Stands for `@vscode/l10n` in the YAML worker: messages with what they speak of filled in. The package takes a first value of null, as of a
 * field without a name, for a table of values, and fails.
 */
export const t = (message: string, ...values: readonly unknown[]): string =>
  message.replace(/\{(\d+)\}/g, (place, at: string) => (Number(at) < values.length ? String(values[Number(at)]) : place))

/** Other languages are not asked for. */
export const config = (): void => undefined
