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

/** What the two lists of changes name: the entries of the table, or why there is none. */
const rules: Record<string, readonly ChangeName[] | string> = {
  'DS-18.1': ['templateGenerationCounts'],
  'DS-18.2': 'maxSurge was on by default before it was GA',
  'DS-18.3': ['serverSideFieldValidation'],
  'DS-18.4': ['statusWrittenOnError'],
  'DS-18.5': ['portNameLetterText', 'dotsInContainerNameText'],
  'DS-18.6': ['succeededPodsDeleted'],
  'DS-18.7': ['terminalTerminatingIgnored'],
  'DS-18.8': ['hostPortDefaultOnlyInPod'],
  'DS-18.9': ['surgeSunset'],
  'DS-18.10': ['nodeFilterLabelsAndTaints'],
  'DS-18.11': ['oldUnavailableCounts'],
  'DS-18.12': ['nodeQueue'],
  'DS-18.13': 'about kubectl, which is never older than 1.33 here',
  'DS-18.14': ['nodeQueueMisscheduled'],
  'DS-18.15': ['availableAtBoundary', 'jsonValuesInErrors'],
  'DS-18.16': ['bytesText'],
  'DS-18.17': 'a sync waits for a cache that is behind; here none is behind its own writes for long enough to matter (DS-2.6)',
  'DS-18.18': 'a matter of speed',
  'DS-18.19': 'what did not change',
  'CH-1': ['untoleratedTaintText', 'preemptionText', 'unschedulableRetry5m', 'outOfServiceTaint'],
  'CH-2': ['preFilterResult'],
  'CH-3': ['disruptionConditions', 'schedulingGates', 'outOfServiceTaint'],
  'CH-4': ['terminalPhaseOnDelete', 'backOffNamesContainer'],
  'CH-5': ['sidecarContainers', 'podIndexLabel', 'hostIps', 'scalingEventNamesBoth', 'kubeletRejectedText', 'succeededPodsDeleted'],
  'CH-6': ['taintEvictionController', 'podReadyToStartContainers', 'otherNodesCountedAsPlugin'],
  'CH-7': ['terminalNotShownTerminating'],
  'CH-8': ['retryGenerateName', 'noRecreatingFailedPodEvent'],
  'CH-9': ['monitorGrace50s', 'queueingHints', 'createdContainerColon'],
  'CH-10': ['popFromBackoffQ', 'pullBackOffNamesError', 'podResize'],
  'CH-11': ['dynamicResourcesText', 'errorsBackOffApart', 'podObservedGeneration'],
  'CH-12': ['taintTextWithoutKey', 'kubeletShortTexts', 'bindingClearsNomination'],
  'CH-13': 'what did not change',
}

it('every rule of DS-18 and CH has entries in the table, or its reason', () => {
  const numbered = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}${i + 1}`)
  expect(Object.keys(rules)).toEqual([...numbered('DS-18.', 19), ...numbered('CH-', 13)])
  const named = Object.values(rules).flatMap((entries) => (typeof entries === 'string' ? [] : entries))
  expect(named.filter((name) => !(name in changes))).toEqual([])
})

it('SIM-7 every change of the version table is shown, or said why not', () => {
  const folder = new URL('.', import.meta.url)
  const files = readdirSync(folder).filter((name) => name.endsWith('-changes.test.ts'))
  const texts = files.map((name) => readFileSync(new URL(name, folder), 'utf8')).join('\n')
  const missing = Object.keys(changes).filter((name) => !(name in elsewhere) && !texts.includes(`'${name}'`))
  expect(missing).toEqual([])
})
