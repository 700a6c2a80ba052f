/** `break N` and `continue N` on their way out to their loop. */
export class LoopControl {
  readonly goesOn: boolean
  levels: number

  constructor(goesOn: boolean, levels: number) {
    this.goesOn = goesOn
    this.levels = levels
  }
}

/** `exit`: ends the line, the subshell or the `$(…)` it stands in. */
export class Exit {
  readonly status: number

  constructor(status: number) {
    this.status = status
  }
}
