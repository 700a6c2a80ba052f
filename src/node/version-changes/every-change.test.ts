import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { type ChangeName, changes } from '#k8s/version.ts'

/** Changes that no small story shows. */
const elsewhere: Partial<Record<ChangeName, string>> = {
  errorsBackOffApart: 'nobody sees when the scheduler tries again in vain; the tests of its queue do',
  imagesOfInitContainersCount: 'machines here have no large images; the tests of the score give them some',
  nodeFilterLabelsAndTaints: 'what it lets pass changes no verdict, and a node queue of 1.33 comes with it',
  podGcEvictedFirst: 'needs 12,500 terminal pods; podgc tests lower the threshold',
  retryGenerateName: 'needs a name that was drawn before; one in 14 million',
}

it('every change of the version table is shown, or said why not', () => {
  const folder = new URL('.', import.meta.url)
  const files = readdirSync(folder).filter((name) => name.endsWith('-changes.test.ts'))
  const texts = files.map((name) => readFileSync(new URL(name, folder), 'utf8')).join('\n')
  const missing = Object.keys(changes).filter((name) => !(name in elsewhere) && !texts.includes(`'${name}'`))
  expect(missing).toEqual([])
})
