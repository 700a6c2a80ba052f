import { type ComponentType, lazy } from 'react'

let round = 0

/** From now on what could not be loaded is asked for anew when it is drawn. */
export function tryAgain(): void {
  round += 1
}

/**
 * Where the module is that the browser says it could not fetch, under an address it has not asked yet: many remember what failed, and do not
 * ask twice. Undefined where it does not say.
 */
export function newAddressOf(error: unknown, attempt: number): string | undefined {
  const [, address] = /module: (https?:[^\s?]+)/.exec(String(error)) ?? []
  return address && `${address}?${attempt}`
}

/** A part of the page that is loaded when it is first shown. */
export function late<Module, Props extends object>(
  load: () => Promise<Module>,
  pick: (module: Module) => ComponentType<Props>,
): ComponentType<Props> {
  let failedIn: number | undefined
  let address: string | undefined
  const attempt = () =>
    lazy(async () => {
      try {
        return { default: pick(address ? ((await import(/* @vite-ignore */ address)) as Module) : await load()) }
      } catch (error) {
        failedIn = round
        address = newAddressOf(error, round + 1)
        throw error
      }
    })
  let Part = attempt()
  // biome-ignore lint/correctness/noComponentHookFactories: called once for a part, where its module begins
  return function Late(props: Props) {
    if (failedIn !== undefined && failedIn !== round) {
      failedIn = undefined
      Part = attempt()
    }
    return <Part {...props} />
  }
}
