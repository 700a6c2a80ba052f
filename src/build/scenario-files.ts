import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parse } from 'yaml'

/** A scenario file as the build reads it. */
export interface ScenarioFile {
  id: string
  title: string
  nodes: string[]
  path: string
  text: string
}

interface Header {
  id?: string
  title?: string
  nodes?: { name: string }[]
}

/** The scenarios of a folder, by id. */
export function readScenarioFiles(folder: string): ScenarioFile[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'))
  return files.sort().map((name) => {
    const path = join(folder, name)
    const text = readFileSync(path, 'utf8')
    const { id = basename(name, '.yaml'), title = id, nodes = [] } = parse(text, { version: '1.1', merge: true }) as Header
    return { id, title, nodes: nodes.map((node) => node.name), path, text }
  })
}

/** What the page's menu needs of them, as JSON. */
export function scenarioIndexJson(files: readonly ScenarioFile[]): string {
  return JSON.stringify(files.map(({ id, title, nodes }) => ({ id, title, nodes })))
}
