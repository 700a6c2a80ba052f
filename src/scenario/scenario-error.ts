/** What is wrong with a scenario file, and in which line (1-based). */
export class ScenarioError extends Error {
  readonly line: number | undefined

  constructor(message: string, line?: number) {
    super(line === undefined ? message : `line ${line}: ${message}`)
    this.name = 'ScenarioError'
    this.line = line
  }
}
