import type { TaintEffect } from '#k8s/types.ts'

const parts = (text: string) => text.split(/[,\s]+/).filter((part) => part !== '')

/** `disk=ssd, zone=a` as labels; what has no `=` gets the empty value. */
export function readLabels(text: string): Record<string, string> {
  return Object.fromEntries(
    parts(text).map((part) => {
      const [key = '', ...value] = part.split('=')
      return [key, value.join('=')]
    }),
  )
}

const effects: readonly string[] = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'] satisfies TaintEffect[]

/** `gpu=yes:NoSchedule` as taints; undefined when one of them is none. */
export function readTaints(text: string): { key: string; value?: string; effect: TaintEffect }[] | undefined {
  const taints = parts(text).map((part) => {
    const [, key = '', value, effect = ''] = /^([^=:]+)(?:=([^:]*))?:(\w+)$/.exec(part) ?? []
    return { key, ...(value ? { value } : {}), effect: effect as TaintEffect }
  })
  return taints.every((taint) => taint.key !== '' && effects.includes(taint.effect)) ? taints : undefined
}
