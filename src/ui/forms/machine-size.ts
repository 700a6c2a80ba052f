import { isQuantity, toMilli, toValue } from '#k8s/quantity.ts'

/** A kubelet tells what its machine has: some cores and some bytes. The largest machines that are built are far below the upper ends. */
const sizes = {
  cpu: { least: 0.001, most: 10_000, amount: (text: string) => toMilli(text) / 1000 },
  memory: { least: 2 ** 20, most: 2 ** 50, amount: toValue },
}

/** Whether there can be a machine with so much cpu (`4`, `500m`) or memory (`8Gi`). */
export function isMachineSize(what: keyof typeof sizes, text: string): boolean {
  const { least, most, amount } = sizes[what]
  return isQuantity(text) && amount(text) >= least && amount(text) <= most
}
