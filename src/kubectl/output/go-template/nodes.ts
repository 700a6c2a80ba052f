/** What a template of Go's text/template is made of. `pos` = where it stands in the text. @source text/template/parse/node.go */

interface At {
  pos: number
}

export type Operand = At &
  (
    | { type: 'string'; value: string; text: string }
    | { type: 'number'; value: number; isFloat: boolean; text: string }
    | { type: 'bool'; value: boolean }
    | { type: 'nil' | 'dot' }
    | { type: 'field'; path: readonly string[] }
    | { type: 'variable'; name: string; path: readonly string[] }
    | { type: 'function'; name: string }
    | { type: 'pipe'; pipe: Pipeline }
    | { type: 'chain'; of: Operand; path: readonly string[] }
  )

export interface Command extends At {
  words: readonly Operand[]
}

export interface Pipeline extends At {
  /** Variables that are set: one, or two in `range $i, $x := …`. */
  set: readonly string[]
  /** `=` to a variable that is there already. */
  isAssign: boolean
  commands: readonly Command[]
}

export type TemplateNode = At &
  (
    | { type: 'text'; text: string }
    | { type: 'action'; pipe: Pipeline }
    | { type: 'if' | 'range' | 'with'; pipe: Pipeline; body: TemplateNode[]; otherwise: TemplateNode[] }
    | { type: 'break' | 'continue' }
    | { type: 'template'; name: string; pipe?: Pipeline }
  )

const dotted = (path: readonly string[]): string => path.map((key) => `.${key}`).join('')

export function operandText(operand: Operand): string {
  switch (operand.type) {
    case 'string':
    case 'number':
      return operand.text
    case 'bool':
      return String(operand.value)
    case 'nil':
      return 'nil'
    case 'dot':
      return '.'
    case 'field':
      return dotted(operand.path)
    case 'variable':
      return operand.name + dotted(operand.path)
    case 'function':
      return operand.name
    case 'pipe':
      return `(${pipelineText(operand.pipe)})`
    case 'chain':
      return operandText(operand.of) + dotted(operand.path)
  }
}

export const commandText = ({ words }: Command): string => words.map(operandText).join(' ')

export function pipelineText({ set, isAssign, commands }: Pipeline): string {
  const before = set.length > 0 ? `${set.join(', ')} ${isAssign ? '=' : ':='} ` : ''
  return before + commands.map(commandText).join(' | ')
}
