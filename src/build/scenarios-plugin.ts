import type { Plugin } from 'vite'
import { readScenarioFiles, scenarioIndexJson } from './scenario-files.ts'

const lazy = 'virtual:scenarios'
const index = 'virtual:scenario-index'

/**
 * `virtual:scenarios`: the list of scenarios, and a loader that fetches all their texts as one chunk when the first is opened.
 * `virtual:scenario-index`: the list alone.
 */
export function scenariosPlugin(folder: string): Plugin {
  const texts = 'virtual:scenario-texts'
  return {
    name: 'scenarios',
    resolveId: (id) => ([lazy, index, texts].includes(id) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith('\0virtual:scenario')) return undefined
      const files = readScenarioFiles(folder)
      for (const file of files) this.addWatchFile(file.path)
      const list = `export const scenarioIndex = ${scenarioIndexJson(files)}\n`
      if (id === `\0${index}`) return list
      if (id === `\0${texts}`) return `export const texts = ${JSON.stringify(Object.fromEntries(files.map((file) => [file.id, file.text])))}`
      return `${list}export const loadScenario = async (id) => {
  const { texts } = await import('${texts}')
  return Object.hasOwn(texts, id) ? texts[id] : undefined
}`
    },
  }
}
