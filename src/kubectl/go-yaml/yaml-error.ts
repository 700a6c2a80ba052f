/** The text is no YAML; `message` is go-yaml's, `line` counts from 1. */
export class YamlError extends Error {
  constructor(
    message: string,
    readonly line: number,
  ) {
    super(message)
  }
}

/** The text is larger or deeper than is read here; the message is ours. */
export class TooMuchError extends YamlError {
  constructor(message: string) {
    super(message, 1)
  }
}

const at = (line: number, problem: string): string => `yaml: ${line > 0 ? `line ${line}: ` : ''}${problem}`

/** What the scanner refuses. Lines are given from 0; it says them from 1, but leaves the first one out. */
export const scannerError = (line: number, problem: string): YamlError => new YamlError(at(line && line + 1, problem), line + 1)

/** What the parser refuses: it says lines from 0. */
export const parserError = (line: number, problem: string): YamlError => new YamlError(at(line, problem), line + 1)

/** What is refused when the text has been taken apart, which go-yaml says without a line. */
export const decoderError = (line: number, problem: string): YamlError => new YamlError(at(0, problem), line + 1)
