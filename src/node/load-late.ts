import { loadFieldOwners } from '#engine/store/managed-fields/load.ts'
import { loadPodSecurity } from '#engine/store/pod-security/load.ts'
import { loadRareChecks } from '#k8s/validate/rare/load.ts'
import { loadVerbs } from '#kubectl/commands/index.ts'
import { loadFieldDocs } from '#kubectl/field-docs.ts'
import { loadKeyPairs } from '#kubectl/tls/load.ts'
import { loadScenarioReading } from '#scenario/load.ts'

/** What the page loads when it is needed is there from the start in Node, where scenarios are played without a break. */
export async function loadLate(): Promise<void> {
  await Promise.all([loadFieldOwners(), loadPodSecurity(), loadRareChecks(), loadVerbs(), loadFieldDocs(), loadKeyPairs(), loadScenarioReading()])
}
