const factors: Record<string, number> = { '': 1000, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** The ms of `30`, `1.5m`, `2h`, as `sleep` and `timeout` read them; undefined when it is none. */
export function intervalMs(text: string): number | undefined {
  const [, number, unit] = /^(\d+\.?\d*|\.\d+)([smhd]?)$/.exec(text) ?? []
  return number === undefined ? undefined : Number(number) * (factors[unit as string] as number)
}
