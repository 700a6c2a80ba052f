import { type ComponentType, lazy } from 'react'

let round = 0

/** From now on what could not be loaded is asked for anew when it is drawn. */
export function tryAgain(): void {
  round += 1
}

/** A part of the page that is loaded when it is first shown. */
export function late<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let failedIn: number | undefined
  const attempt = () =>
    lazy(async () => {
      try {
        return { default: await load() }
      } catch (error) {
        failedIn = round
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
