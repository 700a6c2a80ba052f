declare module 'virtual:scenarios' {
  import type { ScenarioEntry } from '#ui/scenario/scenario-source.ts'

  export const scenarioIndex: readonly ScenarioEntry[]
  export function loadScenario(id: string): Promise<string | undefined>
}

declare module 'virtual:scenario-index' {
  import type { ScenarioEntry } from '#ui/scenario/scenario-source.ts'

  export const scenarioIndex: readonly ScenarioEntry[]
}

declare module 'virtual:embed-engine' {
  /** Starts engines for the embed; and the texts of the scenarios by id. */
  export function loadEngine(): Promise<{ startWorker(): Worker; scenarios: Readonly<Record<string, string>> }>
}

/** `src/k8s/version.ts` as it is: the engine's own file has it without the sentences (src/build/change-sentences.ts). */
declare module '#k8s/version.ts?sentences' {
  import type { Change, KubernetesVersion } from '#k8s/version.ts'

  export function changesBetween(a: KubernetesVersion, b: KubernetesVersion): Change[]
}
