/** A scenario as the menu lists it. */
export interface ScenarioEntry {
  id: string
  title: string
  /** Names of the nodes it begins with. */
  nodes: readonly string[]
}

/** Where scenarios come from: the list is at hand, a text is loaded when it is opened. */
export interface ScenarioSource {
  index: readonly ScenarioEntry[]
  /** Text of the scenario file; undefined when there is none with this id. */
  load(id: string): Promise<string | undefined>
}
